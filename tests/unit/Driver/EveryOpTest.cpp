//===- EveryOpTest.cpp - Every op of the API on every target --------------===//
#include "runtime/Tensor/Compare.h"
#include "tactus/tactus.h"
#include "tests/unit/Graph/OpCases.h"
#include <gtest/gtest.h>

using namespace tactus;
using namespace tactus::test;

namespace {

struct EveryOpTest : testing::TestWithParam<OpCase> {};

TEST_P(EveryOpTest, AgreesWithTheInterpreter) {
  Graph g("net");
  Value x = g.input("x", f32({2, 3}));
  g.output("y", GetParam().build(g, x));
  // Both signs and zero, and two elements that are equal.
  Tensor input = Tensor::fromVector<float>({2, 3}, {-1.5, 0, 0.25, 2, 2, 7.5});
  auto run = [&](const char *target) {
    return compile(g, Target::parse(target)).run({{"x", input}}).at("y");
  };
  Tensor expected = run("interpreter");
  // Activations are within 2 ULP of the exact result, sums of six elements a
  // few more; one wrong element is off by far more.
  Tolerance tolerance = Tolerance::ofUlps(8);
  // ln(sum) has the absolute error that the sum, which is 1 or more, has
  // relatively, and may itself be near 0.
  if (GetParam().name() == "log_softmax")
    tolerance.absolute = 0x1p-22;
  Comparison result = compare(run("cpu"), expected, tolerance);
  EXPECT_TRUE(result.equal()) << result.report;
}

INSTANTIATE_TEST_SUITE_P(Ops, EveryOpTest,
                         testing::ValuesIn(opCases().begin(), opCases().end()),
                         [](const auto &info) {
                           // One op may have several cases.
                           return info.param.name() + "_" +
                                  std::to_string(info.index);
                         });

} // namespace
