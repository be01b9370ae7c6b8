//===- IndexRangeTest.cpp - Indices that are known only when a graph runs -===//
#include "tactus/tactus.h"
#include <gtest/gtest.h>

using namespace tactus;

namespace {

/// What running the graph throws, or nothing; the same on every target.
std::string whatRunThrows(const Graph &g,
                          const std::map<std::string, Tensor> &inputs) {
  std::string first;
  for (const char *name : {"interpreter", "cpu", "cpu:x86-64-v2"}) {
    std::string text;
    try {
      compile(g, Target::parse(name)).run(inputs);
    } catch (const Error &error) {
      text = (error.node().empty() ? "" : "'" + error.node() + "' ") +
             (error.op().empty() ? "" : "(" + error.op() + "): ") +
             error.message();
    }
    if (first.empty())
      first = text;
    EXPECT_EQ(text, first) << name;
  }
  return first;
}

Tensor indices(std::vector<int64_t> shape, const std::vector<int64_t> &values) {
  return Tensor::fromVector<int64_t>(std::move(shape), values);
}

TEST(IndexRangeTest, GatherNamesNodeIndexAndBound) {
  Graph g;
  Value x = g.input("x", f32({4, 40}));
  Value i = g.input("i", i64({3}));
  g.output("y", gather(x, i).named("rows"));
  Tensor data = Tensor::random(f32({4, 40}), Seed(1));
  auto run = [&](int64_t index) {
    return whatRunThrows(g, {{"x", data}, {"i", indices({3}, {0, index, 1})}});
  };
  EXPECT_EQ(run(3), "");
  EXPECT_EQ(run(-4), "");
  EXPECT_EQ(run(4),
            "'rows' (gather): expected an index from -4 to 3, but got 4");
  EXPECT_EQ(run(-5),
            "'rows' (gather): expected an index from -4 to 3, but got -5");
  EXPECT_EQ(run(INT64_MIN), "'rows' (gather): expected an index from -4 to 3, "
                            "but got -9223372036854775808");
}

TEST(IndexRangeTest, EachLaneOfAVectorIsChecked) {
  Graph g;
  Value x = g.input("x", u8({5}));
  Value i = g.input("i", i64({37}));
  g.output("y", gather(x, i).named("picks"));
  for (int64_t bad : {0, 7, 15, 16, 31, 32, 36}) {
    std::vector<int64_t> values(37, 2);
    values[size_t(bad)] = 100 + bad;
    EXPECT_EQ(whatRunThrows(g, {{"x", Tensor::random(u8({5}), Seed(1))},
                                {"i", indices({37}, values)}}),
              "'picks' (gather): expected an index from -5 to 4, but got " +
                  std::to_string(100 + bad));
  }
}

TEST(IndexRangeTest, LanesPastTheEndAreNotIndices) {
  // In the lanes of the tail that are outside, the index would be 9.
  Graph g;
  Value i = g.input("i", i64({19}));
  g.output("y", gather(g.input("x", f32({5})), i + 9) * 2);
  EXPECT_EQ(
      whatRunThrows(g, {{"x", Tensor::random(f32({5}), Seed(1))},
                        {"i", indices({19}, std::vector<int64_t>(19, -7))}}),
      "");
}

TEST(IndexRangeTest, OfTwoNodesThatShareAKernelTheOneAtFaultIsNamed) {
  Graph g;
  Value x = g.input("x", f32({4, 8}));
  Value y = g.input("y", f32({4, 8}));
  Value i = g.input("i", i64({2})), j = g.input("j", i64({2}));
  g.output("a", gather(x, i).named("left"));
  g.output("b", gather(y, j).named("right"));
  Tensor data = Tensor::random(f32({4, 8}), Seed(1));
  Tensor good = indices({2}, {0, 1}), bad = indices({2}, {0, 6});
  EXPECT_EQ(
      whatRunThrows(g, {{"x", data}, {"y", data}, {"i", good}, {"j", bad}}),
      "'right' (gather): expected an index from -4 to 3, but got 6");
  EXPECT_EQ(
      whatRunThrows(g, {{"x", data}, {"y", data}, {"i", bad}, {"j", good}}),
      "'left' (gather): expected an index from -4 to 3, but got 6");
}

TEST(IndexRangeTest, OpsInOneKernelHaveNamesOfTheirOwn) {
  Graph g;
  Value x = g.input("x", f32({4, 8}));
  Value i = g.input("i", i64({2})), j = g.input("j", i64({2, 8}));
  Value rows = gather(x, i).named("rows");
  Value elements = gatherElements(x, j, 1).named("elements");
  g.output("y", rows + elements);
  Tensor data = Tensor::random(f32({4, 8}), Seed(1));
  std::vector<int64_t> columns(16, 7);
  columns[9] = 8;
  EXPECT_EQ(whatRunThrows(g, {{"x", data},
                              {"i", indices({2}, {3, 0})},
                              {"j", indices({2, 8}, columns)}}),
            "'elements' (gather_elements): expected an index from -8 to 7, but "
            "got 8");
}

TEST(IndexRangeTest, GatherNdChecksEachDimension) {
  Graph g;
  Value x = g.input("x", f32({4, 8}));
  g.output("y", gatherNd(x, g.input("i", i64({1, 2}))).named("pick"));
  Tensor data = Tensor::random(f32({4, 8}), Seed(1));
  EXPECT_EQ(whatRunThrows(g, {{"x", data}, {"i", indices({1, 2}, {4, 0})}}),
            "'pick' (gather_nd): expected an index from -4 to 3, but got 4");
  EXPECT_EQ(whatRunThrows(g, {{"x", data}, {"i", indices({1, 2}, {0, -9})}}),
            "'pick' (gather_nd): expected an index from -8 to 7, but got -9");
}

TEST(IndexRangeTest, ScatterChecksToo) {
  Graph g;
  Value x = g.input("x", f32({4, 8}));
  Value u = g.input("u", f32({4, 8}));
  Value i = g.input("i", i64({4, 8})), j = g.input("j", i64({4, 1}));
  g.output("y", scatterElements(x, i, u).named("elements"));
  g.output("z", scatterNd(x, j, u, ScatterReduction::Add).named("slices"));
  Tensor data = Tensor::random(f32({4, 8}), Seed(1));
  std::vector<int64_t> places(32, 3);
  places[31] = -5;
  Tensor rows = indices({4, 1}, {0, 0, 3, -4});
  EXPECT_EQ(whatRunThrows(g, {{"x", data},
                              {"u", data},
                              {"i", indices({4, 8}, places)},
                              {"j", rows}}),
            "'elements' (scatter_elements): expected an index from -4 to 3, "
            "but got -5");
  EXPECT_EQ(
      whatRunThrows(g, {{"x", data},
                        {"u", data},
                        {"i", indices({4, 8}, std::vector<int64_t>(32, 3))},
                        {"j", indices({4, 1}, {0, 0, 3, 17})}}),
      "'slices' (scatter_nd): expected an index from -4 to 3, but got 17");
}

TEST(IndexRangeTest, AnEmptyDimensionHasNoIndex) {
  Graph g;
  Value x = g.input("x", f32({0, 3}));
  Value i = g.input("i", i64({2}));
  g.output("y", gather(x, i).named("none"));
  EXPECT_EQ(whatRunThrows(g, {{"x", Tensor::zeros(f32({0, 3}))},
                              {"i", indices({2}, {0, 0})}}),
            "'none' (gather): expected no index, as the dimension is empty, "
            "but got 0");
}

TEST(IndexRangeTest, IndicesOfAConstantAreCheckedToo) {
  Graph g;
  Value i = g.input("i", i64({3}));
  g.output("y", gather(fill(g, f32({4}), 7), i).named("sevens"));
  EXPECT_EQ(whatRunThrows(g, {{"i", indices({3}, {0, -4, 3})}}), "");
  EXPECT_EQ(whatRunThrows(g, {{"i", indices({3}, {0, 4, 3})}}),
            "'sevens' (gather): expected an index from -4 to 3, but got 4");
}

TEST(IndexRangeTest, OfConstantsAloneTooTheErrorNamesTheNode) {
  Graph g;
  g.output("y", gather(g.constant({1.f, 2.f}), g.constant({0, 5})).named("c"));
  EXPECT_EQ(whatRunThrows(g, {}),
            "'c' (gather): expected an index from -2 to 1, but got 5");
}

TEST(IndexRangeTest, IndicesOfNothingAreNotLookedAt) {
  Graph g;
  Value i = g.input("i", i64({2}));
  g.output("y", gather(g.input("x", f32({4, 0})), i));
  Value u = g.input("u", f32({2, 0}));
  g.output("z", scatterNd(g.input("w", f32({4, 0})), expandDims(i, {1}), u));
  EXPECT_EQ(whatRunThrows(g, {{"x", Tensor::zeros(f32({4, 0}))},
                              {"w", Tensor::zeros(f32({4, 0}))},
                              {"u", Tensor::zeros(f32({2, 0}))},
                              {"i", indices({2}, {90, -90})}}),
            "");
}

TEST(IndexRangeTest, IndicesOf32BitsAreWidenedFirst) {
  Graph g;
  Value x = g.input("x", f32({4, 40}));
  Value i = g.input("i", i32({3, 40}));
  g.output("y", gatherElements(x, i, -2).named("picks"));
  Tensor data = Tensor::random(f32({4, 40}), Seed(1));
  auto run = [&](int32_t index) {
    std::vector<int32_t> values(120, -4);
    values[100] = index;
    return whatRunThrows(
        g, {{"x", data}, {"i", Tensor::fromVector<int32_t>({3, 40}, values)}});
  };
  EXPECT_EQ(run(3), "");
  EXPECT_EQ(run(INT32_MAX), "'picks' (gather_elements): expected an index from "
                            "-4 to 3, but got 2147483647");
  EXPECT_EQ(run(INT32_MIN), "'picks' (gather_elements): expected an index from "
                            "-4 to 3, but got -2147483648");
}

TEST(IndexRangeTest, RowsNameDimensionsBehindABatch) {
  Graph g;
  Value x = g.input("x", f32({2, 3, 5}));
  Value i = g.input("i", i64({2, 2}));
  g.output("y", gatherNd(x, i, 1).named("pick"));
  Tensor data = Tensor::random(f32({2, 3, 5}), Seed(1));
  auto run = [&](const std::vector<int64_t> &rows) {
    return whatRunThrows(g, {{"x", data}, {"i", indices({2, 2}, rows)}});
  };
  EXPECT_EQ(run({2, -5, -3, 4}), "");
  EXPECT_EQ(run({0, 0, 3, 0}),
            "'pick' (gather_nd): expected an index from -3 to 2, but got 3");
  EXPECT_EQ(run({0, 5, 0, 0}),
            "'pick' (gather_nd): expected an index from -5 to 4, but got 5");
}

TEST(IndexRangeTest, ScatterChecksEachDimensionWhateverItsReduction) {
  for (ScatterReduction reduction :
       {ScatterReduction::None, ScatterReduction::Mul, ScatterReduction::Max}) {
    Graph g;
    Value x = g.input("x", i16({3, 5}));
    Value u = g.input("u", i16({2, 1})), v = g.input("v", i16({2}));
    Value i = g.input("i", i64({2, 1})), j = g.input("j", i64({2, 2}));
    g.output("y", scatterElements(x, i, u, 1, reduction).named("elements"));
    g.output("z", scatterNd(x, j, v, reduction).named("points"));
    auto run = [&](int64_t element, int64_t column) {
      return whatRunThrows(g, {{"x", Tensor::zeros(i16({3, 5}))},
                               {"u", Tensor::zeros(i16({2, 1}))},
                               {"v", Tensor::zeros(i16({2}))},
                               {"i", indices({2, 1}, {4, element})},
                               {"j", indices({2, 2}, {2, 4, -3, column})}});
    };
    EXPECT_EQ(run(-5, -5), "");
    EXPECT_EQ(run(5, 0), "'elements' (scatter_elements): expected an index "
                         "from -5 to 4, but got 5");
    EXPECT_EQ(run(0, -6), "'points' (scatter_nd): expected an index from -5 to "
                          "4, but got -6");
  }
}

TEST(IndexRangeTest, OneHotChecksIndicesOfEveryType) {
  Graph g;
  Value values = g.constant({0.f, 1.f});
  Value i = g.input("i", i64({19})), b = g.input("b", u8({3, 2}));
  Value n = g.input("n", i8({2}));
  g.output("y", oneHot(i, 7, values).named("marks") * 2);
  g.output("z", oneHot(b, 200, values, 0).named("bytes"));
  g.output("w", oneHot(n, 3, values, 0).named("small"));
  auto run = [&](int64_t index, uint8_t byte, int8_t small) {
    std::vector<int64_t> many(19, 6);
    many[17] = index;
    return whatRunThrows(
        g, {{"i", indices({19}, many)},
            {"b", Tensor::fromVector<uint8_t>({3, 2}, {0, 1, 2, byte, 4, 199})},
            {"n", Tensor::fromVector<int8_t>({2}, {-1, small})}});
  };
  EXPECT_EQ(run(-7, 199, -3), "");
  EXPECT_EQ(run(7, 0, 0),
            "'marks' (one_hot): expected an index from -7 to 6, but got 7");
  EXPECT_EQ(run(INT64_MIN, 0, 0),
            "'marks' (one_hot): expected an index from -7 to 6, but got "
            "-9223372036854775808");
  EXPECT_EQ(run(0, 200, 0),
            "'bytes' (one_hot): expected an index from -200 to 199, but got "
            "200");
  EXPECT_EQ(run(0, 0, -4),
            "'small' (one_hot): expected an index from -3 to 2, but got -4");
}

TEST(IndexRangeTest, OneHotOfNothingIsNotLookedAt) {
  Graph g;
  g.output("y", oneHot(g.input("i", i64({2})), 0, g.constant({0, 1})));
  EXPECT_EQ(whatRunThrows(g, {{"i", indices({2}, {90, -90})}}), "");
}

// The op at fault stands in the body of a loop, and fails after a few rounds.
TEST(IndexRangeTest, OpsInRegionsAreNamed) {
  Graph g;
  Value x = g.input("x", f32({3, 20}));
  Value start = g.input("start", i64({}));
  std::vector<Value> last = whileLoop(
      {start, sum(x, 0)},
      [](const std::vector<Value> &v) { return less(v[0], 9); },
      [&](const std::vector<Value> &v) {
        return std::vector<Value>{v[0] + 1,
                                  v[1] + gather(x, v[0]).named("row")};
      });
  g.output("y", last[1]);
  Tensor data = Tensor::random(f32({3, 20}), Seed(1));
  EXPECT_EQ(whatRunThrows(g, {{"x", data}, {"start", indices({}, {9})}}), "");
  EXPECT_EQ(whatRunThrows(g, {{"x", data}, {"start", indices({}, {-2})}}),
            "'row' (gather): expected an index from -3 to 2, but got 3");
  EXPECT_EQ(whatRunThrows(g, {{"x", data}, {"start", indices({}, {-4})}}),
            "'row' (gather): expected an index from -3 to 2, but got -4");
}

} // namespace
