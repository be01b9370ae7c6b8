//===- Machine.cpp - Description of a systolic machine --------------------===//
#include "dialects/Systolic/Machine.h"
#include "tactus/Error.h"
#include <algorithm>
#include <array>

using namespace tactus;
using namespace tactus::systolic;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

static constexpr std::array<std::string_view, 4> dataTypeNames = {"i8", "bf16",
                                                                  "i32", "f32"};

std::string_view systolic::toString(DataType type) {
  return dataTypeNames[size_t(type)];
}

std::optional<DataType> systolic::parseDataType(std::string_view name) {
  for (size_t i = 0; i < dataTypeNames.size(); ++i)
    if (dataTypeNames[i] == name)
      return DataType(i);
  return std::nullopt;
}

int64_t systolic::byteSize(DataType type) {
  switch (type) {
  case DataType::I8:
    return 1;
  case DataType::BF16:
    return 2;
  case DataType::I32:
  case DataType::F32:
    return 4;
  }
  __builtin_unreachable();
}

DataType systolic::accumulatorType(DataType input) {
  return input == DataType::BF16 ? DataType::F32 : DataType::I32;
}

static constexpr std::string_view weightStationary = "weight-stationary";

std::string_view systolic::toString(Dataflow) {
  return weightStationary;
}

