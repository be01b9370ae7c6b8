//===- FinishProgram.h - From tokens to semaphores --------------*- C++ -*-===//
//
// The passes that finish a program, for callers that have one program alone.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_FINISHPROGRAM_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_FINISHPROGRAM_H

#include "dialects/Systolic/Machine.h"
#include "dialects/Systolic/SystolicDialect.h"

namespace tactus::systolic {

/// Gives buffers and tensors their places. Fails after a diagnostic where they
/// need more than `machine` has.
mlir::LogicalResult allocate(ProgramOp program, const Machine &machine);
/// Moves each load as far up as its tokens allow.
void scheduleLoads(ProgramOp program);
/// Turns tokens into semaphores. Fails after a diagnostic.
mlir::LogicalResult assignSemaphores(ProgramOp program, const Machine &machine);

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_FINISHPROGRAM_H
