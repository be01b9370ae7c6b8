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

//===----------------------------------------------------------------------===//
// Ranges whose bounds the program computes
//===----------------------------------------------------------------------===//

Tensor number(int64_t value) {
  return Tensor::fromVector<int64_t>({}, {value});
}

TEST(OrderTest, RangesAreAsLongAsTheirOperandsSay) {
  Graph g("counts");
  Value limit = g.input("limit", i64({}));
  Value counted = range(g.constant(int64_t(0)), limit, 3);
  EXPECT_EQ(counted.type().str(), "i64[?]");
  g.output("y", counted * 2);
  for (const char *target : {"interpreter", "cpu", "cpu:x86-64-v2"}) {
    Executable exe = compile(g, Target::parse(target));
    auto run = [&](int64_t value) {
      return exe.run({{"limit", number(value)}}).at("y");
    };
    EXPECT_TRUE(
        run(7).bitwiseEquals(Tensor::fromVector<int64_t>({3}, {0, 6, 12})))
        << target;
    EXPECT_EQ(run(-7).numElements(), 0) << target;
    // More sizes than code is kept for, and the first again.
    for (int64_t size : {1, 2, 3, 5, 17, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49,
                         50, 51, 52, 1})
      EXPECT_EQ(run(3 * size).shape(), std::vector<int64_t>{size}) << target;
  }
}

TEST(OrderTest, RangesMayDependOnRanges) {
  Graph g("squares");
  Value n = g.input("n", i64({})), x = g.input("x", f32({"m"}));
  Value first = range(g.constant(int64_t(1)), n + 1, 1);
  Value second = range(sum(first), 0, -1);
  g.output("first", first * first);
  g.output("second", sum(second));
  g.output("steps", range(max(x), 10, 0.5) + 1);
  expectSame(g, {{"n", number(6)}, {"x", Tensor::random(f32({9}), Seed(1))}});
  expectSame(g, {{"n", number(0)}, {"x", Tensor::random(f32({40}), Seed(2))}});
}

TEST(OrderTest, RangesRefuseNoDistance) {
  Graph g("endless");
  Value delta = g.input("delta", f32({}));
  g.output("y", range(g.constant(0.0f), 1, delta).named("steps"));
  const std::pair<float, std::string> deltas[] = {{0.0f, "0.0"},
                                                  {-0.0f, "-0.0"},
                                                  {NAN, "nan"},
                                                  {INFINITY, "inf"},
                                                  {1e-30f, "1e-30"}};
  for (const char *target : {"interpreter", "cpu"})
    for (const auto &[value, text] : deltas) {
      std::string message = test::errorOf([&] {
        compile(g, Target::parse(target))
            .run({{"delta", Tensor::fromVector<float>({}, {value})}});
      });
      EXPECT_NE(message.find("'steps' (range): expected finite bounds, a delta "
                             "that is not 0 and a tensor of 2^40 bytes or "
                             "less, but got 0.0, 1.0 and " +
                             text),
                std::string::npos)
          << target << ' ' << value << ": " << message;
    }
}

TEST(OrderTest, RangesTakeNoMoreThanTheirMemory) {
  Graph g("large");
  g.output("y", range(g.constant(int64_t(0)), g.input("n", i64({})), 1));
  for (const char *target : {"interpreter", "cpu"}) {
    std::string message = test::errorOf([&] {
      compile(g, Target::parse(target), {.maxMemory = 1 << 20})
          .run({{"n", number(int64_t(1) << 36)}});
    });
    EXPECT_NE(message.find("expected a run that takes at most 1048576 bytes"),
              std::string::npos)
        << target << ": " << message;
  }
}

// Where a size is needed before there are data, there is none.
TEST(OrderTest, RangesOfUnknownSizeAreRefusedBeforeARun) {
  const char *message = "expected bounds that are constants here, where sizes "
                        "must be known before the program runs";
  Graph g("counts");
  Value n = g.input("n", i64({}));
  g.output("y", range(g.constant(int64_t(0)), n, 1));
  for (const char *target : {"interpreter", "cpu"}) {
    Call call = compile(g, Target::parse(target)).bind();
    call.input("n", number(3));
    call.output("y", Tensor::zeros(i64({3})));
    std::string error = test::errorOf([&] { call.run(); });
    EXPECT_NE(error.find(message), std::string::npos)
        << target << ": " << error;
  }
  Graph h("chosen");
  n = h.input("n", i64({}));
  h.output("y", cond(
                    less(n, 5),
                    [&] {
                      return std::vector<Value>{
                          sum(range(h.constant(int64_t(0)), n, 1))};
                    },
                    [&] { return std::vector<Value>{n}; })[0]);
  std::map<std::string, Tensor> in = {{"n", number(4)}};
  EXPECT_EQ(compile(h, Target::parse("interpreter"))
                .run(in)
                .at("y")
                .data<int64_t>()[0],
            6);
  std::string error =
      test::errorOf([&] { compile(h, Target::parse("cpu")).run(in); });
  EXPECT_NE(error.find(message), std::string::npos) << error;
}

} // namespace
