//===- FusionCost.h - Whether ops are faster as one kernel ------*- C++ -*-===//
//
// The one rule of fusion, beside what a target can run as one kernel
// (FusionRules.h): ops become one kernel where that takes no longer than the
// kernels that they would be otherwise. Both are estimated in nanoseconds, by
// KernelCost.h for a processor; a systolic machine, whose units run side by
// side, takes what it moves to and from DRAM. Each decision is a remark of the
// category `tactus-fusion`.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_COMPILER_TRANSFORMS_FUSIONCOST_H
#define TACTUS_COMPILER_TRANSFORMS_FUSIONCOST_H

#include "compiler/Conversion/Kernels/RegisterTile.h"
#include "dialects/Systolic/ModuleMachine.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include <optional>

namespace tactus {

/// What fusion asks about a kernel takes as long as the kernel is, for each op
/// that would join it: without a limit a chain would take the square of its
/// length to compile. A chain loses nothing, as a kernel of this length
/// computes far longer than it reads and writes: 1,200 sums and products of 64
/// x 128 took 1.5 ms as one kernel, 1.3 as ten and 1.0 as twenty. What has no
/// narrow place to be cut does lose: where each op reads the two before it,
/// both kernels that read a cut compute what is before it, 2.3 ms in place
/// of 1.4.
inline constexpr unsigned mostOpsOfKernel = 128;

/// What a decision is about.
struct FusionCandidate {
  /// The op that would no longer be, or be no part of, a kernel of its own.
  mlir::Operation *op = nullptr;
  /// The op that gives the result of the kernel it would be part of. Where
  /// there are several such kernels, that of the first.
  mlir::Operation *into = nullptr;
  unsigned numKernels = 1;
};

class FusionCost {
public:
  /// `processor` counts where the module around `function` names no systolic
  /// machine.
  FusionCost(mlir::func::FuncOp function, const VectorMachine &processor)
      : processor(processor), machine(systolic::findMachine(function)) {}

  /// Nanoseconds that a kernel of the region `body` takes; 0 where a shape is
  /// dynamic.
  double timeOf(mlir::Block &body) const;

  /// Whether `fused`, what the kernels take with the candidate in them, is not
  /// above its limit `apart`, what they and the candidate's own take; says so
  /// in a remark.
  bool pays(const FusionCandidate &candidate, double fused, double apart) const;
  /// Says in a remark why there is nothing to decide.
  void refuse(const FusionCandidate &candidate,
              llvm::StringRef reason = "no one kernel runs both") const;

private:
  VectorMachine processor;
  std::optional<systolic::Machine> machine;
};

} // namespace tactus

#endif // TACTUS_COMPILER_TRANSFORMS_FUSIONCOST_H
