//===- GraphApiTest.cpp - Graphs of the API, evaluated and compiled -------===//
#include "docs/examples/EncoderLayer.h"
#include "runtime/Tensor/Compare.h"
#include "tactus/tactus.h"
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <numeric>
#include <sstream>
#include <thread>

using namespace tactus;

namespace {

std::string text(const Tensor &tensor) {
  std::ostringstream out;
  out << tensor;
  return out.str();
}

template <typename T> std::vector<T> elements(const Tensor &tensor) {
  auto data = tensor.data<T>();
  return {data.begin(), data.end()};
}

TEST(GraphApiTest, EvaluatesTheTutorial) {
  Graph g("tutorial");
  Value a = g.constant({{1, 2}, {3, 4}});
  Value b = g.constant({{1, 1}, {1, 1}});
  Value c = g.constant({{4.f, 5.f}, {10.f, 1.f}});
  using Ints = std::vector<int32_t>;
  EXPECT_EQ(elements<int32_t>(evaluate(a + b)), (Ints{2, 3, 4, 5}));
  EXPECT_EQ(elements<int32_t>(evaluate(a * b)), (Ints{1, 2, 3, 4}));
  EXPECT_EQ(elements<int32_t>(evaluate(matmul(a, b))), (Ints{3, 3, 7, 7}));
  EXPECT_EQ(elements<float>(evaluate(max(c))), std::vector<float>{10});
  EXPECT_EQ(elements<float>(evaluate(relu(c - 5))),
            (std::vector<float>{0, 0, 5, 0}));
  EXPECT_EQ(text(evaluate(sigmoid(c))),
            "Tensor(\n[[0.98201376 0.9933072 ]\n [0.9999546  0.7310586 ]], "
            "shape=(2, 2), dtype=float32)");
}

TEST(GraphApiTest, EvaluateNamesTheInputItWouldNeed) {
  Graph g;
  Value x = g.input("x", f32({2}));
  try {
    evaluate(relu(x));
    FAIL() << "nothing was thrown";
  } catch (const Error &error) {
    EXPECT_EQ(error.what(),
              __FILE__ ":" + std::to_string(__LINE__ - 4) +
                  ": expected a value without inputs to evaluate, but it "
                  "depends on input 'x'");
  }
}

/// y = softmax(gelu(x * w + b)) with a batch that is known when it runs.
Graph scorer() {
  ParameterStore weights;
  weights.set("w0", Tensor::random(f32({5, 3}), Seed(1)));
  weights.set("b0", Tensor::random(f32({3}), Seed(2)));
  Graph g("scorer");
  Value x = g.input("x", f32({"batch", 5}));
  Value h = matmul(x, g.parameter("w0", weights)) + g.parameter("b0", weights);
  h = gelu(h, Gelu::Tanh).named("hidden");
  g.output("y", softmax(h));
  return g;
}

void expectClose(const Tensor &actual, const Tensor &expected) {
  // Sums of another order and activations of 2 ULP: far below 1e-5 of values
  // near 1, far above any rounding.
  Comparison result = compare(actual, expected, Tolerance::close(1e-5, 1e-5));
  EXPECT_TRUE(result.equal()) << result.report;
}

TEST(GraphApiTest, TargetsAgree) {
  Graph g = scorer();
  Executable interpreter = compile(g, Target::parse("interpreter"));
  Executable cpu = compile(g, Target::parse("cpu"));
  for (int batch : {1, 2, 7}) {
    std::map<std::string, Tensor> inputs = {
        {"x", Tensor::random(f32({batch, 5}), Seed(3))}};
    expectClose(cpu.run(inputs).at("y"), interpreter.run(inputs).at("y"));
  }
}

TEST(GraphApiTest, CallsRunOnTheCallersBuffers) {
  Graph g;
  g.output("y", g.input("x", f32({2, 3})) * 2);
  Call call = compile(g, Target::parse("cpu")).bind();
  std::vector<float> in(6), out(6);
  std::iota(in.begin(), in.end(), 1.f);
  call.input("x", Tensor::view(in.data(), f32({2, 3})));
  call.output("y", Tensor::view(out.data(), f32({2, 3})));
  call.run();
  EXPECT_EQ(out, (std::vector<float>{2, 4, 6, 8, 10, 12}));
  in[0] = 10;
  call.run();
  EXPECT_EQ(out[0], 20);
}

TEST(GraphApiTest, ExecutablesOutliveTheirGraph) {
  std::optional<Executable> exe;
  {
    Graph g;
    g.output("y", g.input("x", i32({2})) + 1);
    exe = compile(g, Target::parse("cpu"));
    g.output("late", g.constant({1}));
  }
  auto results = exe->run({{"x", Tensor::fromVector<int32_t>({2}, {1, 2})}});
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(elements<int32_t>(results.at("y")), (std::vector<int32_t>{2, 3}));
}

TEST(GraphApiTest, AnExecutableMayGoWhileItRuns) {
  for (const char *target : {"interpreter", "cpu"}) {
    auto exe =
        std::make_unique<Executable>(compile(scorer(), Target::parse(target)));
    Tensor x = Tensor::random(f32({4, 5}), Seed(3));
    Tensor expected = exe->run({{"x", x}}).at("y");
    std::vector<std::thread> threads;
    std::vector<Tensor> results(4);
    for (Tensor &result : results)
      threads.emplace_back([copy = *exe, &x, &result] {
        for (int i = 0; i < 20; ++i)
          result = copy.run({{"x", x}}).at("y");
      });
    exe.reset();
    for (std::thread &thread : threads)
      thread.join();
    for (const Tensor &result : results)
      EXPECT_TRUE(result.bitwiseEquals(expected)) << target;
  }
}

TEST(GraphApiTest, GraphsOfSeveralThreadsAreApart) {
  std::vector<std::thread> threads;
  std::vector<Tensor> results(4);
  for (size_t i = 0; i < results.size(); ++i)
    threads.emplace_back([&results, i] {
      Graph g;
      results[i] = evaluate(g.constant({1, 2}) * int64_t(i));
    });
  for (std::thread &thread : threads)
    thread.join();
  for (size_t i = 0; i < results.size(); ++i)
    EXPECT_EQ(elements<int32_t>(results[i]),
              (std::vector<int32_t>{int32_t(i), 2 * int32_t(i)}));
}

TEST(GraphApiTest, DumpsPhases) {
  std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / "graph-api-phases";
  std::filesystem::remove_all(folder);
  Graph g;
  g.output("y", relu(g.input("x", f32({4, 4}))).named("activation"));
  compile(g, Target::parse("cpu"), {.dumpPhases = folder});
  std::ifstream file(folder / "1.graph.mlir");
  std::string dumped(std::istreambuf_iterator<char>(file), {});
  EXPECT_NE(dumped.find("loc(\"activation\""), std::string::npos) << dumped;
}

TEST(GraphApiTest, AnEncoderLayerIsTheSameOnEveryTarget) {
  // Small, because the interpreter is slow; distinct sizes, so that swapped
  // dimensions fail.
  examples::EncoderSizes sizes{
      .sequence = 10, .hidden = 24, .heads = 3, .intermediate = 40};
  ParameterStore weights = examples::encoderWeights(sizes, Seed(1));
  Graph g = examples::encoderLayer(sizes, weights);
  std::map<std::string, Tensor> inputs = {
      {"x", Tensor::random(f32({10, 24}), Seed(2))}};
  Tensor y = compile(g, Target::parse("interpreter")).run(inputs).at("y");
  EXPECT_EQ(y.shape(), (std::vector<int64_t>{10, 24}));
  expectClose(compile(g, Target::parse("cpu")).run(inputs).at("y"), y);
}

} // namespace
