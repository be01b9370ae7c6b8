//===- TimingTest.cpp - Times worked by hand ------------------------------===//
#include "tests/unit/Systolic/ReportPrograms.h"
#include <gtest/gtest.h>
#include <random>

using namespace tactus;
using namespace tactus::systolic;

namespace {
/// On gemmini: 16 bytes a cycle shared, latency 64, 16 bursts of 64 in flight.
class TimingTest : public testing::Test {
protected:
  SimulationResult run(WeightLoading loading = WeightLoading::Overlapped) {
    SimulationOptions options;
    options.weightLoading = loading;
    return Simulator(assembler.finish()).run({}, options);
  }
  void expectTime(const InstructionTime &time, int64_t start, int64_t free,
                  int64_t end) {
    EXPECT_EQ(time.start, start);
    EXPECT_EQ(time.free, free);
    EXPECT_EQ(time.end, end);
  }

  Assembler assembler = oneTileOfOnes();
};

int64_t stall(const Report &report, Stall cause) {
  return report.stalls[size_t(cause)];
}
} // namespace

// 256 bytes are 4 bursts, 16 cycles of bandwidth. The weights have the channel
// first. The tile shifts in from 80 to 96; the rows are there at 96.
TEST_F(TimingTest, OneTileFromLoadToStore) {
  uint64_t c = assembler.output("c", i32({16, 16}));
  assembler.add(loadOfRows(0, 16), {}, 0);
  assembler.add(loadOfWeights());
  assembler.add(productOfRows(1), {after(0, 1)}, 1);
  assembler.add(drainOfRows(0), {after(1, 1)}, 2);
  DmaStore store;
  store.dramAddress = c;
  store.rows = 16;
  store.rowBytes = store.dramStride = 64;
  store.localRow = 12288;
  store.localStride = 4;
  assembler.add(store, {after(2, 1)});
  SimulationResult result = run();
  expectTime(result.times[1], 0, 16, 80);
  expectTime(result.times[0], 16, 32, 96);
  expectTime(result.times[2], 96, 112, 112 + 31);
  expectTime(result.times[3], 143, 159, 167);
  // 16 bursts, 64 cycles.
  expectTime(result.times[4], 167, 231, 295);

  const Report &report = result.report;
  EXPECT_EQ(report.totalCycles, 295);
  EXPECT_EQ(report.activeCycles, 16);
  EXPECT_EQ(stall(report, Stall::Input), 96);
  EXPECT_EQ(stall(report, Stall::Drain), 295 - 112);
  EXPECT_EQ(report.weightBytes, 256);
  EXPECT_EQ(report.loadedBytes, 256);
  EXPECT_EQ(report.storedBytes, 1024);
  // Past the last row written: 12288 + 16 x 4.
  EXPECT_EQ(report.unifiedBufferRows, 12352);
  EXPECT_EQ(report.accumulatorRows, 16);
  EXPECT_EQ(result.outputs.at("c").data<int32_t>()[0], 16);
}

// With the rows there first, the array waits for the tile's data until 80 and
// for its shift until 96.
TEST_F(TimingTest, StallsForWeightsAreSplitAtTheShift) {
  assembler.add(loadOfRows(0, 16));
  assembler.add(Fence());
  assembler.add(loadOfWeights());
  assembler.add(productOfRows(1));
  SimulationResult result = run();
  // The load ends at 80, where the fence is; the tile arrives at 160.
  expectTime(result.times[3], 176, 192, 223);
  EXPECT_EQ(stall(result.report, Stall::WeightData), 160);
  EXPECT_EQ(stall(result.report, Stall::WeightShift), 16);
}

// A FIFO of one tile: the second is asked for when the first has shifted out,
// at 96, and then shifts in when both it is there and the first product has
// begun.
TEST_F(TimingTest, FifoOfOneTile) {
  assembler.add(loadOfRows(0, 16), {}, 0);
  assembler.add(loadOfWeights());
  assembler.add(productOfRows(1), {after(0, 1)});
  assembler.add(loadOfWeights());
  assembler.add(productOfRows(1, 16));
  SimulationResult result = run();
  expectTime(result.times[3], 96, 112, 176);
  expectTime(result.times[4], 192, 208, 239);
  // The array alone: 16 + max(16, 16) + 16 + 31.
  EXPECT_EQ(result.report.arrayCycles, 79);
}

// The second tile waits until the results of the first have left, at 142.
TEST_F(TimingTest, SerialLoadingShiftsAfterTheResults) {
  assembler.program.machine.fifoTiles = 2;
  assembler.add(loadOfRows(0, 16), {}, 0);
  assembler.add(loadOfWeights());
  assembler.add(loadOfWeights());
  assembler.add(productOfRows(1), {after(0, 1)});
  assembler.add(productOfRows(1, 16));
  SimulationResult result = run(WeightLoading::Serial);
  // The load asks for its rows between the two tiles: they come at 96.
  expectTime(result.times[3], 96, 112, 143);
  expectTime(result.times[4], 142 + 16, 174, 205);
  EXPECT_EQ(result.report.arrayCycles, 16 + 46 + 16 + 47);
}

// A load of 64 rows arrives from 96 to 160, while the product reads 64 rows of
// bank 0 from 96 to 160; rows in one bank cost a cycle each.
TEST_F(TimingTest, LoadLosesBankConflictsToTheArray) {
  for (auto [row, end] :
       {std::pair<uint32_t, int64_t>{5000, 160}, {1000, 224}}) {
    assembler = oneTileOfOnes();
    assembler.add(loadOfRows(0, 16), {}, 0);
    assembler.add(loadOfWeights());
    assembler.add(productOfRows(4), {after(0, 1)});
    assembler.add(loadOfRows(row, 64));
    SimulationResult result = run();
    expectTime(result.times[2], 96, 160, 191);
    EXPECT_EQ(result.times[3].start, 32);
    EXPECT_EQ(result.times[3].end, end) << row;
    EXPECT_EQ(stall(result.report, Stall::Bank), 0);
  }
}

