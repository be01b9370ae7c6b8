//===- MachineScalingTest.cpp - Machines of other sizes -------------------===//
#include "runtime/Systolic/MachineScaling.h"
#include <gtest/gtest.h>

using namespace tactus::systolic;

namespace {
const Machine &preset(const char *name) {
  return *findMachinePreset(name);
}

Machine withArray(const char *name, int64_t rows, int64_t columns) {
  return scaled(preset(name), {.rows = rows,
                               .columns = columns,
                               .unifiedBufferBytes = {},
                               .bytesPerSecond = {}});
}
} // namespace

TEST(MachineScalingTest, NoChangeGivesTheSameMachine) {
  for (const Machine &machine : machinePresets())
    EXPECT_EQ(scaled(machine, {}), machine) << machine.name;
}

TEST(MachineScalingTest, EverySizeOfArrayGivesAValidMachine) {
  for (const Machine &machine : machinePresets())
    for (int64_t rows : {1, 2, 3, 16, 24, 33, 100, 256, 1000, 4096})
      for (int64_t columns : {1, 5, 32, 40, 256, 4096}) {
        Machine made = scaled(machine, {.rows = rows,
                                        .columns = columns,
                                        .unifiedBufferBytes = int64_t(1) << 30,
                                        .bytesPerSecond = {}});
        auto problems = findProblems(made);
        EXPECT_TRUE(problems.empty())
            << machine.name << ", " << rows << " x " << columns << ": "
            << problems.front().field << ": " << problems.front().message;
      }
}

TEST(MachineScalingTest, RowsOfTheBufferFollowTheLongerSide) {
  EXPECT_EQ(withArray("edge", 24, 40).unifiedBufferRowBytes, 40);
  EXPECT_EQ(withArray("edge", 33, 8).unifiedBufferRowBytes, 36);
  EXPECT_EQ(withArray("edge", 1, 1).unifiedBufferRowBytes, 4);
  // bf16 takes two bytes.
  EXPECT_EQ(withArray("tpu-v2", 64, 32).unifiedBufferRowBytes, 128);
  // Rows twice as wide as needed stay so.
  Machine wide = preset("edge");
  wide.unifiedBufferRowBytes = 64;
  EXPECT_EQ(scaled(wide, {.rows = 16,
                          .columns = 16,
                          .unifiedBufferBytes = {},
                          .bytesPerSecond = {}})
                .unifiedBufferRowBytes,
            32);
}

TEST(MachineScalingTest, TheBufferIsCutToWholeRowsInEachBank) {
  // 524288 is not a multiple of 4 banks of rows of 40 bytes.
  EXPECT_EQ(withArray("edge", 40, 40).unifiedBufferBytes, 524160);
  EXPECT_EQ(withArray("edge", 64, 64).unifiedBufferBytes, 524288);
  EXPECT_EQ(withArray("edge", 40, 40).accumulatorRows, 1024);
}

TEST(MachineScalingTest, ABufferTooSmallStaysAsAskedAndIsRefused) {
  Machine machine = scaled(preset("edge"), {.rows = {},
                                            .columns = {},
                                            .unifiedBufferBytes = 100,
                                            .bytesPerSecond = {}});
  EXPECT_EQ(machine.unifiedBufferBytes, 100);
  ASSERT_FALSE(findProblems(machine).empty());
  EXPECT_EQ(findProblems(machine).front().field, "unified_buffer/bytes");
  // No more is an array without cells.
  EXPECT_EQ(findProblems(withArray("edge", 0, 0)).front().field, "array/rows");
}

TEST(MachineScalingTest, BurstsInFlightCoverTheLatency) {
  auto with = [](const char *name, int64_t rate) {
    return scaled(preset(name), {.rows = {},
                                 .columns = {},
                                 .unifiedBufferBytes = {},
                                 .bytesPerSecond = rate});
  };
  // 64 GB/s x 40 cycles of 2.5 ns are 6400 bytes, 100 bursts of 64.
  EXPECT_EQ(with("edge", 64'000'000'000).dram.inFlight, 100);
  EXPECT_EQ(with("edge", 1'000'000'000).dram.inFlight, 16);
  // The host's way is its own.
  Machine tpu = with("tpu-v1", 68'000'000'000);
  EXPECT_EQ(tpu.dram.bytesPerSecond, 68'000'000'000);
  EXPECT_EQ(tpu.host, preset("tpu-v1").host);
}
