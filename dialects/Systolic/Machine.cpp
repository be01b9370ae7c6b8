//===- Machine.cpp - Description of a systolic machine --------------------===//
#include "dialects/Systolic/MachineFields.h"
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

/// What `value` should be by `rule`; null where it is.
static const char *findBroken(FieldRule rule, int64_t value) {
  switch (rule) {
  case FieldRule::Any:
    return nullptr;
  case FieldRule::Even:
    return value % 2 ? "an even number" : nullptr;
  case FieldRule::MultipleOf4:
    return value % 4 ? "a multiple of 4" : nullptr;
  case FieldRule::PowerOfTwo:
    return value & (value - 1) ? "a power of two" : nullptr;
  }
  __builtin_unreachable();
}

namespace {
/// Collects the problems of one description.
class Checker {
public:
  explicit Checker(const Machine &machine) : machine(machine) {}

  std::vector<MachineProblem> run() {
    name();
    for (const Field<Machine> &field : machineFields())
      number(field.group, field, machine);
    types();
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

  bool hasProblem(std::string_view field) const {
    return std::any_of(
        problems.begin(), problems.end(),
        [&](const MachineProblem &problem) { return problem.field == field; });
  }

  /// Reports print it.
  void name() {
    bool hasControls =
        std::any_of(machine.name.begin(), machine.name.end(), [](char c) {
          return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
        });
    if (machine.name.empty() || machine.name.size() > 100)
      report("name", "expected a name of 1 to 100 bytes, but got " +
                         std::to_string(machine.name.size()));
    else if (hasControls)
      report("name", "expected a name without control characters, but got one "
                     "that has some");
  }

  template <typename T>
  void number(std::string_view group, const Field<T> &field, const T &holder) {
    std::string path = group.empty() ? "" : std::string(group) + "/";
    path += field.key;
    int64_t value = holder.*field.member;
    auto refuse = [&](std::string expected) {
      report(path,
             "expected " + expected + ", but got " + std::to_string(value));
    };
    if (value < field.least || value > field.greatest)
      refuse(std::to_string(field.least) + " to " +
             std::to_string(field.greatest));
    else if (const char *expected = findBroken(field.rule, value))
      refuse(expected);
  }

  void types() {
    std::vector<DataType> known;
    for (DataType type : machine.elementTypes) {
      std::string name(toString(type));
      if (type != DataType::I8 && type != DataType::BF16)
        return report("array/element_types",
                      "expected i8 or bf16, which an array multiplies, but "
                      "got " +
                          name);
      if (std::find(known.begin(), known.end(), type) != known.end())
        return report("array/element_types", "expected each type once, but "
                                             "got " +
                                                 name + " twice");
      known.push_back(type);
    }
    if (known.empty())
      report("array/element_types", "expected i8 or bf16, but got none");
  }

  void channel(const std::string &group, const Channel &channel) {
    for (const Field<Channel> &field : channelFields())
      number(group, field, channel);
    // Slower ones would overflow the count of cycles.
    std::string rate = group + "/bytes_per_second";
    if (!hasProblem(rate) && !hasProblem("clock_hz") &&
        channel.bytesPerSecond < machine.clockHz / 10'000)
      report(rate, "expected a byte in 10000 cycles or more (" +
                       std::to_string(machine.clockHz / 10'000) +
                       "), but got " + std::to_string(channel.bytesPerSecond));
  }

  void unifiedBuffer() {
    for (const char *field :
         {"unified_buffer/bytes", "unified_buffer/banks",
          "unified_buffer/row_bytes", "array/rows", "array/columns"})
      if (hasProblem(field))
        return;
    int64_t width = 0;
    for (DataType type : {DataType::I8, DataType::BF16})
      if (machine.supports(type))
        width = std::max(width, byteSize(type));
    int64_t side = std::max(machine.rows, machine.columns);
    if (machine.unifiedBufferRowBytes < side * width)
      report("unified_buffer/row_bytes",
             "expected at least " + std::to_string(side * width) +
                 ", one row of the array's operands, but got " +
                 std::to_string(machine.unifiedBufferRowBytes));
    int64_t unit = machine.unifiedBufferRowBytes * machine.unifiedBufferBanks;
    if (machine.unifiedBufferBytes % unit)
      report("unified_buffer/bytes",
             "expected a multiple of banks x row_bytes (" +
                 std::to_string(unit) + "), but got " +
                 std::to_string(machine.unifiedBufferBytes));
    int64_t tile = machine.rows * machine.unifiedBufferRowBytes;
    if (machine.unifiedBufferBytes < tile)
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
