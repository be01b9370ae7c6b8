//===- SimulatorTest.cpp - Whole programs, by value and time --------------===//
#include "tests/unit/Support/ExpectError.h"
#include "tests/unit/Systolic/Assembler.h"
#include <numeric>
#include <random>

using namespace tactus;
using namespace tactus::systolic;

namespace {
SimulationResult runProduct(const Machine &machine, ProductShape shape,
                            std::vector<int64_t> chunks, uint64_t seed,
                            const SimulationOptions &options = {}) {
  Tensor a = wideRandom({shape.m, shape.k}, seed);
  Tensor b = wideRandom({shape.k, shape.n}, seed + 1);
  Simulator simulator(assembleProduct(machine, shape, DataType::I8,
                                      std::move(chunks), bytesOf(b)));
  SimulationResult result = simulator.run({{"a", a}}, options);
  EXPECT_TRUE(result.outputs.at("c").bitwiseEquals(naiveProduct(a, b)))
      << shape.m << " " << shape.k << " " << shape.n;
  return result;
}
} // namespace

TEST(SimulatorTest, MultipliesOneTileByHand) {
  // [[1, 2], [3, -4], [-128, 127]] x [[5, -6], [7, 8]]
  Machine machine = testMachine({2, 2}, 8);
  Simulator simulator(assembleProduct(machine, {3, 2, 2}, DataType::I8, {3},
                                      {5, uint8_t(-6), 7, 8}));
  Tensor a = Tensor::fromVector<int8_t>({3, 2}, {1, 2, 3, -4, -128, 127});
  SimulationResult result = simulator.run({{"a", a}});
  EXPECT_TRUE(result.outputs.at("c").bitwiseEquals(
      Tensor::fromVector<int32_t>({3, 2}, {19, 10, -13, -50, 249, 1784})));
  EXPECT_EQ(result.report.usefulMacs, 12);
  EXPECT_EQ(result.report.activeCycles, 3);
  // 2R + C + M - 2 + 1.
  EXPECT_EQ(result.report.arrayCycles, 8);
}

TEST(SimulatorTest, RandomProductsEqualTheNaiveProductInBothModes) {
  std::mt19937_64 random(4);
  auto draw = [&](int64_t most) { return int64_t(1 + random() % most); };
  for (int i = 0; i < 200; ++i) {
    ArrayShape array = std::array<ArrayShape, 5>{
        {{8, 8}, {16, 16}, {24, 40}, {32, 32}, {5, 3}}}[random() % 5];
    int64_t rows[] = {draw(40), draw(40), draw(40)};
    std::vector<int64_t> chunks(rows, rows + 1 + random() % 3);
    ProductShape shape = {std::accumulate(chunks.begin(), chunks.end(), 0l),
                          draw(3 * array.rows), draw(3 * array.columns)};
    SimulationOptions options;
    if (i % 2)
      options.weightLoading = WeightLoading::Serial;
    SimulationResult result =
        runProduct(testMachine(array, 96), shape, chunks, i, options);
    const Report &report = result.report;
    EXPECT_EQ(report.usefulMacs, shape.m * shape.k * shape.n);
    EXPECT_EQ(std::accumulate(report.stalls.begin(), report.stalls.end(),
                              report.activeCycles),
              report.totalCycles);
    EXPECT_GT(report.totalCycles, report.arrayCycles);
    for (int64_t stall : report.stalls)
      EXPECT_GE(stall, 0);
  }
}

TEST(SimulatorTest, PresetsRunProducts) {
  for (const char *name : {"gemmini", "edge", "tpu-v1"}) {
    const Machine &machine = *findMachinePreset(name);
    SimulationResult result = runProduct(machine, {100, 300, 270}, {64, 36}, 9);
    EXPECT_GT(result.report.utilization(), 0);
  }
}

