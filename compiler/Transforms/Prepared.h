//===- Prepared.h - What depends on parameters alone ------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_PREPARED_H
#define TACTUS_COMPILER_TRANSFORMS_PREPARED_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/SetVector.h"

namespace tactus {

/// Whether no input of the function reaches `value`: `tactus-hoist-prepare`
/// will compute it once, at load.
inline bool isPrepared(mlir::Value value) {
  llvm::SetVector<mlir::Value> reached;
  reached.insert(value);
  for (size_t i = 0; i < reached.size(); ++i) {
    mlir::Operation *op = reached[i].getDefiningOp();
    if (!op)
      return false;
    reached.insert_range(op->getOperands());
  }
  return true;
}

} // namespace tactus

#endif // TACTUS_COMPILER_TRANSFORMS_PREPARED_H
