//===- Sweep.h - One graph on many machines ---------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TOOLS_SWEEP_H
#define TACTUS_COMPILER_TOOLS_SWEEP_H

#include "compiler/Driver/Compile.h"
#include "runtime/Systolic/MachineScaling.h"
#include "runtime/Systolic/Report.h"
#include <functional>
#include <span>

namespace tactus {

/// One machine of a sweep, and what the graph costs on it.
struct SweepRow {
  systolic::MachineChange change;
  /// The machine, whether it is a valid one or not.
  systolic::Machine machine;
  systolic::Report report;
  /// Why the machine cannot be, or cannot run the graph; empty where it did.
  std::string problem;

  /// What was asked for, before it was cut to whole rows.
  int64_t bufferBytes() const {
    return change.unifiedBufferBytes.value_or(machine.unifiedBufferBytes);
  }
};

struct SweepOptions {
  DriverOptions driver;
  /// Types of the graph's inputs, all static.
  std::vector<TensorType> inputTypes;
  /// Called by any thread when a row is done.
  std::function<void()> whenDone;
};

/// Compiles `program` for `base` with each change, and simulates it on inputs
/// of zeros, since times depend on no value: on all processors at once, as many
/// at a time as memory holds. The rows are in the order of the changes.
std::vector<SweepRow> sweep(const Program &program,
                            const systolic::Machine &base,
                            std::span<const systolic::MachineChange> changes,
                            const SweepOptions &options);

} // namespace tactus

#endif // TACTUS_COMPILER_TOOLS_SWEEP_H
