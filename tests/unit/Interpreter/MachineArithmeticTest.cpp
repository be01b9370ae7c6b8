//===- MachineArithmeticTest.cpp - Ops against the systolic machine -------===//
//
// The ops that write a machine's arithmetic give, run by the interpreter, the
// bits that the machine gives.
//
//===----------------------------------------------------------------------===//
#include "runtime/Systolic/ArrayKernels.h"
#include "runtime/Systolic/VectorMath.h"
#include "tactus/tactus.h"
#include "tests/unit/Systolic/Assembler.h"
#include <bit>
#include <cmath>
#include <gtest/gtest.h>
#include <random>

using namespace tactus;
using systolic::DataType;
using systolic::Function;
using systolic::SegmentTable;

namespace {

Tensor interpret(Graph &g, const std::map<std::string, Tensor> &inputs) {
  return compile(g, Target::parse("interpreter")).run(inputs).at("y");
}

/// Equal bits, but for those of NaN, which no target promises.
testing::AssertionResult equalBits(std::span<const float> got,
                                   std::span<const float> expected) {
  for (size_t i = 0; i < got.size(); ++i)
    if (std::isnan(got[i]) ? !std::isnan(expected[i])
                           : std::bit_cast<uint32_t>(got[i]) !=
                                 std::bit_cast<uint32_t>(expected[i]))
      return testing::AssertionFailure()
             << "element " << i << " is " << got[i] << ", but the machine has "
             << expected[i];
  return testing::AssertionSuccess();
}

/// Numbers of all sizes, and among `percent` of 100 the special ones.
std::vector<float> drawNumbers(int64_t count, std::mt19937 &random,
                               int percent) {
  const float special[] = {0.0f,   -0.0f,     INFINITY, -INFINITY,
                           NAN,    1e-45f,    -9e-41f,  3e38f,
                           -3e38f, 0x1p-126f, 0x1p-64f, -0x1p-70f};
  std::vector<float> numbers;
  for (int64_t i = 0; i < count; ++i) {
    float sign = random() % 2 ? -1.0f : 1.0f;
    float number = std::ldexp(sign * (1 + float(random() % 8192) / 8192),
                              int(random() % 12) - 6);
    if (int(random() % 100) < percent)
      number = special[random() % std::size(special)];
    numbers.push_back(number);
  }
  return numbers;
}

Tensor narrowed(std::vector<int64_t> shape, const std::vector<float> &numbers) {
  std::vector<BFloat16> elements;
  for (float number : numbers)
    elements.push_back(BFloat16(number));
  return Tensor::fromVector(std::move(shape), elements);
}

/// The product as an array of `depth` rows makes it, tile after tile; `sums`
/// holds what it starts from where `accumulates` is true.
void multiplyOnArray(const Tensor &a, const Tensor &b, std::vector<float> &sums,
                     int64_t depth, bool accumulates) {
  int64_t m = a.shape()[0], k = a.shape()[1], n = b.shape()[1];
  const auto *left = static_cast<const uint8_t *>(a.rawData());
  const auto *right = static_cast<const uint8_t *>(b.rawData());
  for (int64_t begin = 0; begin < k; begin += depth) {
    int64_t rows = std::min(depth, k - begin);
    systolic::WeightTile tile;
    tile.reset(DataType::BF16, rows, n);
    for (int64_t i = 0; i < rows; ++i)
      tile.setRow(i, right + (begin + i) * n * 2);
    std::vector<systolic::ProductRow> products;
    for (int64_t i = 0; i < m; ++i)
      products.push_back({left + (i * k + begin) * 2,
                          reinterpret_cast<uint8_t *>(sums.data() + i * n)});
    systolic::multiplyRows(tile, rows, accumulates || begin > 0,
                           products.data(), products.size());
  }
}

} // namespace

TEST(MachineArithmeticTest, MatmulWithABlockIsTheArraysProduct) {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    int64_t m = 1 + random() % 6, k = 1 + random() % 70, n = 1 + random() % 40;
    int64_t depth = 1 + random() % 32;
    int percent = round % 3 == 0 ? 0 : round % 3 == 1 ? 3 : 30;
    Tensor a = narrowed({m, k}, drawNumbers(m * k, random, percent));
    Tensor b = narrowed({k, n}, drawNumbers(k * n, random, percent));
    std::vector<float> bias = drawNumbers(n, random, percent), sums;
    for (int64_t i = 0; i < m; ++i)
      sums.insert(sums.end(), bias.begin(), bias.end());
    bool hasInit = round % 2 == 1;
    multiplyOnArray(a, b, sums, depth, hasInit);

    Graph g("product");
    Value x = g.input("a", bf16({m, k})), w = g.input("b", bf16({k, n}));
    Value c = g.input("c", f32({n}));
    Accumulation settings = {.block = depth, .elementType = ElementType::F32};
    if (hasInit)
      settings.init = c;
    g.output("y", matmul(x, w, settings));
    g.output("unused", c);
    Tensor y = interpret(
        g, {{"a", a}, {"b", b}, {"c", Tensor::fromVector({n}, bias)}});
    ASSERT_TRUE(equalBits(y.data<float>(), sums))
        << m << "x" << k << "x" << n << ", depth " << depth << ", round "
        << round;
  }
}

