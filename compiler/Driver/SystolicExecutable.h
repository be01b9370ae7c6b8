//===- SystolicExecutable.h - Programs that are simulated -------*- C++ -*-===//
#ifndef TACTUS_COMPILER_DRIVER_SYSTOLICEXECUTABLE_H
#define TACTUS_COMPILER_DRIVER_SYSTOLICEXECUTABLE_H

#include "compiler/Driver/Compile.h"
#include "runtime/Core/ExecutableImpl.h"
#include "runtime/Systolic/Simulator.h"

namespace tactus {

/// Plays a program of a systolic machine on the simulator, cycle by cycle. The
/// program's shapes are static.
class SystolicExecutable final : public Executable::Impl {
public:
  /// Throws `Error` where a kernel is none that the machine runs, or a shape is
  /// not known.
  SystolicExecutable(const Program &program, const systolic::Machine &machine,
                     const DriverOptions &options);
  /// Plays a program that was compiled before. Throws `Error` where it is not
  /// valid.
  SystolicExecutable(systolic::Program program, const DriverOptions &options);

  std::vector<Tensor> run(std::vector<Tensor> inputs) const override;
  std::vector<TensorType>
  outputTypes(std::span<const TensorType> inputTypes) const override;

  /// Values and times of one run.
  systolic::SimulationResult simulate(std::span<const Tensor> inputs) const;
  systolic::SimulationResult
  simulate(const std::map<std::string, Tensor> &inputs) const;

  const systolic::Program &program() const { return simulator.program(); }

private:
  systolic::Simulator simulator;
  systolic::SimulationOptions options;
};

/// What is behind a program compiled for `systolic:MACHINE`. Throws `Error`
/// where it is compiled for another target.
const SystolicExecutable &systolicProgram(const Executable &program);

} // namespace tactus

#endif // TACTUS_COMPILER_DRIVER_SYSTOLICEXECUTABLE_H
