//===- OrderTest.cpp - Sorting, running sums and ranges on targets --------===//
#include "runtime/Tensor/Compare.h"
#include "tactus/tactus.h"
#include "tests/unit/Support/ExpectError.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace tactus;

namespace {

void expectSame(const Graph &g, const std::map<std::string, Tensor> &in) {
  auto expected = compile(g, Target::parse("interpreter")).run(in);
  for (const char *target : {"cpu", "cpu:x86-64-v2"})
    for (const auto &[name, actual] :
         compile(g, Target::parse(target)).run(in)) {
      Comparison result =
          compare(actual, expected.at(name), Tolerance::exact());
      EXPECT_TRUE(result.equal()) << target << " " << name << result.report;
    }
}

/// Few different numbers, so that many are equal; zeros of both signs,
/// infinities and NaN among them.
Tensor withTies(int64_t rows, int64_t columns) {
  Tensor tensor = Tensor::random(f32({rows, columns}), Seed(3));
  for (float &x : tensor.mutableData<float>()) {
    x = std::round(x * 8);
    if (x == 1)
      x = NAN;
    if (x == 2 || x == -2)
      x = std::copysign(INFINITY, x);
  }
  return tensor;
}

TEST(OrderTest, SortsRowsOfEveryLengthAndEqualElementsInOrder) {
  for (int64_t columns : {1, 2, 3, 15, 16, 17, 64, 257})
    for (Order order : {Order::Ascending, Order::Descending})
      for (int64_t axis : {0, 1}) {
        Graph g("sort");
        Ordered sorted = sort(g.input("x", f32({5, columns})), axis, order);
        g.output("values", sorted.values);
        g.output("indices", sorted.indices);
        expectSame(g, {{"x", withTies(5, columns)}});
      }
}

TEST(OrderTest, GivesTheFirstFew) {
  for (int64_t k : {0, 1, 7, 16, 33})
    for (Extreme extreme : {Extreme::Largest, Extreme::Smallest}) {
      Graph g("top");
      Ordered top = topK(g.input("x", f32({4, 33})), k, 1, extreme);
      g.output("values", top.values);
      g.output("indices", top.indices);
      expectSame(g, {{"x", withTies(4, 33)}});
    }
}

TEST(OrderTest, TakesTensorsWithoutElements) {
  for (int64_t axis : {0, 1, 2}) {
    Graph g("empty");
    Value x = g.input("x", i64({17, 0, 2}));
    Ordered sorted = sort(x, axis);
    g.output("values", sorted.values);
    g.output("indices", sorted.indices);
    g.output("top", topK(x, 0, axis).values);
    g.output("sums", cumsum(x, axis));
    expectSame(g, {{"x", Tensor::zeros(i64({17, 0, 2}))}});
  }
}

TEST(OrderTest, SortsWhatIsNoInput) {
  Graph g("sorted sums");
  Value x = g.input("x", f32({3, 20}));
  // A constant of one value would go into the kernel of what reads it.
  Value ones = full(g, f32({3, 20}), 1);
  g.output("running", cumsum(ones, 1));
  g.output("places", sort(ones, 1).indices);
  Ordered sorted = sort(neg(x), 1);
  g.output("first", relu(sorted.values));
  g.output("more", sorted.indices + 1);
  expectSame(g, {{"x", withTies(3, 20)}});
}

TEST(OrderTest, RunsAlongEveryAxis) {
  for (int64_t axis : {0, 1, 2})
    for (bool exclusive : {false, true})
      for (bool reverse : {false, true}) {
        Graph g("running");
        Value x = g.input("x", i32({3, 5, 21}));
        g.output("sum", cumsum(x, axis, {exclusive, reverse}));
        g.output("product", cumprod(x, axis, {exclusive, reverse}));
        expectSame(g, {{"x", Tensor::random(i32({3, 5, 21}), Seed(1))}});
      }
}

TEST(OrderTest, RangesAreAsLongAsTheirOperandsSay) {
  Graph g("counts");
  Value limit = g.input("limit", i64({}));
  Value counted = range(g.constant(int64_t(0)), limit, 3);
  EXPECT_EQ(counted.type().str(), "i64[?]");
  g.output("y", counted * 2);
  auto run = [&](const char *target, int64_t number) {
    return compile(g, Target::parse(target))
        .run({{"limit", Tensor::fromVector<int64_t>({}, {number})}})
        .at("y");
  };
  Tensor seven = run("interpreter", 7);
  EXPECT_TRUE(compare(seven, Tensor::fromVector<int64_t>({3}, {0, 6, 12}),
                      Tolerance::exact())
                  .equal());
  EXPECT_EQ(run("interpreter", -7).numElements(), 0);
  std::string message = test::errorOf([&] { run("cpu", 7); });
  EXPECT_NE(message.find("expected bounds that are constants"),
            std::string::npos)
      << message;
}

TEST(OrderTest, RangesRefuseNoDistance) {
  Graph g("endless");
  Value delta = g.input("delta", f32({}));
  g.output("y", range(g.constant(0.0f), 1, delta));
  std::string message = test::errorOf([&] {
    compile(g, Target::parse("interpreter"))
        .run({{"delta", Tensor::fromVector<float>({}, {0})}});
  });
  EXPECT_NE(message.find("expected finite bounds, a delta that is not 0"),
            std::string::npos)
      << message;
}

} // namespace
