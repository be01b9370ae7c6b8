//===- ProgramEmitter.h - A planned program as instructions -----*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PROGRAMEMITTER_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PROGRAMEMITTER_H

#include "compiler/Transforms/Systolic/ProgramPlan.h"

namespace tactus::systolic {

/// Emits `steps`, all or some of those of `plan`, as a program before `main`;
/// each product runs as its plan says. What only steps that are left out touch
/// has no place in it.
ProgramOp emitSteps(ProgramPlan &plan, llvm::ArrayRef<PlannedStep> steps,
                    mlir::func::FuncOp main, const Machine &machine);

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PROGRAMEMITTER_H
