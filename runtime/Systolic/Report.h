//===- Report.h - What a run cost -------------------------------*- C++ -*-===//
//
// Cycles of the array are exact, and equal those of the RTL; DMA, ACT, VEC and
// the host, and so totals, stalls and energy, are modeled.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_REPORT_H
#define TACTUS_RUNTIME_SYSTOLIC_REPORT_H

#include "runtime/Systolic/ClosedForms.h"
#include "runtime/Systolic/Energy.h"
#include "runtime/Systolic/Timing.h"
#include "runtime/Tensor/Accuracy.h"

namespace tactus::systolic {

/// What a layer, or all of them, did.
struct Counts {
  /// Cycles in which the array took a row, and in which it did not, by cause.
  int64_t activeCycles = 0;
  StallCycles stalls = {};
  /// Cycles in which ACT and VEC took a row.
  int64_t unitCycles = 0;
  int64_t instructions = 0;
  /// Weight tiles, and the cells that hold a weight, over all of them.
  int64_t folds = 0, usedCells = 0;
  int64_t usefulMacs = 0;
  /// Elements that went into the array and came out of it.
  int64_t inputElements = 0, outputElements = 0;
  /// Bytes that DRAM moved, whole bursts; of host calls both ways.
  int64_t weightBytes = 0, loadedBytes = 0, storedBytes = 0, hostBytes = 0;
  Traffic traffic;

  /// Active and stalled; of all layers, the total.
  int64_t cycles() const;
  Counts &operator+=(const Counts &other);
  bool operator==(const Counts &) const = default;
};

struct LayerReport : Counts {
  std::string name;
  /// From the start of its first instruction to the end of its last; layers
  /// overlap.
  int64_t begin = 0, end = 0;
  /// By the recurrence, as if the layer ran alone.
  int64_t arrayCycles = 0;
  /// Where the layer is one product of matrices.
  std::optional<ProductShape> product;

  bool operator==(const LayerReport &) const = default;
};

struct HostCallReport {
  uint32_t instruction = 0;
  uint32_t function = 0;
  std::string kernel;
  std::string layer;
  /// To the host and back.
  int64_t bytes = 0;
  int64_t cycles = 0;

  bool operator==(const HostCallReport &) const = default;
};

/// What the types of the machine cost an output.
struct OutputAccuracy {
  std::string output;
  Accuracy accuracy;

  /// One sentence, without a stop.
  std::string str() const;

  bool operator==(const OutputAccuracy &) const = default;
};

/// What no machine could run faster than for want of.
enum class Bound : uint8_t { Array, Dram, Host, Units };
std::string_view toString(Bound bound);

/// Where a run or layer stands under the roof of a machine.
struct RooflinePoint {
  /// For each byte on the way of the weights; infinite where there is none.
  double operationsPerByte = 0;
  double operationsPerSecond = 0;
  /// The most that the machine allows these operations and bytes.
  double attainable = 0;
  Bound bound = Bound::Array;
};

struct Report : Counts {
  Machine machine;
  WeightLoading weightLoading = WeightLoading::Overlapped;
  int64_t totalCycles = 0;
  /// By the recurrence alone, data and tokens ready.
  int64_t arrayCycles = 0;
  /// Rows up to the highest that was written.
  int64_t unifiedBufferRows = 0, accumulatorRows = 0;
  std::vector<LayerReport> layers;
  std::vector<HostCallReport> hostCalls;
  /// Against the graph in its own types, where that was measured.
  std::vector<OutputAccuracy> accuracy;
  EnergyTable energyTable = defaultEnergyTable();

  double seconds() const;
  /// Multiply-accumulates of the cells while the array was active.
  int64_t arrayMacs() const {
    return activeCycles * machine.rows * machine.columns;
  }
  int64_t unifiedBufferBytes() const {
    return unifiedBufferRows * machine.unifiedBufferRowBytes;
  }
  int64_t accumulatorBytes() const {
    return accumulatorRows * machine.columns * 4;
  }
  /// Of all that the cells could have done, what was of use.
  double utilization() const { return utilization(*this); }
  double utilization(const Counts &counts) const;
  RooflinePoint roofline() const { return roofline(*this); }
  RooflinePoint roofline(const Counts &counts) const;
  Energy energy() const { return energy(*this); }
  Energy energy(const Counts &counts) const {
    return energyOf(energyTable, counts.traffic, counts.cycles());
  }

  std::string str() const;
  std::string json() const;
  /// SCALE-Sim's COMPUTE_REPORT, a row a layer, with the columns of its
  /// BANDWIDTH_REPORT and the layer's name behind.
  std::string csv() const;

  bool operator==(const Report &) const = default;
};

/// Sums up a run whose instructions are all scheduled. High-water marks are the
/// caller's to set.
Report makeReport(const Program &program, const Dependences &dependences,
                  const Timing &timing, WeightLoading loading);

/// The product that each layer is, where it is one: its weight tiles cover one
/// matrix in DRAM, and each takes the same rows.
std::vector<std::optional<ProductShape>>
findProducts(const Program &program, const Dependences &dependences);

/// The version of the format, the value of `tactus_report`.
inline constexpr int64_t reportFormatVersion = 1;

/// Reads what Report::json wrote. Throws one `Error` that lists all problems,
/// each with its place.
Report parseReportJson(std::string text, std::string file);
Report readReportJson(const std::filesystem::path &file);

/// Figures of two runs side by side, layers matched by name.
std::string compareReports(const Report &before, const Report &after);

/// A trace that Chrome and Perfetto read: a track a queue, barriers on a track
/// of their own, a slice an instruction; and the bytes that DRAM is asked for.
std::string makeTrace(const Program &program,
                      const std::vector<InstructionTime> &times);

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_REPORT_H