// The array is 16 cells deep, so k folds into blocks of 16; others round
// elsewhere.
TEST(MachineArithmeticTest, TheSimulatorFoldsAsBlocksDo) {
  std::mt19937 random(11);
  systolic::Machine machine =
      systolic::testMachine({16, 16}, 1024, DataType::BF16);
  int64_t m = 20, k = 50, n = 37;
  Tensor a = narrowed({m, k}, drawNumbers(m * k, random, 1));
  Tensor b = narrowed({k, n}, drawNumbers(k * n, random, 1));
  systolic::Simulator simulator(systolic::assembleProduct(
      machine, {m, k, n}, DataType::BF16, {m}, systolic::bytesOf(b)));
  Tensor expected = simulator.run({{"a", a}}).outputs.at("c");
  auto product = [&](int64_t block) {
    Graph g("product");
    g.output("y", matmul(g.input("a", bf16({m, k})), g.input("b", bf16({k, n})),
                         {.block = block, .elementType = ElementType::F32}));
    return interpret(g, {{"a", a}, {"b", b}});
  };
  EXPECT_TRUE(equalBits(product(16).data<float>(), expected.data<float>()));
  EXPECT_FALSE(equalBits(product(15).data<float>(), expected.data<float>()));
}

TEST(MachineArithmeticTest, SequentialSumIsTheRowSumOfTheVectorUnit) {
  std::mt19937 random(3);
  for (int round = 0; round < 20; ++round) {
    int64_t rows = 3, columns = 1 + random() % 9;
    std::vector<float> numbers =
        drawNumbers(rows * columns, random, round % 2 * 20);
    if (round == 0)
      numbers.assign(numbers.size(), -0.0f);
    systolic::Assembler assembler(systolic::testMachine({4, 4}, 64));
    systolic::DmaLoad load;
    load.dramAddress = assembler.constant(numbers);
    load.rows = rows;
    load.rowBytes = load.dramStride = columns * 4;
    load.localStride = columns;
    systolic::Vec sum;
    sum.operation = systolic::VectorOperation::RowSum;
    sum.rows = rows;
    sum.columns = columns;
    sum.lhs.stride = columns;
    sum.destination = {systolic::Space::UnifiedBuffer, 100, 1};
    systolic::DmaStore store;
    store.dramAddress = assembler.output("y", f32({rows}));
    store.rows = rows;
    store.rowBytes = store.dramStride = 4;
    store.localRow = 100;
    store.localStride = 1;
    assembler.add(load);
    assembler.add(systolic::Fence());
    assembler.add(sum);
    assembler.add(systolic::Fence());
    assembler.add(store);
    Tensor expected =
        systolic::Simulator(assembler.finish()).run({}).outputs.at("y");

    Graph g("sums");
    g.output("y", sequentialSum(g.input("x", f32({rows, columns})), 1));
    Tensor y =
        interpret(g, {{"x", Tensor::fromVector({rows, columns}, numbers)}});
    EXPECT_TRUE(equalBits(y.data<float>(), expected.data<float>()))
        << "round " << round;
  }
}

TEST(MachineArithmeticTest, PiecewiseLinearIsTheTableOfTheVectorUnit) {
  std::vector<float> numbers = {0.0f,      -0.0f, INFINITY, -INFINITY, NAN,
                                1e-45f,    -8,    8,        3e38f,     -3e38f,
                                0x1p-149f, 7.99f, -7.99f};
  for (float end : {-8.0f, 8.0f})
    for (float to : {-20.0f, 20.0f})
      numbers.push_back(std::nextafter(end, to));
  std::mt19937 random(5);
  for (int i = 0; i < 20000; ++i)
    numbers.push_back(
        std::ldexp(float(random()) / 0x1p31f - 1, int(random() % 8) - 3));
  // Every knot and its neighbors.
  for (int i = 0; i <= 1024; ++i)
    for (float to : {-20.0f, 20.0f})
      for (float knot : {-8 + float(i) / 64}) {
        numbers.push_back(knot);
        numbers.push_back(std::nextafter(knot, to));
      }
  for (Function function : {Function::Sigmoid, Function::Tanh, Function::Gelu,
                            Function::GeluTanh, Function::Silu}) {
    const SegmentTable &table = systolic::segmentTable(function);
    ASSERT_EQ(table.below, table.values[0]);
    std::vector<float> values(table.values.begin(), table.values.end());
    values.push_back(table.above);
    std::vector<float> slopes(table.slopes.begin(), table.slopes.end());
    Graph g("table");
    Value x = g.input("x", f32({"n"}));
    g.output("y",
             piecewiseLinear(x, g.constant(Tensor::fromVector({1025}, values)),
                             g.constant(Tensor::fromVector({1024}, slopes)),
                             {.low = -8,
                              .step = 1.0 / 64,
                              .belowSlope = table.belowSlope,
                              .aboveSlope = table.aboveSlope}));
    Tensor input = Tensor::fromVector({int64_t(numbers.size())}, numbers);
    std::vector<float> expected;
    for (float number : numbers)
      expected.push_back(table(number));
    for (const char *target : {"interpreter", "cpu"}) {
      Tensor y = compile(g, Target::parse(target)).run({{"x", input}}).at("y");
      EXPECT_TRUE(equalBits(y.data<float>(), expected))
          << target << ", function " << int(function);
    }
  }
}
