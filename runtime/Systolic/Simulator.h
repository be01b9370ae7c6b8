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
  HostFunction host = {};
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
  /// go. Throws `Error` that names instruction and layer at a race, at a read
  /// of what nothing wrote, and where no queue can go on.
  SimulationResult run(const std::map<std::string, Tensor> &inputs,
                       const SimulationOptions &options = {}) const;

private:
  Program content;
  Dependences dependences;
};

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_SIMULATOR_H