std::optional<Dataflow> systolic::parseDataflow(std::string_view name) {
  if (name == weightStationary)
    return Dataflow::WeightStationary;
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Derived facts
//===----------------------------------------------------------------------===//

bool Machine::supports(DataType input) const {
  return std::find(elementTypes.begin(), elementTypes.end(), input) !=
         elementTypes.end();
}

int64_t Machine::transferCycles(const Channel &channel, int64_t bytes) const {
  if (bytes <= 0)
    return 0;
  __int128 scaled = __int128(bytes) * clockHz;
  __int128 cycles =
      (scaled + channel.bytesPerSecond / 2) / channel.bytesPerSecond;
  return std::max<int64_t>(1, int64_t(cycles));
}

//===----------------------------------------------------------------------===//
// Validation
//===----------------------------------------------------------------------===//

namespace {
/// Collects the problems of one description.
class Checker {
public:
  explicit Checker(const Machine &machine) : machine(machine) {}

  std::vector<MachineProblem> run() {
    range("array/rows", machine.rows, 1, 4096);
    range("array/columns", machine.columns, 1, 4096);
    types();
    range("clock_hz", machine.clockHz, 1'000'000, 100'000'000'000);
    range("accumulators/rows", machine.accumulatorRows, 2, 1 << 24);
    if (machine.accumulatorRows % 2)
      report("accumulators/rows",
             "expected an even count, for two halves, but got " +
                 std::to_string(machine.accumulatorRows));
    range("weight_fifo/tiles", machine.fifoTiles, 1, 1024);
    range("weight_fifo/rows_per_cycle", machine.weightRowsPerCycle, 1, 4);
    if (machine.weightRowsPerCycle == 3)
      report("weight_fifo/rows_per_cycle", "expected 1, 2 or 4, but got 3");
    range("activate/depth", machine.activateDepth, 0, 100'000);
    range("vector/depth", machine.vectorDepth, 0, 100'000);
    range("dram/bytes", machine.dramBytes, 1, int64_t(1) << 40);
    channel("dram", machine.dram);
    if (machine.host)
      channel("host", *machine.host);
    unifiedBuffer();
    return std::move(problems);
  }

private:
  void report(std::string field, std::string message) {
    problems.push_back({std::move(field), std::move(message)});
  }

  bool range(const std::string &field, int64_t value, int64_t least,
             int64_t most) {
    if (value >= least && value <= most)
      return true;
    report(field, "expected " + std::to_string(least) + " to " +
                      std::to_string(most) + ", but got " +
                      std::to_string(value));
    return false;
  }

  void types() {
    if (machine.elementTypes.empty())
      report("array/element_types", "expected i8 or bf16, but got none");
    for (size_t i = 0; i < machine.elementTypes.size(); ++i) {
      DataType type = machine.elementTypes[i];
      std::string name(toString(type));
      if (type != DataType::I8 && type != DataType::BF16)
        report("array/element_types",
               "expected i8 or bf16, which an array multiplies, but got " +
                   name);
      for (size_t j = 0; j < i; ++j)
        if (machine.elementTypes[j] == type)
          report("array/element_types",
                 "expected each type once, but got " + name + " twice");
    }
  }

  void channel(const std::string &field, const Channel &channel) {
    range(field + "/bytes_per_second", channel.bytesPerSecond, 1'000,
          1'000'000'000'000'000);
    range(field + "/latency", channel.latency, 0, 1'000'000);
    if (range(field + "/burst_bytes", channel.burstBytes, 1, 65536) &&
        (channel.burstBytes & (channel.burstBytes - 1)))
      report(field + "/burst_bytes", "expected a power of two, but got " +
                                         std::to_string(channel.burstBytes));
    range(field + "/in_flight", channel.inFlight, 1, 1 << 20);
  }

  void unifiedBuffer() {
    if (!range("unified_buffer/bytes", machine.unifiedBufferBytes, 1,
               int64_t(1) << 36) ||
        !range("unified_buffer/row_bytes", machine.unifiedBufferRowBytes, 1,
               1 << 20) ||
        !range("unified_buffer/banks", machine.unifiedBufferBanks, 1, 1 << 16))
      return;
    int64_t width = 0;
    for (DataType type : {DataType::I8, DataType::BF16})
      if (machine.supports(type))
        width = std::max(width, byteSize(type));
    int64_t side = std::max(machine.rows, machine.columns);
    if (side >= 1 && side <= 4096 &&
        machine.unifiedBufferRowBytes < side * width)
      report("unified_buffer/row_bytes",
             "expected at least " + std::to_string(side * width) +
                 ", one row of the array's operands, but got " +
                 std::to_string(machine.unifiedBufferRowBytes));
    if (machine.unifiedBufferRowBytes % 4)
      report("unified_buffer/row_bytes",
             "expected a multiple of 4, the bytes of an f32, but got " +
                 std::to_string(machine.unifiedBufferRowBytes));
    int64_t unit = machine.unifiedBufferRowBytes * machine.unifiedBufferBanks;
    if (machine.unifiedBufferBytes % unit)
      report("unified_buffer/bytes",
             "expected a multiple of banks x row_bytes (" +
                 std::to_string(unit) + "), but got " +
                 std::to_string(machine.unifiedBufferBytes));
    int64_t tile = machine.rows * machine.unifiedBufferRowBytes;
    if (machine.rows >= 1 && machine.rows <= 4096 &&
        machine.unifiedBufferBytes < tile)
      report("unified_buffer/bytes",
             "expected at least one tile of " + std::to_string(machine.rows) +
                 " rows (" + std::to_string(tile) + " bytes), but got " +
                 std::to_string(machine.unifiedBufferBytes));
  }

  const Machine &machine;
  std::vector<MachineProblem> problems;
};
} // namespace

std::vector<MachineProblem> systolic::findProblems(const Machine &machine) {
  return Checker(machine).run();
}

void systolic::validate(const Machine &machine) {
  std::string text;
  for (const MachineProblem &problem : findProblems(machine))
    text += (text.empty() ? "" : "; ") + problem.field + ": " + problem.message;
  if (!text.empty())
    throw Error("machine '" + machine.name + "': " + text);
}

//===----------------------------------------------------------------------===//
// Presets
//===----------------------------------------------------------------------===//

// Latencies and depths of `tpu-v1` and `tpu-v2` are unpublished and modeled.
// In every preset the bursts in flight cover latency x bandwidth, so that a
// long transfer runs at the bandwidth named.
static std::vector<Machine> makePresets() {
  Machine tpu1;
  tpu1.name = "tpu-v1";
  tpu1.rows = tpu1.columns = 256;
  tpu1.elementTypes = {DataType::I8};
  tpu1.clockHz = 700'000'000;
  tpu1.unifiedBufferBytes = int64_t(24) << 20;
  tpu1.unifiedBufferBanks = 16;
  tpu1.unifiedBufferRowBytes = 256;
  tpu1.accumulatorRows = 4096;
  tpu1.fifoTiles = 4;
  tpu1.dramBytes = int64_t(8) << 30;
  tpu1.dram = {34'000'000'000, 100, 64, 128};
  tpu1.host = Channel{14'000'000'000, 500, 64, 256};
  tpu1.activateDepth = 16;
  tpu1.vectorDepth = 32;

  Machine gemmini;
  gemmini.name = "gemmini";
  gemmini.rows = gemmini.columns = 16;
  gemmini.elementTypes = {DataType::I8};
  gemmini.clockHz = 1'000'000'000;
  gemmini.unifiedBufferBytes = 256 << 10;
  gemmini.unifiedBufferBanks = 4;
  gemmini.unifiedBufferRowBytes = 16;
  gemmini.accumulatorRows = 1024;
  gemmini.fifoTiles = 1;
  gemmini.dramBytes = int64_t(4) << 30;
  gemmini.dram = {16'000'000'000, 64, 64, 16};
  gemmini.activateDepth = 8;
  gemmini.vectorDepth = 16;

  Machine edge;
  edge.name = "edge";
  edge.rows = edge.columns = 32;
  edge.elementTypes = {DataType::I8};
  edge.clockHz = 400'000'000;
  edge.unifiedBufferBytes = 512 << 10;
  edge.unifiedBufferBanks = 4;
  edge.unifiedBufferRowBytes = 32;
  edge.accumulatorRows = 1024;
  edge.fifoTiles = 2;
  edge.dramBytes = int64_t(2) << 30;
  edge.dram = {6'400'000'000, 40, 64, 16};
  edge.activateDepth = 8;
  edge.vectorDepth = 16;

  Machine tpu2;
  tpu2.name = "tpu-v2";
  tpu2.rows = tpu2.columns = 128;
  tpu2.elementTypes = {DataType::BF16};
  tpu2.clockHz = 700'000'000;
  tpu2.unifiedBufferBytes = 16 << 20;
  tpu2.unifiedBufferBanks = 16;
  tpu2.unifiedBufferRowBytes = 256;
  tpu2.accumulatorRows = 2048;
  tpu2.fifoTiles = 2;
  tpu2.dramBytes = int64_t(8) << 30;
  tpu2.dram = {350'000'000'000, 200, 64, 2048};
  tpu2.activateDepth = 16;
  tpu2.vectorDepth = 32;

  return {tpu1, gemmini, edge, tpu2};
}

std::span<const Machine> systolic::machinePresets() {
  static const std::vector<Machine> presets = makePresets();
  return presets;
}

const Machine *systolic::findMachinePreset(std::string_view name) {
  for (const Machine &machine : machinePresets())
    if (machine.name == name)
      return &machine;
  return nullptr;
}
