//===- Faults.h - Changes that break a program ------------------*- C++ -*-===//
#ifndef TACTUS_TESTS_DIFFERENTIAL_FAULTS_H
#define TACTUS_TESTS_DIFFERENTIAL_FAULTS_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"

namespace tactus::differential {

/// Calls `change` on ops of one kind until it says that it changed one.
template <typename Op, typename Fn>
bool changeFirst(mlir::ModuleOp module, const Fn &change) {
  return module
      .walk([&](Op op) {
        return change(op) ? mlir::WalkResult::interrupt()
                          : mlir::WalkResult::advance();
      })
      .wasInterrupted();
}

/// The first op of one kind becomes one of another on the same operands.
template <typename From, typename To> bool exchange(mlir::ModuleOp module) {
  return changeFirst<From>(module, [](From op) {
    mlir::OpBuilder builder(op);
    op->replaceAllUsesWith(builder.create(
        op.getLoc(),
        mlir::StringAttr::get(op.getContext(), To::getOperationName()),
        op->getOperands(), op->getResultTypes(), op->getAttrs()));
    op->erase();
    return true;
  });
}

/// The first loop over more than one step runs one step less.
bool shortenLoop(mlir::ModuleOp module);
bool dropStore(mlir::ModuleOp module);
/// The lanes of a tail are not stored.
bool narrowMask(mlir::ModuleOp module);
/// Two intermediate results share their place in the arena.
bool overlapArena(mlir::ModuleOp module);

} // namespace tactus::differential

#endif // TACTUS_TESTS_DIFFERENTIAL_FAULTS_H
