//===- KernelEdgesTest.cpp - Kernels of awkward sizes ---------------------===//
//
// Each of these once gave a wrong result or wrote past its memory; random
// graphs found them.
//
//===----------------------------------------------------------------------===//
#include "runtime/Tensor/Compare.h"
#include "tactus/tactus.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace tactus;

namespace {

void expectAgreement(const Graph &g, const std::map<std::string, Tensor> &in,
                     const Tolerance &tolerance = Tolerance::exact()) {
  Tensor expected = compile(g, Target::parse("interpreter")).run(in).at("y");
  for (const char *target : {"cpu", "cpu:x86-64-v2"}) {
    Tensor actual = compile(g, Target::parse(target)).run(in).at("y");
    Comparison result = compare(actual, expected, tolerance);
    EXPECT_TRUE(result.equal()) << target << ": " << result.report;
  }
}

TEST(KernelEdgesTest, ReducesAnAxisOfSizeOne) {
  Tensor tensor = Tensor::random(f32({3, 40, 1}), Seed(1));
  for (KeepDims keepdims : {KeepDims::No, KeepDims::Yes}) {
    Graph g("argmax");
    g.output("y", argmax(g.input("x", f32({3, 40, 1})), -1, keepdims));
    expectAgreement(g, {{"x", tensor}});
  }
  Graph g("softmax");
  g.output("y", logSoftmax(g.input("x", f32({3, 40, 1})), -1));
  expectAgreement(g, {{"x", tensor}});
}

// The rows' loop cannot be merged with the columns', so each row ends in a tail
// that is kept whole.
TEST(KernelEdgesTest, KeepsTheTailsOfRowsThatAreReducedTogether) {
  Graph g("norm");
  Value x = g.input("x", f32({5, 5})), s = g.input("s", f32({5, 1}));
  Value wide = cast(layerNorm(x, {.scale = s, .axis = 0}), ElementType::F64);
  g.output("y", layerNorm(wide, {.bias = wide, .axis = 0}));
  expectAgreement(g,
                  {{"x", Tensor::random(f32({5, 5}), Seed(1))},
                   {"s", Tensor::random(f32({5, 1}), Seed(2))}},
                  Tolerance::close(1e-4, 1e-4));
}

// One lane is left over, and its sum is narrowed as it is stored.
TEST(KernelEdgesTest, NarrowsOneLeftOverColumn) {
  for (int64_t columns : {1, 9, 17, 33, 35}) {
    Graph g("product");
    Value a = g.input("a", i64({33, 33})), b = g.input("b", i64({33, columns}));
    g.output("y", cast(matmul(a, b), ElementType::I16));
    expectAgreement(g, {{"a", Tensor::random(i64({33, 33}), Seed(1))},
                        {"b", Tensor::random(i64({33, columns}), Seed(2))}});
  }
}

// A half float that every lane shares must not need a library call.
TEST(KernelEdgesTest, SpreadsAHalfFloat) {
  for (ElementType type : {ElementType::F16, ElementType::BF16}) {
    Graph g("constant");
    Value half = cast(tanh(fill(g, f32({5, 40}), 0.5)), type);
    g.output("y", tanh(half));
    expectAgreement(g, {}, Tolerance::ofUlps(1));
  }
}

TEST(KernelEdgesTest, TakesRowsWithoutElements) {
  Graph g("nothing");
  g.output("y", softmax(g.input("x", f32({4, 0}))));
  expectAgreement(g, {{"x", Tensor::zeros(f32({4, 0}))}});
}

TEST(KernelEdgesTest, GivesNoNumberForAnInfiniteRow) {
  Graph g("infinite");
  g.output("y", logSoftmax(g.input("x", f32({3}))));
  Tensor x = Tensor::fromVector<float>({3}, {1, 2, INFINITY});
  expectAgreement(g, {{"x", x}});
}

// The sign of a half float that was f64 two casts before must not need a
// library call.
TEST(KernelEdgesTest, TakesTheSignOfWhatWasNarrowed) {
  Graph g("sign");
  Value narrow = cast(tan(g.input("x", f32({}))), ElementType::F16);
  g.output("y", softsign(narrow));
  expectAgreement(g, {{"x", Tensor::fromVector<float>({}, {-0.75})}},
                  Tolerance::ofUlps(1));
}

// Nothing is updated, and no loop covers what nothing is computed from.
TEST(KernelEdgesTest, ScattersNothingIntoNothing) {
  Graph g("nothing");
  Value rows = slice(cumsum(g.input("x", f32({8, 1}))), {8}, {8}, {0});
  Value none = cast(rows, ElementType::I32);
  Value at = g.input("at", i32({0, 3}));
  g.output("y", scatterElements(none, at, at, 1, ScatterReduction::Mul));
  expectAgreement(g, {{"x", Tensor::zeros(f32({8, 1}))},
                      {"at", Tensor::zeros(i32({0, 3}))}});
}

// The index is known only when the row has been reduced.
TEST(KernelEdgesTest, LooksUpWhatARowIsReducedTo) {
  for (int64_t rows : {1, 5, 40})
    for (int64_t columns : {1, 8, 40}) {
      Graph g("lookup");
      Value x = g.input("x", f32({rows, columns}));
      Value table = g.input("table", f32({columns}));
      Value at = argmax(x, -1);
      g.output("y", gather(table, at) * sum(x, {1}));
      expectAgreement(g,
                      {{"x", Tensor::random(f32({rows, columns}), Seed(1))},
                       {"table", Tensor::random(f32({columns}), Seed(2))}},
                      Tolerance::close(1e-4, 1e-4));
    }
}

TEST(KernelEdgesTest, ScattersIntoAConstantWithoutElements) {
  Graph g("nothing");
  Value none = cast(fill(g, f32({2, 0}), 1.5), ElementType::I64);
  Value at = g.input("at", i64({0, 1}));
  g.output("y", scatterNd(none, at, g.input("u", i64({0, 0}))));
  expectAgreement(g, {{"at", Tensor::zeros(i64({0, 1}))},
                      {"u", Tensor::zeros(i64({0, 0}))}});
}

} // namespace
