//===- Report.h - What a run cost -------------------------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_REPORT_H
#define TACTUS_RUNTIME_SYSTOLIC_REPORT_H

#include "runtime/Systolic/Timing.h"

namespace tactus::systolic {

struct LayerReport {
  std::string name;
  /// From the start of its first instruction to the end of its last; layers
  /// overlap.
  int64_t begin = 0, end = 0;
  /// Cycles in which the array took a row.
  int64_t activeCycles = 0;
  int64_t usefulMacs = 0;
  int64_t weightBytes = 0, loadedBytes = 0, storedBytes = 0;

  int64_t cycles() const { return end - begin; }
};

struct HostCallReport {
  uint32_t instruction = 0;
  uint32_t function = 0;
  int64_t bytes = 0;
};

/// Cycles of the array are exact; DMA, ACT and VEC, and so the total, modeled.
struct Report {
  Machine machine;
  WeightLoading weightLoading = WeightLoading::Overlapped;
  int64_t totalCycles = 0;
  /// By the recurrence alone, data and tokens ready.
  int64_t arrayCycles = 0;
  /// Cycles in which the array took a row; with `stalls`, the total.
  int64_t activeCycles = 0;
  std::array<int64_t, numStalls> stalls = {};
  int64_t instructions = 0;
  int64_t folds = 0;
  int64_t usefulMacs = 0;
  /// Bytes that DRAM moved, whole bursts.
  int64_t weightBytes = 0, loadedBytes = 0, storedBytes = 0;
  /// Rows up to the highest that was written.
  int64_t unifiedBufferRows = 0, accumulatorRows = 0;
  std::vector<LayerReport> layers;
  std::vector<HostCallReport> hostCalls;

  double seconds() const;
  /// Multiply-accumulates of the cells while the array was active.
  int64_t arrayMacs() const {
    return activeCycles * machine.rows * machine.columns;
  }
  /// Of all that the cells could have done, what was of use.
  double utilization() const;
  double operationsPerSecond() const;
  /// Operations per byte of weights, and what the machine can reach at that.
  double intensity() const;
  double roofline() const;

  std::string str() const;
  std::string json() const;
};

/// Sums up a run whose instructions are all scheduled. High-water marks are the
/// caller's to set.
Report makeReport(const Program &program, const Dependences &dependences,
                  const Timing &timing, WeightLoading loading);

/// A trace that Chrome and Perfetto read: a track a queue, barriers on a track
/// of their own, a slice an instruction.
std::string makeTrace(const Program &program,
                      const std::vector<InstructionTime> &times);

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_REPORT_H
