//===- RunSizesTest.cpp - Sizes of a run that do not fit ------------------===//
//
// What a graph of static shapes would be refused for is refused when a run
// brings such sizes, with the node and the same words on every target.
//
//===----------------------------------------------------------------------===//
#include "tactus/tactus.h"
#include <gtest/gtest.h>

using namespace tactus;

namespace {

struct SizesCase {
  const char *name;
  /// Builds the node `y` on inputs of dynamic shapes.
  Value (*build)(Graph &);
  /// Sizes of the inputs, in order.
  std::vector<std::vector<int64_t>> shapes;
  const char *message;
};

Value in(Graph &g, const char *name, std::vector<Dimension> dims) {
  return g.input(name, {ElementType::F32, std::move(dims)});
}

const SizesCase cases[] = {
    {"matmul",
     [](Graph &g) {
       return matmul(in(g, "a", {"n", "k"}), in(g, "b", {"l", "m"}));
     },
     {{2, 3}, {4, 5}},
     "(matmul): expected lhs dim -1 (3) to equal rhs dim -2 (4)"},
    {"broadcasting",
     [](Graph &g) { return in(g, "a", {"n"}) + in(g, "b", {"m"}); },
     {{3}, {4}},
     "(add): expected shapes that broadcast, but got lhs dim -1 (3) and rhs "
     "dim -1 (4)"},
    {"reshape",
     [](Graph &g) { return reshape(in(g, "a", {"n"}), {2, 3}); },
     {{5}},
     "(reshape): expected a shape of 5 elements, but got 6"},
    {"concat",
     [](Graph &g) {
       return concat({in(g, "a", {"n", 2}), in(g, "b", {"m", "c"})}, 0);
     },
     {{3, 2}, {3, 4}},
     "(concat): expected dim 1 (4) of input 1 to equal that of the others (2)"},
    {"split",
     [](Graph &g) { return split(in(g, "a", {"n"}), {2, 2})[0]; },
     {{5}},
     "(split): expected sizes that sum to 5, but got a sum of 4"},
    {"top_k",
     [](Graph &g) { return topK(in(g, "a", {"n"}), 3).values; },
     {{2}},
     "(top_k): expected k from 0 to the size of dim 0 (2), but got 3"},
    {"squeeze",
     [](Graph &g) { return squeeze(in(g, "a", {"n", 2}), {0}); },
     {{2, 2}},
     "(squeeze): expected dim 0 to have size 1, but got 2"},
    {"cut",
     [](Graph &g) { return pad(in(g, "a", {"n"}), {-2, -2}); },
     {{3}},
     "(pad): expected pads that leave elements of dim 0 (3), but got -2 and "
     "-2"},
    {"reflect",
     [](Graph &g) { return pad(in(g, "a", {"n"}), {1, 1}, PadMode::Reflect); },
     {{0}},
     "(pad): expected elements along dim 0 to pad it with, but got none"},
    {"argmax",
     [](Graph &g) { return argmax(in(g, "a", {"n"})); },
     {{0}},
     "(argmax): expected elements to compare, but got dim 0 of size 0"},
    {"min",
     [](Graph &g) { return min(in(g, "a", {2, "n"}), 1); },
     {{2, 0}},
     "(min): expected elements to compare, but got dim 1 of size 0"},
    {"prelu",
     [](Graph &g) { return prelu(in(g, "a", {"n"}), in(g, "b", {"m"})); },
     {{1}, {4}},
     "(prelu): expected a slope that broadcasts to the input 'tensor<1xf32>', "
     "but got 'tensor<4xf32>'"},
    {"quantize",
     [](Graph &g) {
       return quantize(in(g, "a", {"n", 5}), {.scale = in(g, "b", {"c", 1})});
     },
     {{3, 5}, {2, 1}},
     "(quantize): expected shapes that broadcast, but got lhs dim -2 (3) and "
     "rhs dim -2 (2)"},
    {"tile",
     [](Graph &g) { return tile(in(g, "a", {"n"}), {int64_t(1) << 30}); },
     {{512}},
     "(tile): expected a tensor of 2^40 bytes or less, but got "
     "'tensor<549755813888xf32>'"},
    {"scan",
     [](Graph &g) {
       return scan(
           {}, {in(g, "a", {"n", 2}), in(g, "b", {"m", 2})},
           [](const std::vector<Value> &, const std::vector<Value> &rows) {
             return std::vector<Value>{rows[0] + rows[1]};
           })[0];
     },
     {{3, 2}, {4, 2}},
     "(scan): expected sequences of one size along dim 0, but got 3 and 4"},
    {"layer_norm",
     [](Graph &g) {
       return layerNorm(in(g, "a", {"n", "m"}), {.scale = in(g, "b", {"s"})});
     },
     {{3, 5}, {4}},
     "(layer_norm): expected shapes that broadcast, but got lhs dim -1 (5) and "
     "rhs dim -1 (4)"},
};

void PrintTo(const SizesCase &c, std::ostream *out) {
  *out << c.name;
}

struct RunSizesTest : testing::TestWithParam<SizesCase> {};

TEST_P(RunSizesTest, AreRefusedWithTheNode) {
  const SizesCase &c = GetParam();
  Graph g;
  g.output("out", c.build(g).named("y"));
  for (const char *target : {"interpreter", "cpu"}) {
    Executable exe = compile(g, Target::parse(target));
    std::map<std::string, Tensor> inputs;
    for (size_t i = 0; i < c.shapes.size(); ++i)
      inputs.emplace(std::string(1, char('a' + i)),
                     Tensor::random({ElementType::F32,
                                     {c.shapes[i].begin(), c.shapes[i].end()}},
                                    Seed(i)));
    std::string message = "nothing was thrown";
    try {
      exe.run(inputs);
    } catch (const Error &error) {
      message = (error.node().empty() ? "" : "'" + error.node() + "' ") + "(" +
                error.op() + "): " + error.message();
    }
    EXPECT_EQ(message, "'y' " + std::string(c.message)) << target;
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, RunSizesTest, testing::ValuesIn(cases),
                         [](const auto &info) {
                           return std::string(info.param.name);
                         });

// Slices are no error: they are clamped to what there is.
TEST(RunSizesTest, SlicesAreClampedToWhatThereIs) {
  Graph g;
  Value x = g.input("x", i32({"n"}));
  auto take = [&](const char *name, int64_t start, int64_t end, int64_t step) {
    g.output(name, slice(x, {start}, {end}, {0}, {step}));
  };
  take("middle", 2, 5, 1);
  take("all", INT64_MIN, INT64_MAX, 1);
  take("reversed", INT64_MAX, INT64_MIN, -1);
  take("last", -2, INT64_MAX, 1);
  take("third", 7, -9, -3);
  take("beyond", 100, 200, 1);
  take("far", 0, INT64_MAX, INT64_MAX);
  take("farther", -1, INT64_MIN, INT64_MIN);
  using Ints = std::vector<int32_t>;
  using Expected = std::map<std::string, Ints>;
  const std::map<int64_t, Expected> runs = {
      {0,
       {{"middle", {}},
        {"all", {}},
        {"reversed", {}},
        {"last", {}},
        {"third", {}},
        {"beyond", {}},
        {"far", {}},
        {"farther", {}}}},
      {3,
       {{"middle", {2}},
        {"all", {0, 1, 2}},
        {"reversed", {2, 1, 0}},
        {"last", {1, 2}},
        {"third", {2}},
        {"beyond", {}},
        {"far", {0}},
        {"farther", {2}}}},
      {8,
       {{"middle", {2, 3, 4}},
        {"all", {0, 1, 2, 3, 4, 5, 6, 7}},
        {"reversed", {7, 6, 5, 4, 3, 2, 1, 0}},
        {"last", {6, 7}},
        {"third", {7, 4, 1}},
        {"beyond", {}},
        {"far", {0}},
        {"farther", {7}}}},
  };
  for (const char *target : {"interpreter", "cpu"}) {
    Executable exe = compile(g, Target::parse(target));
    for (const auto &[n, expected] : runs) {
      Tensor input = Tensor::zeros(i32({n}));
      for (int64_t i = 0; i < n; ++i)
        input.mutableData<int32_t>()[size_t(i)] = int32_t(i);
      for (const auto &[name, tensor] : exe.run({{"x", input}})) {
        auto data = tensor.data<int32_t>();
        EXPECT_EQ(Ints(data.begin(), data.end()), expected.at(name))
            << name << " of " << n << " on " << target;
      }
    }
  }
}

} // namespace
