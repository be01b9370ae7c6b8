//===- WaitsTest.cpp - Every wait of a compiled program is needed ---------===//
//
// What is left after implied tokens are removed: a program in which any one
// wait is missing, or is for one signal less, is refused by the simulator.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/SystolicExecutable.h"
#include "tactus/tactus.h"
#include <gtest/gtest.h>
#include <random>

using namespace tactus;
using namespace tactus::systolic;

namespace {

using Tensors = std::map<std::string, Tensor>;

/// One to three layers of i8: products with or without bias, ReLU and
/// requantization, between which rows come in chunks.
struct Layers {
  Graph g{"layers"};
  Tensors inputs;

  explicit Layers(uint64_t seed) : random(seed) {
    int64_t rows = draw(seed % 4 == 0 ? 900 : 60), inner = draw(70);
    Value x = input(i8({rows, inner}));
    for (int64_t layers = draw(3); layers > 0; --layers) {
      int64_t columns = draw(70);
      x = matmul(x, input(i8({inner, columns})));
      if (draw(2) == 1)
        x = x + input(i32({columns}));
      if (draw(2) == 1)
        x = relu(x);
      if (layers > 1)
        x = requantize(x, {0.01f, int(draw(5)) - 3});
      inner = columns;
    }
    g.output("y", x);
  }

private:
  int64_t draw(int64_t most) { return int64_t(1 + random() % most); }
  Value input(const TensorType &type) {
    std::string name = "x" + std::to_string(inputs.size());
    inputs.emplace(name, Tensor::random(type, Seed(inputs.size())));
    return g.input(name, type);
  }

  std::mt19937_64 random;
};

/// The program that `target` runs `graph` as.
systolic::Program programOf(const Graph &graph, const Tensors &inputs,
                            const std::string &target) {
  Executable exe = compile(graph, Target::parse(target));
  return systolicProgram(exe).simulatorFor(inputs)->program();
}

struct Broken {
  int64_t removed = 0, lowered = 0;
};

/// Empty where the program runs.
std::string errorOf(const systolic::Program &program, const Tensors &inputs) {
  try {
    Simulator(program).run(inputs);
    return "";
  } catch (const Error &error) {
    return error.what();
  }
}

/// Breaks each wait of `program` in turn.
void expectEachIsNeeded(systolic::Program program, const Tensors &inputs,
                        Broken &counts) {
  ASSERT_EQ(errorOf(program, inputs), "");
  for (size_t i = 0; i < program.instructions.size(); ++i)
    for (std::optional<Wait> &wait : program.instructions[i].waits) {
      if (!wait)
        continue;
      Wait kept = *wait;
      std::string text = disassemble(program.instructions[i]);
      wait.reset();
      ++counts.removed;
      EXPECT_NE(errorOf(program, inputs), "")
          << "without a wait of " << i << ": " << text;
      wait = kept;
      if (kept.count == 1)
        continue;
      --wait->count;
      ++counts.lowered;
      EXPECT_NE(errorOf(program, inputs), "")
          << "with one signal less for " << i << ": " << text;
      wait = kept;
    }
}

} // namespace

TEST(WaitsTest, OfQuantizedLayersAreNeeded) {
  Broken counts;
  for (uint64_t seed = 1; seed <= 48; ++seed) {
    Layers layers(seed);
    expectEachIsNeeded(
        programOf(layers.g, layers.inputs,
                  seed % 2 ? "systolic:gemmini" : "systolic:edge"),
        layers.inputs, counts);
    if (HasFatalFailure())
      FAIL() << "seed " << seed;
  }
  EXPECT_GT(counts.removed, 600);
  EXPECT_GT(counts.lowered, 300);
}

// Products, the vector unit, and memory that is used again.
TEST(WaitsTest, OfAttentionAreNeeded) {
  Broken counts;
  for (int64_t tokens : {5, 24, 300}) {
    Graph g("attention");
    Tensors inputs;
    auto input = [&](const char *name, int64_t rows, int64_t columns) {
      TensorType type = f32({rows, columns});
      inputs.emplace(name, Tensor::random(type, Seed(inputs.size())));
      return g.input(name, type);
    };
    Value x = input("x", tokens, 200);
    Value q = matmul(x, input("q", 200, 64));
    Value k = matmul(x, input("k", 200, 64));
    Value v = matmul(x, input("v", 200, 64));
    Value p = softmax(matmul(q, transpose(k, {1, 0})) * 0.125f);
    Value y = gelu(matmul(matmul(p, v), input("w", 64, 150)), Gelu::Tanh);
    g.output("y", y);
    expectEachIsNeeded(programOf(g, inputs, "systolic:tpu-v2"), inputs, counts);
  }
  EXPECT_GT(counts.removed, 60);
}
