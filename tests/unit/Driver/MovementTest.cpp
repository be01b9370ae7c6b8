//===- MovementTest.cpp - Moving more elements than one chunk holds -------===//
//
// Random graphs are small; here flat loops are split into chunks, the last of
// which has a tail.
//
//===----------------------------------------------------------------------===//
#include "tactus/tactus.h"
#include <gtest/gtest.h>

using namespace tactus;

namespace {

constexpr int64_t size = 3 * 4096 + 7;

struct Case {
  const char *name;
  Value (*build)(Graph &g, Value x, Value i);
};

const Case cases[] = {
    {"concat",
     [](Graph &, Value x, Value) {
       return concat({x, slice(x, {5}, {9000}), reverse(x)}, 0);
     }},
    {"concat_of_columns",
     [](Graph &, Value x, Value) {
       Value column = expandDims(x, {1});
       return concat({column, column * 2}, 1);
     }},
    {"reverse", [](Graph &, Value x, Value) { return reverse(x); }},
    {"reflect", [](Graph &, Value x,
                   Value) { return pad(x, {5000, 100}, PadMode::Reflect); }},
    {"reflect_several_times",
     [](Graph &, Value x, Value) {
       return pad(slice(x, {0}, {9}), {5000, 6001}, PadMode::Reflect);
     }},
    {"tile", [](Graph &, Value x, Value) { return tile(x, {3}); }},
    {"gather", [](Graph &, Value x, Value i) { return gather(x, i) + x; }},
    {"gather_one_row",
     [](Graph &g, Value x, Value) {
       return gather(expandDims(x, {0}), g.constant(-1));
     }},
    {"gather_elements",
     [](Graph &, Value x, Value i) {
       return gatherElements(expandDims(x, {1}), expandDims(i, {1}));
     }},
    {"gather_nd",
     [](Graph &, Value x, Value i) { return gatherNd(x, expandDims(i, {1})); }},
    {"scatter_elements",
     [](Graph &, Value x, Value i) {
       return scatterElements(x, i, x * 3, 0, ScatterReduction::Add);
     }},
    {"scatter_nd",
     [](Graph &, Value x, Value i) {
       return scatterNd(x, expandDims(i, {1}), x * 3);
     }},
    {"scatter_one_row",
     [](Graph &g, Value x, Value) {
       Value row = expandDims(x, {0});
       return scatterNd(row, g.constant({{0}}), row, ScatterReduction::Mul);
     }},
};

struct MovementTest : testing::TestWithParam<Case> {};

TEST_P(MovementTest, AgreesWithTheInterpreter) {
  Graph g;
  Value x = g.input("x", i32({size})), i = g.input("i", i64({size}));
  g.output("y", GetParam().build(g, x, i));
  std::vector<int64_t> places;
  for (int64_t n = 0; n < size; ++n)
    places.push_back(n * 7919 % size - (n % 3 ? size : 0));
  std::map<std::string, Tensor> inputs = {
      {"x", Tensor::random(i32({size}), Seed(1))},
      {"i", Tensor::fromVector<int64_t>({size}, places)}};
  auto run = [&](const char *target) {
    return compile(g, Target::parse(target)).run(inputs).at("y");
  };
  Tensor expected = run("interpreter");
  EXPECT_TRUE(run("cpu").bitwiseEquals(expected));
  EXPECT_TRUE(run("cpu:x86-64-v2").bitwiseEquals(expected));
}

INSTANTIATE_TEST_SUITE_P(Ops, MovementTest, testing::ValuesIn(cases),
                         [](const auto &info) {
                           return std::string(info.param.name);
                         });

} // namespace
