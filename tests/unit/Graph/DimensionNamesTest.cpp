//===- DimensionNamesTest.cpp - Names of sizes that follow from inputs ----===//
#include "tactus/tactus.h"
#include <gtest/gtest.h>

using namespace tactus;

namespace {

/// The type of the output that `build` makes of `x`, f32[batch,seq,8], and
/// others.
template <typename Fn> std::string outputType(Fn build) {
  Graph g;
  Value x = g.input("x", f32({"batch", "seq", 8}));
  g.output("y", build(g, x));
  Executable exe = compile(g, Target::parse("interpreter"));
  return exe.outputs()[0].type.str();
}

TEST(DimensionNamesTest, GoWithTheSizesThatStay) {
  auto y = [](auto build) {
    return outputType([&](Graph &, const Value &x) { return build(x); });
  };
  EXPECT_EQ(y([](Value x) { return gelu(x) * x + 1; }), "f32[batch,seq,8]");
  EXPECT_EQ(y([](Value x) { return transpose(x, {2, 1, 0}); }),
            "f32[8,seq,batch]");
  EXPECT_EQ(y([](Value x) { return matmul(x, transpose(x, {0, 2, 1})); }),
            "f32[batch,seq,seq]");
  EXPECT_EQ(y([](Value x) { return sum(x, 1, KeepDims::Yes); }),
            "f32[batch,1,8]");
  EXPECT_EQ(y([](Value x) { return argmax(x, 0); }), "i64[seq,8]");
  EXPECT_EQ(y([](Value x) { return softmax(layerNorm(x), 1); }),
            "f32[batch,seq,8]");
  EXPECT_EQ(y([](Value x) { return expandDims(sum(x, 2), {0}); }),
            "f32[1,batch,seq]");
  EXPECT_EQ(y([](Value x) { return x + sum(x, {0, 2}, KeepDims::Yes); }),
            "f32[batch,seq,8]");
  EXPECT_EQ(y([](Value x) { return topK(x, 3, 2).indices; }),
            "i64[batch,seq,3]");
  EXPECT_EQ(y([](Value x) { return reshape(sum(x, 1), {-1, 4, 2}); }),
            "f32[batch,4,2]");
}

TEST(DimensionNamesTest, AreThoseOfTheOperandTheyComeFrom) {
  EXPECT_EQ(outputType([](Graph &g, Value x) {
              return gather(x, g.input("i", i64({"k"})), 1);
            }),
            "f32[batch,k,8]");
  EXPECT_EQ(outputType([](Graph &g, Value x) {
              return sum(x * g.input("z", f32({"batch", "seq", 8})), 2);
            }),
            "f32[batch,seq]");
  EXPECT_EQ(outputType([](Graph &g, Value x) {
              Value start = g.input("start", f32({"seq", 8}));
              return scan({start}, {x},
                          [](const std::vector<Value> &states,
                             const std::vector<Value> &rows) {
                            Value next = states[0] + rows[0];
                            return std::vector<Value>{next, sum(next, 1)};
                          })[1];
            }),
            "f32[batch,seq]");
}

// A name would promise too much.
TEST(DimensionNamesTest, GoWhereASizeMayDiffer) {
  EXPECT_EQ(outputType([](Graph &, Value x) { return concat({x, x}, 0); }),
            "f32[y.0,seq,8]");
  EXPECT_EQ(outputType([](Graph &, Value x) { return reshape(x, {-1, 8}); }),
            "f32[y.0,8]");
  EXPECT_EQ(
      outputType([](Graph &, Value x) { return pad(x, {0, 1, 0, 0, 0, 0}); }),
      "f32[batch,y.1,8]");
  // Up to some size only, so not even where it is that of these.
  EXPECT_EQ(outputType(
                [](Graph &, Value x) { return slice(x, {0}, {1 << 20}, {1}); }),
            "f32[y.0,y.1,8]");
  // One of them may be 1.
  EXPECT_EQ(outputType([](Graph &g, Value x) {
              return sum(x, 2) + g.input("z", f32({"n", "seq"}));
            }),
            "f32[y.0,y.1]");
  EXPECT_EQ(outputType([](Graph &g, Value) {
              return range(g.constant(int64_t(0)), g.input("n", i64({})), 1);
            }),
            "i64[y.0]");
}

// A size that is a name's in one list of numbers may be another's.
TEST(DimensionNamesTest, AreNotMixedUpWithSumsOfSizes) {
  for (int64_t added : {2, 4, 6, 12, 764, 1528})
    EXPECT_EQ(outputType([&](Graph &, Value x) {
                return pad(x, {0, 0, 0, added, 0, 0});
              }),
              "f32[y.0,seq,8]")
        << added;
}

TEST(DimensionNamesTest, AreThoseOfEachInput) {
  Graph g;
  Value a = g.input("a", f32({"n"})), b = g.input("b", f32({"m"}));
  g.output("first", relu(a));
  g.output("second", tanh(b));
  g.output("a2", a);
  Executable exe = compile(g, Target::parse("cpu"));
  EXPECT_EQ(exe.outputs()[0].type.str(), "f32[n]");
  EXPECT_EQ(exe.outputs()[1].type.str(), "f32[m]");
  EXPECT_EQ(exe.outputs()[2].type.str(), "f32[n]");
}

} // namespace
