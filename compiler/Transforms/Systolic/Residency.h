//===- Residency.h - What stays in the unified buffer -----------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_RESIDENCY_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_RESIDENCY_H

#include "compiler/Transforms/Systolic/ProgramPlan.h"

namespace tactus::systolic {

/// Keeps results of kernels in the unified buffer until their last reader,
/// where `share` of its rows last, and gives each kernel the rest; what some
/// kernel cannot read there, or is not kept, gets a place in DRAM. Fails after
/// a diagnostic at `main` where a kernel does not fit even so.
mlir::LogicalResult chooseResidents(ProgramPlan &plan, const Machine &machine,
                                    double share, mlir::func::FuncOp main);

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_RESIDENCY_H
