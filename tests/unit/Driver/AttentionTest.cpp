//===- AttentionTest.cpp - Two products in one kernel, bit for bit --------===//
//
// Each step of attention has to give the bits that it gives as a kernel of its
// own: here the same ops in programs that are cut where a result is read.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/CpuMachine.h"
#include "runtime/Tensor/Compare.h"
#include "tactus/tactus.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace tactus;

namespace {

using Tensors = std::map<std::string, Tensor>;

struct Case {
  std::vector<Dimension> batch;
  int64_t queries, keys, depth, width;
  bool isTransposed, hasMask;
  ElementType element;
  bool isScaled = true;
};

const Case cases[] = {
    {{}, 8, 1, 1, 1, false, false, ElementType::F32},
    {{}, 13, 17, 5, 3, true, true, ElementType::F32},
    {{3}, 64, 64, 16, 16, true, false, ElementType::F32},
    {{2, 3}, 97, 33, 8, 70, true, true, ElementType::F32},
    {{2}, 200, 300, 64, 64, false, true, ElementType::F32},
    {{1, 2}, 130, 1100, 20, 9, true, false, ElementType::F32},
    {{2}, 33, 40, 7, 5, true, true, ElementType::F64},
    {{2}, 33, 40, 7, 5, true, true, ElementType::F16},
    {{2}, 33, 40, 7, 5, false, true, ElementType::BF16},
    {{2}, 33, 41, 27, 5, true, true, ElementType::F64},
    {{2}, 33, 41, 35, 5, true, true, ElementType::F16},
    {{2}, 33, 41, 48, 5, true, true, ElementType::BF16},
    {{2}, 40, 72, 16, 8, true, false, ElementType::F32, false},
};

std::vector<Dimension> with(std::vector<Dimension> shape,
                            std::initializer_list<int64_t> more) {
  for (int64_t size : more)
    shape.push_back(size);
  return shape;
}

/// Scores of `q` and `k`, with scale and mask.
Value scoresOf(Graph &g, const Case &c) {
  Value q = g.input("q", {c.element, with(c.batch, {c.queries, c.depth})});
  Value k = c.isTransposed
                ? g.input("k", {c.element, with(c.batch, {c.keys, c.depth})})
                : g.input("k", {c.element, with(c.batch, {c.depth, c.keys})});
  if (c.isTransposed) {
    std::vector<int64_t> perm;
    for (size_t d = 0; d < c.batch.size() + 2; ++d)
      perm.push_back(int64_t(d));
    std::swap(perm[perm.size() - 1], perm[perm.size() - 2]);
    k = transpose(k, perm);
  }
  Value scores = matmul(q, k);
  if (c.isScaled)
    scores = scores * 0.125;
  if (c.hasMask)
    scores = scores + g.input("mask", {c.element, {c.queries, c.keys}});
  return scores;
}

Value valuesOf(Graph &g, const Case &c) {
  return g.input("v", {c.element, with(c.batch, {c.keys, c.width})});
}

Tensors inputsOf(const Executable &executable) {
  Tensors in;
  uint64_t seed = 1;
  for (const auto &input : executable.inputs())
    in.emplace(input.name, Tensor::random(input.type, Seed(seed++)));
  return in;
}

Tensors run(const Graph &g, const std::string &target, Tensors in,
            int64_t threads = 1) {
  Executable executable =
      compile(g, Target::parse(target), {.threads = threads});
  Tensors own = inputsOf(executable);
  for (auto &[name, tensor] : own)
    if (auto given = in.find(name); given != in.end())
      tensor = given->second;
  return executable.run(own);
}

TEST(AttentionTest, GivesTheBitsOfItsSteps) {
  for (const Case &c : cases)
    for (const char *target : {"cpu", "cpu:x86-64-v2"}) {
      // The narrow processor differs in tiles alone.
      if (target != std::string("cpu") && c.batch.size() != 1)
        continue;
      Graph whole("whole");
      whole.output("y",
                   matmul(softmax(scoresOf(whole, c)), valuesOf(whole, c)));
      Executable executable = compile(whole, Target::parse(target));
      Tensors in = inputsOf(executable);
      Tensor actual = run(whole, target, in).at("y");
      Tensor onThree = run(whole, target, in, 3).at("y");

      Graph first("first");
      first.output("scores", scoresOf(first, c));
      Tensor scores = run(first, target, in).at("scores");
      Graph middle("middle");
      middle.output("weights", softmax(middle.input("scores", scores.type())));
      Tensor weights = run(middle, target, {{"scores", scores}}).at("weights");
      Graph last("last");
      last.output("y", matmul(last.input("weights", weights.type()),
                              valuesOf(last, c)));
      Tensor expected =
          run(last, target, {{"weights", weights}, {"v", in.at("v")}}).at("y");

      std::string where = std::string(target) + " " +
                          std::to_string(c.queries) + "x" +
                          std::to_string(c.keys);
      Comparison result = compare(actual, expected, Tolerance::exact());
      EXPECT_TRUE(result.equal()) << where << ": " << result.report;
      result = compare(onThree, expected, Tolerance::exact());
      EXPECT_TRUE(result.equal()) << where << ", 3 threads: " << result.report;
    }
}

// Queries, keys and values of all heads stand side by side, as one product
// gives them; they are read where they are.
TEST(AttentionTest, ReadsPartsOfOneMatrixInPlace) {
  constexpr int64_t rows = 40, heads = 3, depth = 16, width = heads * depth;
  const std::vector<int64_t> perms[] = {{1, 0, 2}, {1, 2, 0}, {1, 0, 2}};
  TensorType type{ElementType::F32, {rows, 3 * width}};
  Tensors in = {{"x", Tensor::random(type, Seed(1))}};

  Graph whole("whole"), parts("parts");
  Value x = whole.input("x", type), y = parts.input("x", type);
  std::vector<Value> inPlace;
  for (int64_t i = 0; i < 3; ++i) {
    auto part = [&](Value of) {
      Value columns = slice(of, {i * width}, {(i + 1) * width}, {1});
      return transpose(reshape(columns, {rows, heads, depth}),
                       perms[size_t(i)]);
    };
    inPlace.push_back(part(x));
    parts.output("part" + std::to_string(i), part(y));
  }
  Tensors copies = compile(parts, Target::parse("interpreter")).run(in);

  auto attention = [](const std::vector<Value> &of) {
    return matmul(softmax(matmul(of[0], of[1])), of[2]);
  };
  whole.output("y", attention(inPlace));
  Graph apart("apart");
  std::vector<Value> given;
  for (const auto &[name, tensor] : copies)
    given.push_back(apart.input(name, tensor.type()));
  apart.output("y", attention(given));
  Comparison result =
      compare(run(whole, "cpu", in).at("y"), run(apart, "cpu", copies).at("y"),
              Tolerance::exact());
  EXPECT_TRUE(result.equal()) << result.report;
}

// All scores would be 16 MB.
TEST(AttentionTest, HasNoMatrixOfAllScores) {
  Case c{{1}, 2048, 2048, 16, 16, true, false, ElementType::F32};
  Graph g("long");
  g.output("y", matmul(softmax(scoresOf(g, c)), valuesOf(g, c)));
  Executable executable =
      compile(g, Target::parse("cpu"), {.maxMemory = 4 << 20, .threads = 1});
  EXPECT_NO_THROW((void)executable.run(inputsOf(executable)));
}

} // namespace
