//===- StepCheck.h - Compiled kernels beside the interpreter ----*- C++ -*-===//
#ifndef TACTUS_COMPILER_BISECT_STEPCHECK_H
#define TACTUS_COMPILER_BISECT_STEPCHECK_H

#include "dialects/Tactus/TactusDialect.h"
#include "runtime/Core/BoundSteps.h"
#include "tactus/Tensor.h"

namespace tactus {

/// A kernel as it was dispatched: its name and the values of its operands.
struct Dispatched {
  std::string kernel;
  std::vector<Tensor> operands;
};

/// The first kernel of a run that is not what it should be.
struct KernelFault {
  std::string kernel;
  /// The operands that it ran on.
  std::vector<Tensor> operands;
  /// The operand that was wrong already: what lies in memory changed between
  /// kernels, or @prepare computed it wrongly.
  std::optional<size_t> wrongOperand = std::nullopt;
  std::string report;
};

/// Holds the kernels of a run, one after the other, against the interpreter on
/// the kernels of `outlined` (level 3c), on the operands that they run on.
class StepCheck final : public StepObserver {
public:
  /// `expected` are the kernels that the interpreter dispatches, in order.
  StepCheck(mlir::ModuleOp outlined, std::vector<Dispatched> expected,
            const BoundSteps &steps);

  void begin(const Step &step) override;
  void end(const Step &step) override;

  std::optional<KernelFault> fault;

private:
  /// The kernel that a step runs; null where none does, or a fault was found.
  ir::KernelOp kernelOf(const Step &step);
  std::vector<Tensor> read(const KernelStep &step, size_t first,
                           mlir::TypeRange types) const;

  mlir::ModuleOp module;
  std::vector<Dispatched> expected;
  const BoundSteps &steps;
  size_t next = 0;
  std::vector<Tensor> operands;
};

} // namespace tactus

#endif // TACTUS_COMPILER_BISECT_STEPCHECK_H
