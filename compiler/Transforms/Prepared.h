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

} // namespace tactus

#endif // TACTUS_COMPILER_TRANSFORMS_PREPARED_H
