//===- GoldenCyclesTest.cpp - Array cycles against closed forms -----------===//
#include "tests/unit/Systolic/Assembler.h"
#include <gtest/gtest.h>
#include <random>

using namespace tactus;
using namespace tactus::systolic;

namespace {
int64_t cyclesOf(ArrayShape array, ProductShape shape,
                 std::vector<int64_t> chunks, WeightLoading loading) {
  Machine machine = testMachine(array, 2 * shape.m);
  std::vector<uint8_t> weights(shape.k * shape.n);
  Program program =
      assembleProduct(machine, shape, DataType::I8, std::move(chunks), weights);
  return arrayCycles(program, Dependences(program), loading);
}

struct Golden {
  ArrayShape array;
  ProductShape shape;
  int64_t weightStationary, outputStationary, overlapped;
};
} // namespace

// SCALE-Sim v2's figures (which prints one less of the first two), and the
// RTL's without the accumulators' register.
TEST(GoldenCyclesTest, PublishedAndMeasuredProducts) {
  for (const Golden &g : {
           Golden{{16, 16}, {64, 64, 64}, 1760, 1504, 1070},
           Golden{{16, 16}, {100, 70, 33}, 2190, 2100, 1546},
           Golden{{16, 16}, {128, 768, 768}, 400896, 306432, 294958},
           Golden{{128, 128}, {512, 512, 512}, 14304, 12256, 8574},
           Golden{{128, 128}, {128, 3072, 768}, 73440, 19956, 18814},
           Golden{{128, 128}, {1, 4096, 4096}, 392192, 139200, 131327},
       }) {
    SCOPED_TRACE(g.shape.k);
    EXPECT_EQ(weightStationaryCycles(g.shape, g.array), g.weightStationary);
    EXPECT_EQ(outputStationaryCycles(g.shape, g.array), g.outputStationary);
    EXPECT_EQ(overlappedCycles(g.shape, g.array), g.overlapped + 1);
    EXPECT_EQ(serialCycles(g.shape, g.array), g.weightStationary + 1);
    EXPECT_EQ(
        cyclesOf(g.array, g.shape, {g.shape.m}, WeightLoading::Overlapped),
        g.overlapped + 1);
    EXPECT_EQ(cyclesOf(g.array, g.shape, {g.shape.m}, WeightLoading::Serial),
              g.weightStationary + 1);
  }
}

// ceil(64/16) ceil(64/16) (2 * 16 + 16 + 64 - 2) by hand.
TEST(GoldenCyclesTest, InputStationaryTakesRowsOfTheInputAsWeights) {
  EXPECT_EQ(inputStationaryCycles({64, 64, 64}, {16, 16}), 1760);
  // K = 70: 5 folds, M = 100: 7 folds, each 2 * 16 + 16 + 33 - 2 = 79.
  EXPECT_EQ(inputStationaryCycles({100, 70, 33}, {16, 16}), 5 * 7 * 79);
}

TEST(GoldenCyclesTest, RandomShapesEqualTheClosedForms) {
  std::mt19937_64 random(3);
  auto draw = [&](int64_t most) { return int64_t(1 + random() % most); };
  for (int i = 0; i < 1000; ++i) {
    ArrayShape array = std::array<ArrayShape, 5>{
        {{8, 8}, {16, 16}, {24, 40}, {32, 32}, {5, 3}}}[random() % 5];
    ProductShape shape = {draw(90), draw(6 * array.rows),
                          draw(5 * array.columns)};
    ASSERT_EQ(cyclesOf(array, shape, {shape.m}, WeightLoading::Overlapped),
              overlappedCycles(shape, array))
        << shape.m << " " << shape.k << " " << shape.n;
    ASSERT_EQ(cyclesOf(array, shape, {shape.m}, WeightLoading::Serial),
              serialCycles(shape, array))
        << shape.m << " " << shape.k << " " << shape.n;
  }
}

// 4 x 4 cells, chunks of 2 and 7 rows, K = 8: tiles have 2, 2, 7, 7 rows.
// Overlapped: products start at 4 (first shift), 8 (shift 4..8 behind the
// first), 12 (shift 8..12), 19 (the third ends at 19, the shift 12..16 is
// hidden); the last results are in at 19 + 7 + 4 + 4 - 1 = 33. Serial: starts
// 4; shift from 4 + 2 + 6 = 12, start 16; 24 -> 28; 41 -> 45; the last results
// at 45 + 7 + 7 = 59.
TEST(GoldenCyclesTest, MixedRowCountsByHand) {
  EXPECT_EQ(cyclesOf({4, 4}, {9, 8, 4}, {2, 7}, WeightLoading::Overlapped), 33);
  EXPECT_EQ(cyclesOf({4, 4}, {9, 8, 4}, {2, 7}, WeightLoading::Serial), 59);
}

// Two rows a cycle: 64 x 1: the shift of 16 rows takes 8 cycles and binds.
TEST(GoldenCyclesTest, WeightRowsPerCycleShortenTheShift) {
  Machine machine = testMachine({16, 16}, 64);
  std::vector<uint8_t> weights(64 * 16);
  for (auto [perCycle, expected] :
       {std::pair<int64_t, int64_t>{1, 64 + 32}, {2, 32 + 32}, {4, 16 + 32}}) {
    machine.weightRowsPerCycle = perCycle;
    Program program =
        assembleProduct(machine, {1, 64, 16}, DataType::I8, {1}, weights);
    // 4 shifts, one row, R + C - 1 cycles for its results.
    EXPECT_EQ(
        arrayCycles(program, Dependences(program), WeightLoading::Overlapped),
        expected);
  }
}
