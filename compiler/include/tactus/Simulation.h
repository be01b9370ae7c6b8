//===- Simulation.h - Runs of a systolic machine ----------------*- C++ -*-===//
#ifndef TACTUS_SIMULATION_H
#define TACTUS_SIMULATION_H

#include "tactus/Executable.h"

namespace tactus {

/// What one run on a simulated systolic machine gave and cost.
struct Simulation {
  std::map<std::string, Tensor> outputs;
  /// From the first instruction to the last byte stored; DMA, activations and
  /// vector instructions are modeled.
  int64_t totalCycles = 0;
  /// Of the array alone, exact: until the last sum is written, where inputs are
  /// ready. For one fold of K x N weights and M rows this is
  /// M + 2 rows + columns - 1 cycles on an array of rows x columns.
  int64_t arrayCycles = 0;
  /// Where the cycles went, as text, and as JSON with every figure.
  std::string report;
  std::string reportJson;
  /// A trace for Perfetto or chrome://tracing, as JSON: a track a queue.
  std::string trace;
};

/// Runs a program compiled for `systolic:MACHINE`. Throws `Error` where it is
/// compiled for another target, or as `Executable::run` does.
Simulation simulate(const Executable &program,
                    const std::map<std::string, Tensor> &inputs);

} // namespace tactus

#endif // TACTUS_SIMULATION_H
