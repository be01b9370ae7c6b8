//===- StepListEmit.h - Functions as lists of steps -------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_EMIT_STEPLISTEMIT_H
#define TACTUS_COMPILER_EMIT_STEPLISTEMIT_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "runtime/Core/StepList.h"
#include "tactus/ParameterStore.h"

namespace tactus {

/// What a result of `@prepare` is once its steps have run: output `index` of
/// them, or a constant or parameter in the shape that is asked for.
struct PreparedResult {
  int64_t index = -1;
  Tensor shared;
};

/// Makes the step list of `@main` at the level 5c: dispatches with places of
/// functions that kernels were lowered to, views, and constants. The trailing
/// arguments marked `tactus.prepared` become the constants `prepared`. Kernels'
/// entries are left null.
///
/// Fails after a diagnostic at an op that no step stands for.
mlir::FailureOr<StepList> emitSteps(mlir::func::FuncOp main,
                                    llvm::ArrayRef<Tensor> prepared);

/// Makes the step list of `@prepare`, which reads `parameters`. What it returns
/// as it stands is shared and not copied: `results` says where each result is.
mlir::FailureOr<StepList>
emitPrepareSteps(mlir::func::FuncOp prepare, const ParameterStore &parameters,
                 llvm::SmallVectorImpl<PreparedResult> &results);

} // namespace tactus

#endif // TACTUS_COMPILER_EMIT_STEPLISTEMIT_H
