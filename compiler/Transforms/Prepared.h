//===- Prepared.h - What depends on parameters alone ------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_PREPARED_H
#define TACTUS_COMPILER_TRANSFORMS_PREPARED_H

#include "mlir/IR/OpDefinition.h"
#include "llvm/ADT/SetVector.h"

namespace tactus {

/// Whether `op` has regions that see the values around it.
inline bool seesAround(mlir::Operation *op) {
  return op->getNumRegions() != 0 &&
         !op->hasTrait<mlir::OpTrait::IsIsolatedFromAbove>();
}

/// Whether no input of the function reaches `value`, nor an op of control flow:
/// `tactus-hoist-prepare` will compute it once, at load.
inline bool isPrepared(mlir::Value value) {
  llvm::SetVector<mlir::Value> reached;
  reached.insert(value);
  for (size_t i = 0; i < reached.size(); ++i) {
    mlir::Operation *op = reached[i].getDefiningOp();
    if (!op || seesAround(op))
      return false;
    reached.insert_range(op->getOperands());
  }
  return true;
}

/// The values of a function of which `isPrepared` is true, found in one walk
/// for a pass that asks about many.
class PreparedValues {
public:
  explicit PreparedValues(mlir::Operation *function) {
    function->walk<mlir::WalkOrder::PreOrder>(
        [&](mlir::Operation *op) { add(op); });
  }

  bool contains(mlir::Value value) const { return values.contains(value); }

  /// Tells of an op that the pass has made. Those that it does not tell of must
  /// not be asked about.
  void add(mlir::Operation *op) {
    bool isPrepared =
        !seesAround(op) && llvm::all_of(op->getOperands(), [&](mlir::Value v) {
          return values.contains(v);
        });
    for (mlir::Value result : op->getResults()) {
      // The place of a value that is no more may be that of a new one.
      if (isPrepared)
        values.insert(result);
      else
        values.erase(result);
    }
  }

private:
  llvm::DenseSet<mlir::Value> values;
};

} // namespace tactus

#endif // TACTUS_COMPILER_TRANSFORMS_PREPARED_H
