//===- Simulator.h - Plays programs of the systolic machine -----*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_SIMULATOR_H
#define TACTUS_RUNTIME_SYSTOLIC_SIMULATOR_H

#include "runtime/Systolic/Executor.h"
#include "runtime/Systolic/Report.h"
#include "tactus/Tensor.h"
#include <map>

namespace tactus::systolic {

struct SimulationOptions {
  WeightLoading weightLoading = WeightLoading::Overlapped;
  /// Serves host_calls; without it they are errors.
  Host host = {};
  /// Bytes that the run may take; without, three quarters of what the process
  /// may use.
  std::optional<uint64_t> maxMemory = {};
  /// Multiply-adds and bytes that the run may take; without, 10^14.
  std::optional<uint64_t> maxSteps = {};
};

struct SimulationResult {
  std::map<std::string, Tensor> outputs;
  Report report;
  /// By instruction; makeTrace shows them.
  std::vector<InstructionTime> times;
};

/// A program that has been checked, to be run any number of times, from any
/// number of threads at once.
class Simulator {
public:
  /// Throws `Error` where the program is not valid.
  explicit Simulator(Program program);

  const Program &program() const { return content; }

  /// Runs on `inputs`, all of them and nothing else: values and times in one
  /// go. Throws `Error` before it begins where it would take more than the
  /// options allow; then with instruction and layer at a race, at a read of
  /// what nothing wrote, and where no queue can go on.
  SimulationResult run(const std::map<std::string, Tensor> &inputs,
                       const SimulationOptions &options = {}) const;

private:
  Program content;
  Dependences dependences;
};

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_SIMULATOR_H