// 1 + 2^-8 is a bf16 with 8 bits of significand only as 1; sums are f32. In
// array order 2^24 + 1 + 1 = 2^24 (each 1 is lost), while 1 + 1 + 2^24 = 2^24
// + 2. The second block of K begins with 0 again: 2^24 + (1 + 1) = 2^24 + 2.
TEST(SimulatorTest, BFloat16SumsInArrayOrderBlockByBlock) {
  Machine machine = testMachine({3, 1}, 8, DataType::BF16);
  auto bits = [](float value) { return BFloat16(value); };
  Tensor b = Tensor::fromVector<BFloat16>(
      {6, 1}, {bits(1), bits(1), bits(1), bits(1), bits(1), bits(1)});
  Tensor a = Tensor::fromVector<BFloat16>(
      {3, 6}, {bits(16777216), bits(1), bits(1), bits(0), bits(0), bits(0), //
               bits(1), bits(1), bits(16777216), bits(0), bits(0), bits(0), //
               bits(16777216), bits(0), bits(0), bits(1), bits(1), bits(0)});
  Simulator simulator(
      assembleProduct(machine, {3, 6, 1}, DataType::BF16, {3}, bytesOf(b)));
  Tensor c = simulator.run({{"a", a}}).outputs.at("c");
  EXPECT_EQ(c.data<float>()[0], 16777216.0f);
  EXPECT_EQ(c.data<float>()[1], 16777218.0f);
  EXPECT_EQ(c.data<float>()[2], 16777218.0f);
}

TEST(SimulatorTest, SumsOfI8WrapInI32) {
  // 2^17 x (-128 x -128) = 2^31 wraps to the least i32.
  Machine machine = testMachine({16, 16}, 16);
  Assembler assembler(machine);
  uint64_t b = assembler.constant(std::vector<int8_t>(16, int8_t(-128)));
  uint64_t c = assembler.output("c", i32({1, 1}));
  DmaLoad load;
  load.dramAddress = b;
  load.rowBytes = 16;
  assembler.add(load, {}, 0);
  LoadWeights tile;
  tile.address = b;
  tile.k = 16;
  tile.n = 1;
  tile.stride = 1;
  assembler.add(tile);
  Matmul product;
  product.switchWeights = true;
  product.k = 16;
  assembler.add(product, {after(0, 1)});
  product.switchWeights = false;
  product.accumulate = true;
  for (int i = 1; i < (1 << 13); ++i)
    assembler.add(product);
  assembler.add(Nop()).queue = Queue::MM;
  assembler.program.instructions.back().signal = 1;
  DmaStore store;
  store.space = Space::Accumulators;
  store.dramAddress = c;
  store.rowBytes = 4;
  assembler.add(store, {after(1, 1)});
  SimulationResult result = Simulator(assembler.finish()).run({});
  EXPECT_EQ(result.outputs.at("c").data<int32_t>()[0], INT32_MIN);
  EXPECT_EQ(result.report.activeCycles, 1 << 13);
}

TEST(SimulatorTest, RunsAreRepeatable) {
  Machine machine = *findMachinePreset("edge");
  SimulationResult first = runProduct(machine, {50, 70, 90}, {25, 25}, 5);
  SimulationResult second = runProduct(machine, {50, 70, 90}, {25, 25}, 5);
  EXPECT_EQ(first.report.json(), second.report.json());
}

TEST(SimulatorTest, RefusesInputsThatAreMissingWrongOrUnknown) {
  Machine machine = testMachine({2, 2}, 8);
  Simulator simulator(assembleProduct(machine, {3, 2, 2}, DataType::I8, {3},
                                      std::vector<uint8_t>(4)));
  EXPECT_ERROR(simulator.run({}),
               "'a': expected an input of type i8[3,2], but got none");
  EXPECT_ERROR(simulator.run({{"a", Tensor::zeros(i8({2, 3}))}}),
               "'a': expected an input of type i8[3,2], but got i8[2,3]");
  EXPECT_ERROR(simulator.run({{"a", Tensor::zeros(i8({3, 2}))},
                              {"z", Tensor::zeros(i8({1}))}}),
               "'z': expected an input of the program, but got another name");
}
