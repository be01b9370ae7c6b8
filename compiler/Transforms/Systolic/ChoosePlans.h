//===- ChoosePlans.h - The plans that products run by -----------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_CHOOSEPLANS_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_CHOOSEPLANS_H

#include "compiler/Transforms/Systolic/ProgramPlan.h"

namespace tactus::systolic {

/// Gives every product of `plan` the plan to run by: the one that the estimate
/// finds cheapest, or, of a product of so few tiles that latencies decide, the
/// one that takes the fewest cycles when it is tried alone. With `wanted`, by
/// number of those that the estimate sorted.
void choosePlans(ProgramPlan &plan, mlir::func::FuncOp main,
                 const Machine &machine, std::optional<int64_t> wanted);

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_CHOOSEPLANS_H
