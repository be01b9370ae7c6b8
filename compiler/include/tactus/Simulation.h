//===- Simulation.h - Runs of a systolic machine ----------------*- C++ -*-===//
#ifndef TACTUS_SIMULATION_H
#define TACTUS_SIMULATION_H

#include "tactus/Compiler.h"

namespace tactus {

/// What one run on a simulated systolic machine gave and cost.
struct Simulation {
  std::map<std::string, Tensor> outputs;
  /// From the first instruction to the last byte stored; DMA, activations and
  /// vector instructions are modeled.
  int64_t totalCycles = 0;
  /// The same by the machine's clock.
  double seconds = 0;
  /// Of the array alone, exact: until the last sum is written, where inputs are
  /// ready. For one fold of K x N weights and M rows this is
  /// M + 2 rows + columns - 1 cycles on an array of rows x columns.
  int64_t arrayCycles = 0;
  /// Multiply-accumulates that were of use, of all that the cells could have
  /// done in all cycles: 0 to 1.
  double utilization = 0;
  /// What the array did with its cycles, and what kept it from taking a row,
  /// with the share of each in all cycles; the shares sum to 1.
  std::vector<std::pair<std::string, double>> cycleShares;
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

/// Compiles `graph`, as it is written in the arithmetic of `machine`, a target
/// `systolic:MACHINE`, for the interpreter. Its results are those that the
/// machine must give, bit for bit; how far they are from the graph's own is
/// what the machine's types cost. Takes the calibration of `options`, which a
/// machine of i8 wants for a graph of floats. Throws `Error` as `compile` does,
/// and where the graph has dimensions that are known only when it runs.
Executable compileLegalized(
    const Graph &graph, const Target &machine,
    const CompileOptions &options = {},
    const std::source_location &where = std::source_location::current());

} // namespace tactus

#endif // TACTUS_SIMULATION_H
