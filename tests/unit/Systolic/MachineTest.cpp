//===- MachineTest.cpp - Machine descriptions and their JSON --------------===//
#include "dialects/Systolic/Machine.h"
#include "runtime/Systolic/MachineJson.h"
#include "tests/unit/Support/ExpectError.h"

using namespace tactus;
using namespace tactus::systolic;

namespace {
Machine preset(const char *name) {
  return *findMachinePreset(name);
}

/// The JSON of gemmini with the first `from` replaced by `to`.
std::string edited(const std::string &from, const std::string &to) {
  std::string text = toJson(preset("gemmini"));
  size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string errorOf(const std::string &text) {
  return test::errorOf([&] { parseMachineJson(text, "m.json"); });
}
} // namespace

TEST(MachineTest, PresetsAreValidAndRoundTripThroughJson) {
  ASSERT_EQ(machinePresets().size(), 4u);
  for (const Machine &machine : machinePresets()) {
    EXPECT_NO_THROW(validate(machine)) << machine.name;
    std::string text = toJson(machine);
    Machine again = parseMachineJson(text, "m.json");
    EXPECT_EQ(again, machine) << text;
    EXPECT_EQ(toJson(again), text);
  }
}

TEST(MachineTest, TpuV1LoadsAWeightTileIn1349Cycles) {
  Machine tpu = preset("tpu-v1");
  EXPECT_EQ(tpu.transferCycles(tpu.weightChannel(), 65536), 1349);
  // 2 x 256 x 256 x 700 MHz operations a second.
  EXPECT_EQ(2 * tpu.rows * tpu.columns * tpu.clockHz / 1'000'000'000'000, 91);
  EXPECT_EQ(tpu.unifiedBufferRows(), 98304);
}

TEST(MachineTest, GemminiMoves16BytesACycleOnOneChannel) {
  Machine gemmini = preset("gemmini");
  EXPECT_FALSE(gemmini.host.has_value());
  EXPECT_EQ(gemmini.transferCycles(gemmini.dataChannel(), 1024), 64);
  EXPECT_EQ(gemmini.transferCycles(gemmini.dataChannel(), 1), 1);
  EXPECT_EQ(gemmini.rowsPerBank(), 4096);
  EXPECT_EQ(gemmini.shiftCycles(), 16);
  gemmini.weightRowsPerCycle = 4;
  EXPECT_EQ(gemmini.shiftCycles(), 4);
}

TEST(MachineTest, ReportsAllProblemsAtOnce) {
  Machine machine = preset("gemmini");
  machine.fifoTiles = 0;
  machine.accumulatorRows = 7;
  machine.weightRowsPerCycle = 3;
  EXPECT_ERROR(validate(machine),
               "machine 'gemmini': accumulators/rows: expected an even number, "
               "but got 7; weight_fifo/tiles: expected 1 to 1024, but got 0; "
               "weight_fifo/rows_per_cycle: expected a power of two, but got "
               "3");
}

// Hostile input 51.
TEST(MachineTest, RefusesArrayOfZeroOrAbsurdSize) {
  EXPECT_EQ(errorOf(edited("\"rows\": 16", "\"rows\": 0")),
            "m.json:6:13: /array/rows: expected 1 to 4096, but got 0");
  EXPECT_EQ(errorOf(edited("\"rows\": 16", "\"rows\": 1000000000000")),
            "m.json:6:13: /array/rows: expected 1 to 4096, but got "
            "1000000000000");
  EXPECT_EQ(errorOf(edited("\"rows\": 16", "\"rows\": -1")),
            "m.json:6:13: /array/rows: expected 1 to 4096, but got -1");
}

// Hostile input 52.
TEST(MachineTest, RefusesScratchpadSmallerThanOneTile) {
  EXPECT_EQ(errorOf(edited("\"bytes\": 262144", "\"bytes\": 128")),
            "m.json:11:31: /unified_buffer/bytes: expected at least one tile "
            "of 16 rows (256 bytes), but got 128");
}

// Hostile input 53.
TEST(MachineTest, RefusesUnknownDataflow) {
  EXPECT_EQ(errorOf(edited("weight-stationary", "row-stationary")),
            "m.json:8:17: /array/dataflow: expected dataflow "
            "'weight-stationary', but got 'row-stationary'");
}

// Hostile input 54.
TEST(MachineTest, RefusesElementTypeTheArrayLacks) {
  EXPECT_EQ(errorOf(edited("\"i8\"", "\"f32\"")),
            "m.json:9:22: /array/element_types: expected i8 or bf16, which an "
            "array multiplies, but got f32");
  EXPECT_EQ(errorOf(edited("\"i8\"", "\"f64\"")),
            "m.json:9:23: /array/element_types/0: expected i8 or bf16, but got "
            "'f64'");
}

TEST(MachineTest, RefusesTypesThatAreNoneOrTwice) {
  EXPECT_EQ(errorOf(edited("[\"i8\"]", "[]")),
            "m.json:9:22: /array/element_types: expected i8 or bf16, but got "
            "none");
  std::string many = "[\"i8\"";
  for (int i = 0; i < 100'000; ++i)
    many += ", \"i8\"";
  EXPECT_EQ(errorOf(edited("[\"i8\"]", many + "]")),
            "m.json:9:22: /array/element_types: expected each type once, but "
            "got i8 twice");
}

TEST(MachineTest, RefusesNumbersAgainstTheRuleOfTheirField) {
  EXPECT_EQ(errorOf(edited("\"row_bytes\": 16", "\"row_bytes\": 18")),
            "m.json:11:64: /unified_buffer/row_bytes: expected a multiple of "
            "4, but got 18");
  EXPECT_EQ(errorOf(edited("\"burst_bytes\": 64", "\"burst_bytes\": 48")),
            "m.json:20:20: /dram/burst_bytes: expected a power of two, but got "
            "48");
  EXPECT_EQ(errorOf(edited("\"bytes_per_second\": 16000000000",
                           "\"bytes_per_second\": 99999")),
            "m.json:18:25: /dram/bytes_per_second: expected a byte in 10000 "
            "cycles or more (100000), but got 99999");
  EXPECT_EQ(errorOf(edited("\"clock_hz\": 1000000000", "\"clock_hz\": 0")),
            "m.json:4:15: /clock_hz: expected 1000000 to 100000000000, but got "
            "0");
  EXPECT_EQ(errorOf(edited("\"clock_hz\": 1000000000", "\"clock_hz\": 1.5")),
            "m.json:4:15: /clock_hz: expected an integer, but got 1.5");
}

TEST(MachineTest, RefusesNamesThatReportsCannotPrint) {
  EXPECT_EQ(errorOf(edited("\"gemmini\"", "\"\"")),
            "m.json:3:11: /name: expected a name of 1 to 100 bytes, but got 0");
  EXPECT_EQ(errorOf(edited("\"gemmini\"", "\"a\\u001b[2J\"")),
            "m.json:3:11: /name: expected a name without control characters, "
            "but got one that has some");
}

TEST(MachineTest, RectangularArraysAreMachines) {
  Machine machine = preset("gemmini");
  machine.rows = 4;
  machine.columns = 24;
  machine.unifiedBufferRowBytes = 24;
  machine.unifiedBufferBytes = 24 * 4 * 100;
  EXPECT_EQ(parseMachineJson(toJson(machine), "m.json"), machine);
  machine.unifiedBufferRowBytes = 16;
  EXPECT_EQ(test::errorOf([&] { validate(machine); }),
            "machine 'gemmini': unified_buffer/row_bytes: expected at least "
            "24, one row of the array's operands, but got 16");
}

TEST(MachineTest, RefusesUnknownVersionAndKeyAndMissingMember) {
  EXPECT_EQ(errorOf(edited("\"tactus_machine\": 1", "\"tactus_machine\": 2")),
            "m.json:2:21: /tactus_machine: expected version 1, but got 2");
  EXPECT_NE(errorOf(edited("\"clock_hz\"", "\"clock\"")).find("clock_hz"),
            std::string::npos);
}

TEST(MachineTest, ResolvesPresetsAndListsThemForAnUnknownName) {
  EXPECT_EQ(resolveMachine("edge").rows, 32);
  EXPECT_ERROR(resolveMachine("tpu-v9"),
               "expected a machine of tpu-v1, gemmini, edge, tpu-v2, or a "
               ".json file, but got 'tpu-v9'");
}
