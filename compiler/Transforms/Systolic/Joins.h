//===- Joins.h - Kernels that put tensors side by side ----------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_JOINS_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_JOINS_H

#include "compiler/Transforms/Systolic/Storage.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus::systolic {

/// One of the tensors that a concat puts side by side, and its place in the
/// result.
struct JoinedPart {
  mlir::Value operand;
  View place;
};

/// The concat that is all that `kernel` does; null where it does more.
ir::ConcatOp findJoin(ir::KernelOp kernel);

/// The parts of `dispatch`, whose kernel does `join` alone, in a result that
/// lies at `place`.
llvm::SmallVector<JoinedPart> partsOf(ir::DispatchOp dispatch,
                                      ir::ConcatOp join, const View &place);

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_JOINS_H
