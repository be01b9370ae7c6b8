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

/// Without the accumulators' register.
struct Golden {
  ArrayShape array;
  ProductShape shape;
  int64_t weightStationary, outputStationary, inputStationary, overlapped;
};

void expectGolden(const Golden &g) {
  SCOPED_TRACE(testing::Message()
               << g.shape.m << "x" << g.shape.k << "x" << g.shape.n << " on "
               << g.array.rows << "x" << g.array.columns);
  EXPECT_EQ(weightStationaryCycles(g.shape, g.array), g.weightStationary);
  EXPECT_EQ(outputStationaryCycles(g.shape, g.array), g.outputStationary);
  EXPECT_EQ(inputStationaryCycles(g.shape, g.array), g.inputStationary);
  EXPECT_EQ(overlappedCycles(g.shape, g.array), g.overlapped + 1);
  EXPECT_EQ(serialCycles(g.shape, g.array), g.weightStationary + 1);
  EXPECT_EQ(cyclesOf(g.array, g.shape, {g.shape.m}, WeightLoading::Overlapped),
            g.overlapped + 1);
  EXPECT_EQ(cyclesOf(g.array, g.shape, {g.shape.m}, WeightLoading::Serial),
            g.weightStationary + 1);
}
} // namespace

// SCALE-Sim v2's figures (which prints one less of the first three), and the
// register model's (tests/rtl).
TEST(GoldenCyclesTest, PublishedAndMeasuredProducts) {
  for (const Golden &g : {
           Golden{{16, 16}, {64, 64, 64}, 1760, 1504, 1760, 1070},
           Golden{{16, 16}, {100, 70, 33}, 2190, 2100, 2765, 1546},
           Golden{{16, 16}, {128, 768, 768}, 400896, 306432, 312576, 294958},
           Golden{{128, 128}, {512, 512, 512}, 14304, 12256, 14304, 8574},
           Golden{{128, 128}, {128, 3072, 768}, 73440, 19956, 27600, 18814},
           Golden{{128, 128}, {1, 4096, 4096}, 392192, 139200, 143296, 131327},
       })
    expectGolden(g);
}

// By hand. 5 x 3 cells and 7 x 11 x 4: 3 x 2 folds of 2 * 5 + 3 + 7 - 2 = 18;
// 2 x 2 of 11 + 5 + 3 - 2 = 17; 3 x 3 of 2 * 5 + 3 + 4 - 2 = 15; 5 * 7 + 18.
TEST(GoldenCyclesTest, RaggedProducts) {
  expectGolden({{5, 3}, {7, 11, 4}, 108, 68, 135, 53});
  expectGolden({{16, 16}, {17, 17, 17}, 252, 188, 252, 114});
  expectGolden({{24, 40}, {100, 70, 33}, 558, 660, 1071, 386});
  // Fewer rows than the array has: the shift binds, 5 * 8 + 25.
  expectGolden({{8, 8}, {3, 20, 9}, 150, 68, 93, 65});
}

// Nothing overlaps where there is one fold.
TEST(GoldenCyclesTest, TinyProducts) {
  expectGolden({{16, 16}, {1, 1, 1}, 47, 31, 47, 47});
  expectGolden({{16, 16}, {40, 16, 16}, 86, 138, 186, 86});
  expectGolden({{256, 256}, {1, 256, 256}, 767, 766, 1022, 767});
  expectGolden({{1, 1}, {1, 1, 1}, 2, 1, 2, 2});
  expectGolden({{1, 1}, {2, 2, 2}, 12, 8, 12, 9});
}

// What overlapped loading takes is below SCALE-Sim's weight-stationary figure
// wherever there is more than one fold: always by its formula, and on arrays
// that have more than one row and column also where the machine counts its
// accumulators' register and SCALE-Sim prints one less.
TEST(GoldenCyclesTest, OverlappedLoadingIsBelowScaleSim) {
  std::mt19937_64 random(5);
  auto draw = [&](int64_t most) { return int64_t(1 + random() % most); };
  int alone = 0;
  for (int i = 0; i < 2000; ++i) {
    ArrayShape array = {draw(24), draw(24)};
    ProductShape shape = {draw(3 * array.rows), draw(3 * array.rows),
                          draw(3 * array.columns)};
    int64_t cycles =
        cyclesOf(array, shape, {shape.m}, WeightLoading::Overlapped);
    int64_t theirs = weightStationaryCycles(shape, array);
    SCOPED_TRACE(testing::Message()
                 << shape.m << "x" << shape.k << "x" << shape.n << " on "
                 << array.rows << "x" << array.columns);
    if (folds(shape, array) == 1) {
      ++alone;
      ASSERT_EQ(cycles - 1, theirs);
      continue;
    }
    ASSERT_LT(cycles - 1, theirs);
    if (array.rows > 1 && array.columns > 1) {
      ASSERT_LT(cycles, theirs - 1);
    }
  }
  EXPECT_GT(alone, 0);
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