// Sums of the second product reach the accumulators from 112 + 31 on, when the
// drain of the first begins: 16 rows in one half cost both 16 cycles.
TEST_F(TimingTest, ArrayAndDrainLoseCyclesOnOneHalfOfTheAccumulators) {
  for (auto [row, lost] : {std::pair<uint32_t, int64_t>{512, 0}, {16, 16}}) {
    assembler = oneTileOfOnes();
    assembler.add(loadOfRows(0, 16), {}, 0);
    assembler.add(loadOfWeights());
    assembler.add(productOfRows(1), {after(0, 1)}, 1);
    Matmul second = productOfRows(4, row);
    second.switchWeights = false;
    assembler.add(second);
    assembler.add(drainOfRows(0), {after(1, 1)});
    SimulationResult result = run();
    expectTime(result.times[3], 112, 176 + lost, 207 + lost);
    expectTime(result.times[4], 143, 159 + lost, 167 + lost);
    EXPECT_EQ(stall(result.report, Stall::Bank), lost);
  }
}

// Rows of 4 bytes, 100 apart, touch a burst each, or two.
TEST_F(TimingTest, ScatteredRowsMoveWholeBursts) {
  DmaLoad op = loadOfRows(0, 8);
  op.rowBytes = 4;
  op.dramAddress = 62;
  op.dramStride = 100;
  assembler.add(op);
  SimulationResult result = run();
  // Only 62..65 straddles a boundary: 162, 262, 362, 462, 562, 662, 762 do not.
  EXPECT_EQ(result.report.loadedBytes, 9 * 64);
  expectTime(result.times[0], 0, 36, 100);
}

// 2 bursts in flight of latency 64: 16 bursts take 16 x 64 / 2 cycles.
TEST_F(TimingTest, BurstsInFlightBoundTheBandwidth) {
  assembler.program.machine.dram.inFlight = 2;
  assembler.add(loadOfRows(0, 64));
  expectTime(run().times[0], 0, 512, 576);
}

// 100 rows of 33 columns on an array of 16 take three cycles a row.
TEST_F(TimingTest, VectorRowsTakeACycleForEachWidthOfTheArray) {
  const Machine &machine = assembler.program.machine;
  DmaLoad fill;
  fill.zeroFill = true;
  fill.rows = 100 * 9;
  fill.rowBytes = 16;
  assembler.add(fill);
  assembler.add(Fence());
  Vec op;
  op.rightOperand = RightOperand::Immediate;
  op.rows = 100;
  op.columns = 33;
  op.lhs.stride = op.destination.stride = 9;
  assembler.add(op);
  std::vector<InstructionTime> times = run().times;
  EXPECT_EQ(times[2].free - times[2].start, 100 * 3);
  EXPECT_EQ(times[2].end - times[2].start, 100 * 3 + machine.vectorDepth);
}

TEST_F(TimingTest, HostHasItsOwnWayToDram) {
  assembler.program.machine.host = Channel{8'000'000'000, 100, 64, 64};
  assembler.add(loadOfRows(0, 16), {}, 0);
  assembler.add(loadOfWeights());
  assembler.add(productOfRows(1), {after(0, 1)});
  SimulationResult result = run();
  expectTime(result.times[0], 0, 32, 132);
  expectTime(result.times[1], 0, 16, 80);
}

// Where memory does not bind, the whole simulation keeps the times of the
// recurrence, which RTL confirms.
TEST_F(TimingTest, ProductsRunAsTheRecurrenceSaysWhenDataIsThere) {
  std::mt19937_64 random(6);
  auto draw = [&](int64_t most) { return int64_t(1 + random() % most); };
  for (int i = 0; i < 100; ++i) {
    ArrayShape array =
        std::array<ArrayShape, 3>{{{8, 8}, {16, 16}, {12, 20}}}[random() % 3];
    Machine machine = testMachine(array, 256);
    machine.fifoTiles = 64;
    machine.dram = {1'000'000'000'000'000, 0, 64, 1 << 20};
    ProductShape shape = {draw(60), draw(5 * array.rows),
                          draw(2 * array.columns)};
    Program program = assembleProduct(machine, shape, DataType::I8, {shape.m},
                                      std::vector<uint8_t>(shape.k * shape.n));
    int64_t loads = ceilDiv(shape.k, array.rows);
    program.instructions.insert(program.instructions.begin() + loads,
                                Instruction(Fence()));
    for (WeightLoading loading :
         {WeightLoading::Overlapped, WeightLoading::Serial}) {
      SimulationOptions options;
      options.weightLoading = loading;
      Simulator simulator(program);
      SimulationResult result = simulator.run(
          {{"a", Tensor::zeros(i8({shape.m, shape.k}))}}, options);
      Dependences dependences(program);
      const std::vector<uint32_t> &products =
          dependences.queues[size_t(Queue::MM)];
      int64_t begin = result.times[products.front()].start - array.rows;
      ASSERT_EQ(result.times[products.back()].end - begin,
                result.report.arrayCycles)
          << shape.m << " " << shape.k << " " << shape.n;
      ASSERT_EQ(result.report.arrayCycles,
                loading == WeightLoading::Serial
                    ? serialCycles(shape, array)
                    : overlappedCycles(shape, array));
    }
  }
}
