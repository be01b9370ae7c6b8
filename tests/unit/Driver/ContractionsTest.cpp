//===- ContractionsTest.cpp - Products on every kind of processor ---------===//
//
// A sum is one chain of fused multiply-adds (of multiplies and adds where the
// processor has none) in ascending order, or several such chains that are added
// up in pairs, or an exact one in integers. The chains here are loops of the
// test's own, so each result has to have their bits: on every processor, for
// any number of rows.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/CpuMachine.h"
#include "compiler/Target/CpuMachineJson.h"
#include "runtime/Tensor/Compare.h"
#include "tactus/tactus.h"
#include <array>
#include <cmath>
#include <compare>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

using namespace tactus;

namespace {

struct Shape {
  int64_t m, k, n;
};

/// Below and above every limit: of tiles, panels, what is copied or fetched,
/// blocks of k and of rows, and vectors.
const Shape shapes[] = {
    {1, 1, 1},       {1, 5, 3},       {1, 700, 130},   {2, 0, 5},
    {0, 40, 2000},   {4, 3, 0},       {3, 4, 16},      {5, 3, 17},
    {6, 64, 64},     {7, 65, 63},     {8, 33, 65},     {12, 257, 48},
    {13, 31, 100},   {17, 130, 70},   {31, 66, 129},   {64, 64, 64},
    {65, 7, 33},     {40, 2051, 70},  {9, 5000, 20},   {300, 1500, 9},
    {700, 2050, 5},  {127, 333, 65},  {16, 16, 1},     {517, 333, 1},
    {100, 50, 4},    {33, 1030, 3},   {700, 300, 200}, {600, 2100, 150},
    {250, 200, 400}, {90, 2500, 300}, {1, 41, 2000},   {2, 33, 1100},
    {3, 18, 2100},   {7, 700, 40},    {5, 1030, 35},   {2, 47, 19},
    {1, 16, 9},      {1, 400, 33},    {300, 129, 2},   {1, 300, 2},
    {2, 129, 3},     {1, 40, 1},      {9, 64, 1},      {4, 100, 4},
    {504, 38, 174},  {41, 203, 522},  {150, 97, 140},  {16, 700, 250},
    {12, 600, 300},  {14, 800, 170},  {517, 244, 514}, {417, 11, 551},
    {400, 100, 700}, {70, 64, 6},     {20, 128, 18},   {24, 512, 33},
    {3, 600, 21},    {7, 512, 49},    {100, 1024, 24}, {100, 1025, 24},
    {65, 63, 17},    {260, 300, 516},
};

/// The host with caches so small that most of the shapes come in blocks.
std::string smallCaches() {
  CpuMachine machine = hostCpu();
  machine.name = "small-caches";
  machine.l1Bytes = 4 << 10;
  machine.l2Bytes = 32 << 10;
  // Other processes may run these tests too.
  std::string file = testing::TempDir() + "small-caches-" +
                     std::to_string(::getpid()) + ".json";
  std::ofstream(file) << toJson(machine);
  return "cpu:" + file;
}

std::vector<std::string> processors() {
  std::vector<std::string> names = {"cpu:x86-64-v2", "cpu", smallCaches()};
  if (hostCpu().fma && hostCpu().vectorBits >= 256)
    names.push_back("cpu:x86-64-v3");
  if (hostCpu().vectorBits == 512)
    names.push_back("cpu:x86-64-v4");
  return names;
}

bool hasFma(const std::string &target) {
  bool isOther = target.starts_with("cpu:x86-64-v");
  return isOther ? target != "cpu:x86-64-v2" : hostCpu().fma;
}

template <typename T> T multiplyAdd(T a, T b, T sum, bool fused) {
  if constexpr (std::is_floating_point_v<T>) {
    if (fused)
      return std::fma(a, b, sum);
    volatile T product = a * b;
    return product + sum;
  } else {
    return T(uint32_t(a) * uint32_t(b) + uint32_t(sum));
  }
}

/// How sums are added up.
struct Order {
  bool fused = false;
  /// Sixteen chains.
  bool isAlongDepth = false;
  auto operator<=>(const Order &) const = default;
};

/// Of `count` chains, number i has every `count`-th product from the i-th on.
template <typename Sum> using Chains = std::array<Sum, 16>;

/// The chains of column `j`: one, but for those at the end that would fill
/// half of 64 bytes or less, or, if they are all, three quarters: four or more
/// that fill twice as many.
template <typename Sum> int64_t numChains(Shape shape, Order order, int64_t j) {
  if (order.isAlongDepth)
    return 16;
  constexpr int64_t lanes = 64 / int64_t(sizeof(Sum));
  int64_t tail = shape.n % lanes, count = lanes;
  int64_t quarters = shape.n < lanes ? 3 : 2;
  if (std::is_integral_v<Sum> || 4 * tail > quarters * lanes ||
      j < shape.n - tail || shape.k < 64 || shape.k > 1024)
    return 1;
  // Of sixteen products or more.
  while (count > 4 && (count * tail > 2 * lanes || 16 * count > shape.k))
    count /= 2;
  return count;
}

/// The sum of chains: upper halves are added to lower ones, or neighbors.
template <typename Sum>
Sum fold(Chains<Sum> sums, int64_t count, bool isByHalves) {
  for (int64_t step = 1; step < count; step *= 2) {
    int64_t distance = isByHalves ? count / 2 / step : step;
    for (int64_t i = 0; i < count; ++i)
      if (i / distance % 2 == 0)
        sums[size_t(i)] = multiplyAdd<Sum>(sums[size_t(i + distance)], Sum(1),
                                           sums[size_t(i)], true);
  }
  return sums[0];
}

/// Sums `a` [m, k] times `b` [k, n] in `Sum`.
template <typename Sum, typename A, typename B>
Tensor chain(const Tensor &a, const Tensor &b, Shape shape, Order order) {
  int64_t m = shape.m, k = shape.k, n = shape.n;
  auto x = a.data<A>();
  auto y = b.data<B>();
  // Columns one after another, since this is where the test spends its time.
  std::vector<Sum> columns(size_t(n * k));
  for (int64_t j = 0; j < n; ++j)
    for (int64_t step = 0; step < k; ++step)
      columns[size_t(j * k + step)] = Sum(y[size_t(step * n + j)]);
  std::vector<Sum> results;
  for (int64_t i = 0; i < m; ++i)
    for (int64_t j = 0; j < n; ++j) {
      int64_t count = numChains<Sum>(shape, order, j);
      Chains<Sum> sums{};
      for (int64_t chain = 0; chain < count; ++chain)
        for (int64_t step = chain; step < k; step += count)
          sums[size_t(chain)] = multiplyAdd<Sum>(
              Sum(x[size_t(i * k + step)]), columns[size_t(j * k + step)],
              sums[size_t(chain)], order.fused);
      results.push_back(fold(sums, count, order.isAlongDepth));
    }
  return Tensor::fromVector<Sum>({m, n}, results);
}

enum class Right { Parameter, Input, Transposed };

/// Few rows, or few columns, whose other operand lies along k and is read once.
bool isAlongDepth(Shape shape, Right right) {
  bool isNarrow = shape.n <= 4 && shape.k >= 64,
       isLow = shape.m < 8 && shape.k >= 16;
  return isNarrow || (isLow && right == Right::Transposed);
}

Tensor runProduct(const Tensor &a, const Tensor &b, Right right,
                  const std::string &target, int64_t threads) {
  Graph g("product");
  Value x = g.input("x", a.type());
  std::map<std::string, Tensor> in = {{"x", a}};
  ParameterStore store;
  Value w = x;
  if (right == Right::Parameter) {
    store.set("w", b);
    w = g.parameter("w", store);
  } else if (right == Right::Input) {
    w = g.input("w", b.type());
    in.emplace("w", b);
  } else {
    Graph turn("turn");
    turn.output("t", transpose(turn.input("w", b.type()), {1, 0}));
    Tensor turned =
        compile(turn, Target::parse("interpreter")).run({{"w", b}}).at("t");
    w = transpose(g.input("w", turned.type()), {1, 0});
    in.emplace("w", turned);
  }
  g.output("y", matmul(x, w));
  return compile(g, Target::parse(target), {.threads = threads})
      .run(in)
      .at("y");
}

Tensor convert(const Tensor &tensor, ElementType to) {
  Graph g("convert");
  g.output("y", cast(g.input("x", tensor.type()), to));
  return compile(g, Target::parse("interpreter")).run({{"x", tensor}}).at("y");
}

/// Compares products of all shapes on all processors with what `expected` says
/// of the operands that `make` makes. The right operand is each of its kinds in
/// turn, so that every kind meets every processor.
void expectProducts(const std::function<Tensor(Shape, bool isLeft)> &make,
                    const std::function<Tensor(const Tensor &, const Tensor &,
                                               Shape, Order)> &expected) {
  int turn = 0;
  for (const Shape &shape : shapes) {
    Tensor a = make(shape, true), b = make(shape, false);
    std::map<Order, Tensor> chains;
    for (const std::string &target : processors()) {
      auto right = Right(turn++ % 3);
      Order order = {hasFma(target), isAlongDepth(shape, right)};
      if (!chains.contains(order))
        chains[order] = expected(a, b, shape, order);
      Comparison result = compare(runProduct(a, b, right, target, 1 + turn % 2),
                                  chains[order], Tolerance::exact());
      EXPECT_TRUE(result.equal())
          << target << " " << shape.m << "x" << shape.k << "x" << shape.n
          << " right operand " << int(right) << ": " << result.report;
    }
    // Else a number of processors that three divides would meet one kind each.
    if (processors().size() % 3 == 0)
      ++turn;
  }
}

template <typename Sum, typename A, typename B>
void expectChains(const std::function<Tensor(Shape, bool)> &make) {
  expectProducts(make, chain<Sum, A, B>);
}

Tensor random(ElementType element, Shape shape, bool isLeft) {
  int64_t rows = isLeft ? shape.m : shape.k,
          columns = isLeft ? shape.k : shape.n;
  return Tensor::random({element, {rows, columns}}, Seed(isLeft ? 1 : 2));
}

// A parameter that is transposed is laid out as the parameter itself would be.
TEST(ContractionsTest, TransposedParametersGiveTheSameBits) {
  constexpr int64_t m = 20;
  for (auto [k, n] : {std::pair(9, 40), {16, 16}, {70, 131}, {131, 70}})
    for (ElementType element : {ElementType::F32, ElementType::F64,
                                ElementType::F16, ElementType::I8})
      for (const std::string &target : processors()) {
        ParameterStore store;
        store.set("w", Tensor::random({element, {n, k}}, Seed(1)));
        Graph turn("turn");
        turn.output("t", transpose(turn.parameter("w", store), {1, 0}));
        store.set("t",
                  compile(turn, Target::parse("interpreter")).run({}).at("t"));
        Graph g("products");
        Value x = g.input("x", {element, {m, k}});
        g.output("turned",
                 matmul(x, transpose(g.parameter("w", store), {1, 0})));
        g.output("plain", matmul(x, g.parameter("t", store)));
        auto results =
            compile(g, Target::parse(target))
                .run({{"x", Tensor::random({element, {m, k}}, Seed(2))}});
        Comparison result = compare(results.at("turned"), results.at("plain"),
                                    Tolerance::exact());
        EXPECT_TRUE(result.equal())
            << target << " " << k << "x" << n << " " << toString(element)
            << ": " << result.report;
      }
}

TEST(ContractionsTest, SumsSinglesInOrder) {
  expectChains<float, float, float>([](Shape shape, bool isLeft) {
    return random(ElementType::F32, shape, isLeft);
  });
}

TEST(ContractionsTest, SumsDoublesInOrder) {
  expectChains<double, double, double>([](Shape shape, bool isLeft) {
    return random(ElementType::F64, shape, isLeft);
  });
}

/// Sums are singles, which are rounded once at the end.
TEST(ContractionsTest, SumsHalvesInOrderAsSingles) {
  for (ElementType half : {ElementType::F16, ElementType::BF16})
    expectProducts(
        [&](Shape shape, bool isLeft) { return random(half, shape, isLeft); },
        [&](const Tensor &a, const Tensor &b, Shape shape, Order order) {
          return convert(chain<float, float, float>(
                             convert(a, ElementType::F32),
                             convert(b, ElementType::F32), shape, order),
                         half);
        });
}

/// All bytes, the extremes more often than others, so that what saturates or
/// overflows 16 bits shows.
template <typename T> Tensor bytes(Shape shape, bool isLeft) {
  int64_t rows = isLeft ? shape.m : shape.k,
          columns = isLeft ? shape.k : shape.n;
  std::vector<T> elements(size_t(rows * columns));
  uint64_t state = isLeft ? 88172645463325252u : 6364136223846793005u;
  for (T &element : elements) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    uint64_t which = state % 8;
    element = which == 0   ? std::numeric_limits<T>::min()
              : which == 1 ? std::numeric_limits<T>::max()
                           : T(state >> 32);
  }
  return Tensor::fromVector<T>({rows, columns}, elements);
}

TEST(ContractionsTest, SumsBytesExactly) {
  expectChains<int32_t, int8_t, int8_t>(bytes<int8_t>);
  expectChains<int32_t, uint8_t, uint8_t>(bytes<uint8_t>);
}

TEST(ContractionsTest, SumsBytesOfBothKindsExactly) {
  auto unsignedLeft = [](Shape shape, bool isLeft) {
    return isLeft ? bytes<uint8_t>(shape, true) : bytes<int8_t>(shape, false);
  };
  auto signedLeft = [](Shape shape, bool isLeft) {
    return isLeft ? bytes<int8_t>(shape, true) : bytes<uint8_t>(shape, false);
  };
  expectChains<int32_t, uint8_t, int8_t>(unsignedLeft);
  expectChains<int32_t, int8_t, uint8_t>(signedLeft);
}

} // namespace
