//===- Machine.h - Description of a systolic machine ------------*- C++ -*-===//
//
// Everything that verifiers, passes, the simulator and the reports know of a
// machine. Plain C++: no MLIR.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_DIALECTS_SYSTOLIC_MACHINE_H
#define TACTUS_DIALECTS_SYSTOLIC_MACHINE_H

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tactus::systolic {

/// The element types of the machine's memories; the values are the encoding's.
enum class DataType : uint8_t { I8, BF16, I32, F32 };

std::string_view toString(DataType type);
std::optional<DataType> parseDataType(std::string_view name);
int64_t byteSize(DataType type);
/// The type in which the array sums products of `input`: i32 for i8, f32 for
/// bf16. `input` is one of these two.
DataType accumulatorType(DataType input);

/// What stays in the cells while the rest moves. Other dataflows are reported
/// on (ClosedForms.h), but no machine runs them.
enum class Dataflow : uint8_t { WeightStationary };

std::string_view toString(Dataflow dataflow);
std::optional<Dataflow> parseDataflow(std::string_view name);

/// One way to DRAM.
struct Channel {
  int64_t bytesPerSecond = 0;
  /// Cycles of the machine from a request to its first byte.
  int64_t latency = 0;
  /// Bytes that DRAM delivers at a time; requests are rounded out to these.
  int64_t burstBytes = 64;
  /// Bursts that may be under way at once.
  int64_t inFlight = 1;

  bool operator==(const Channel &) const = default;
};

/// A weight-stationary array with its memories.
struct Machine {
  std::string name;
  /// Cells of the array: weights of one k stand in a row.
  int64_t rows = 0;
  int64_t columns = 0;
  Dataflow dataflow = Dataflow::WeightStationary;
  /// Operand types that the array multiplies: i8, bf16 or both.
  std::vector<DataType> elementTypes;
  int64_t clockHz = 0;

  /// The unified buffer is addressed by rows; a bank is a run of its rows.
  int64_t unifiedBufferBytes = 0;
  int64_t unifiedBufferBanks = 1;
  int64_t unifiedBufferRowBytes = 0;
  /// Accumulator rows, each of `columns` 4-byte values, in two halves.
  int64_t accumulatorRows = 0;
  /// Weight tiles that the FIFO between DRAM and the array holds.
  int64_t fifoTiles = 1;

  int64_t dramBytes = 0;
  /// The way of weights, and of all other data where there is no `host`.
  Channel dram;
  /// The way of all but weights, where they have one of their own.
  std::optional<Channel> host;

  /// Rows of a tile that shift into the shadow weights each cycle: 1, 2 or 4.
  int64_t weightRowsPerCycle = 1;
  /// Cycles from a row's entry into the unit to its result.
  int64_t activateDepth = 0;
  int64_t vectorDepth = 0;

  int64_t unifiedBufferRows() const {
    return unifiedBufferBytes / unifiedBufferRowBytes;
  }
  int64_t rowsPerBank() const {
    return unifiedBufferRows() / unifiedBufferBanks;
  }
  /// Cycles in which one weight tile shifts into the array.
  int64_t shiftCycles() const {
    return (rows + weightRowsPerCycle - 1) / weightRowsPerCycle;
  }
  /// Cycles from the entry of the last row of a product to the last result in
  /// the accumulators, with the accumulators' own register.
  int64_t arrayDepth() const { return rows + columns - 1; }
  const Channel &weightChannel() const { return dram; }
  const Channel &dataChannel() const { return host ? *host : dram; }
  bool supports(DataType input) const;
  /// Cycles in which `channel` moves `bytes`, to the nearest, at least 1 for
  /// any byte; latency apart.
  int64_t transferCycles(const Channel &channel, int64_t bytes) const;

  bool operator==(const Machine &) const = default;
};

/// What is wrong with one field of a description.
struct MachineProblem {
  /// The field as JSON names it: `array/rows`.
  std::string field;
  std::string message;
};

/// All that is wrong with a description; empty for one that can be simulated.
std::vector<MachineProblem> findProblems(const Machine &machine);
/// Throws one `Error` that lists all problems.
void validate(const Machine &machine);

/// The presets, in the order in which they are listed to users.
std::span<const Machine> machinePresets();
const Machine *findMachinePreset(std::string_view name);

} // namespace tactus::systolic

#endif // TACTUS_DIALECTS_SYSTOLIC_MACHINE_H
