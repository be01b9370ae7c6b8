//===- SystolicExecutable.h - Programs that are simulated -------*- C++ -*-===//
#ifndef TACTUS_COMPILER_DRIVER_SYSTOLICEXECUTABLE_H
#define TACTUS_COMPILER_DRIVER_SYSTOLICEXECUTABLE_H

#include "compiler/Driver/Compile.h"
#include "compiler/Driver/HostKernels.h"
#include "runtime/Core/ExecutableImpl.h"
#include "runtime/Systolic/Simulator.h"
#include <list>
#include <mutex>

namespace tactus {

/// Plays programs of a systolic machine on the simulator, cycle by cycle: one
/// for each set of input shapes that is asked for, of which it keeps the last
/// 16 that were used.
class SystolicExecutable final : public Executable::Impl {
public:
  /// A program of static shapes is compiled at once. Throws `Error` where the
  /// machine cannot run a kernel.
  SystolicExecutable(const Program &program, systolic::Machine machine,
                     DriverOptions options);
  /// Plays a program that was compiled before. Throws `Error` where it is not
  /// valid.
  SystolicExecutable(systolic::Program program, DriverOptions options);

  std::vector<Tensor> run(std::vector<Tensor> inputs) const override;
  std::vector<TensorType>
  outputTypes(std::span<const TensorType> inputTypes) const override;

  /// What plays inputs of these static types, compiled if need be.
  std::shared_ptr<const systolic::Simulator>
  simulatorFor(std::span<const TensorType> inputTypes) const;
  std::shared_ptr<const systolic::Simulator>
  simulatorFor(const std::map<std::string, Tensor> &inputs) const;

  /// Values and times of one run.
  systolic::SimulationResult simulate(std::span<const Tensor> inputs) const;
  systolic::SimulationResult
  simulate(const std::map<std::string, Tensor> &inputs) const;

private:
  DriverOptions options;
  /// Whatever is asked for, where it was compiled before.
  std::shared_ptr<const systolic::Simulator> compiled;
  systolic::Machine machine;
  mutable HostKernels host;

  // Everything below is used by one thread at a time.
  mutable std::mutex mutex;
  Program program;
  struct Variant {
    std::vector<TensorType> inputTypes;
    std::shared_ptr<const systolic::Simulator> simulator;
  };
  /// The last used first.
  mutable std::list<Variant> variants;
};

/// What is behind a program compiled for `systolic:MACHINE`. Throws `Error`
/// where it is compiled for another target.
const SystolicExecutable &systolicProgram(const Executable &program);

} // namespace tactus

#endif // TACTUS_COMPILER_DRIVER_SYSTOLICEXECUTABLE_H
