//===- ParallelTest.cpp - One call on several threads ---------------------===//
//
// Part of the tests of threads, which run under ThreadSanitizer too.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/CpuExecutable.h"
#include "docs/examples/Classifier.h"
#include "docs/examples/EncoderLayer.h"
#include "tactus/tactus.h"
#include "tests/unit/Support/ExpectError.h"
#include <functional>
#include <thread>

using namespace tactus;

namespace {

Executable compileFor(const Graph &graph, int64_t threads) {
  return compile(graph, Target::parse("cpu"), {.threads = threads});
}

/// What `exe` runs for inputs of these types.
const StepList &stepsOf(const Executable &exe,
                        const std::vector<TensorType> &types) {
  return static_cast<const CpuExecutable &>(exe.implementation())
      .variant(types)
      ->steps;
}

/// A program with the types of its inputs, which may have dynamic ones.
struct Case {
  const char *name;
  std::function<Graph()> graph;
  std::vector<TensorType> inputs;
};

Graph oneInput(const TensorType &type,
               const std::function<Value(const Value &)> &body) {
  Graph g;
  g.output("y", body(g.input("x", type)));
  return g;
}

Case unary(const char *name, TensorType type,
           const std::function<Value(const Value &)> &body) {
  return {name, [=] { return oneInput(type, body); }, {type}};
}

Case product(const char *name, TensorType lhs, TensorType rhs) {
  return {name,
          [=] {
            Graph g;
            g.output("y", matmul(g.input("x", lhs), g.input("w", rhs)));
            return g;
          },
          {lhs, rhs}};
}

/// h = tanh(h * w + x[t]) along a sequence: a loop with a product in it.
Graph recurrence() {
  Graph g;
  ParameterStore weights;
  weights.set("w", Tensor::random(f32({150, 150}), Seed(1)));
  Value w = g.parameter("w", weights);
  std::vector<Value> results =
      scan({g.input("h", f32({90, 150}))}, {g.input("x", f32({5, 90, 150}))},
           [&](const std::vector<Value> &h, const std::vector<Value> &x) {
             Value next = tanh(matmul(h[0], w) + x[0]);
             return std::vector<Value>{next, next};
           });
  g.output("last", results[0]);
  g.output("y", results[1]);
  return g;
}

const Case cases[] = {
    {"classifier",
     [] { return examples::classifier(examples::classifierWeights()); },
     {f32({64, 784})}},
    {"encoder layer",
     [] {
       examples::EncoderSizes sizes{
           .sequence = 50, .hidden = 96, .heads = 3, .intermediate = 200};
       return examples::encoderLayer(sizes,
                                     examples::encoderWeights(sizes, Seed(1)));
     },
     {f32({50, 96})}},
    unary("elementwise", f32({301, 333}),
          [](const Value &x) { return gelu(x) * x; }),
    unary("bytes", i8({700, 900}), [](const Value &x) { return abs(x); }),
    unary("softmax", f32({303, 130}),
          [](const Value &x) { return softmax(x); }),
    unary("softmax over columns", f32({67, 1001}),
          [](const Value &x) { return softmax(x, 0); }),
    unary("layer norm", f32({531, 257}),
          [](const Value &x) { return layerNorm(x); }),
    unary("few rows of few rows", f32({3, 5, 1, 3000}),
          [](const Value &x) {
            std::vector<int64_t> shape = {3, 5, 7, 3000};
            return broadcast(exp(x), shape);
          }),
    unary("row sums", f32({503, 715}),
          [](const Value &x) { return sum(x, {1}); }),
    unary("column maxima", f32({90, 33000}),
          [](const Value &x) { return max(x, {0}); }),
    unary("argmax", f32({700, 800}),
          [](const Value &x) { return argmax(x, 1); }),
    unary("transpose", f32({500, 490}),
          [](const Value &x) {
            std::vector<int64_t> perm = {1, 0};
            return transpose(x, perm);
          }),
    unary("concat", f32({150, 231}),
          [](const Value &x) {
            std::vector<Operand> parts = {exp(x), x, tanh(x)};
            return concat(parts, 1);
          }),
    unary("cumsum", f32({100, 300}),
          [](const Value &x) { return cumsum(x, 1); }),
    unary("sort", f32({50, 300}),
          [](const Value &x) { return sort(x).values; }),
    product("square product", f32({127, 130}), f32({130, 259})),
    product("one panel", f32({999, 70}), f32({70, 20})),
    product("batches", f32({9, 61, 64}), f32({9, 64, 49})),
    product("vector and matrix", f32({1, 300}), f32({300, 1000})),
    product("bytes' product", i8({100, 250}), i8({250, 210})),
    product("rows in groups that stay", f16({600, 700}), f16({700, 330})),
    {"short rows of a bias",
     [] {
       Graph g;
       g.output("y", softmax(g.input("x", f32({70, 19, 33})) +
                             g.input("b", f32({19, 33}))));
       return g;
     },
     {f32({70, 19, 33}), f32({19, 33})}},
    {"recurrence", recurrence, {f32({90, 150}), f32({5, 90, 150})}},
};

TEST(ParallelTest, TheBitsDoNotDependOnTheThreads) {
  for (const Case &test : cases) {
    Executable exe = compileFor(test.graph(), 1);
    std::vector<Tensor> inputs;
    for (const TensorType &type : test.inputs)
      inputs.push_back(Tensor::random(type, Seed(10 + inputs.size())));
    StepList list = stepsOf(exe, test.inputs);
    EXPECT_EQ(list.maxParts(), 1) << test.name;
    std::vector<Tensor> expected = runSteps(list, inputs);
    for (int64_t threads : {2, 3, 8}) {
      list.threads = threads;
      // Otherwise the test is of one thread.
      EXPECT_EQ(list.maxParts(), threads) << test.name;
      for (int i = 0; i < 5; ++i) {
        std::vector<Tensor> results = runSteps(list, inputs);
        for (size_t k = 0; k < results.size(); ++k)
          ASSERT_TRUE(results[k].bitwiseEquals(expected[k]))
              << test.name << ", result " << k << ", " << threads << " threads";
      }
    }
  }
}

TEST(ParallelTest, ProgramsHaveTheThreadsTheyAreCompiledFor) {
  for (int64_t threads : {1, 2, 8}) {
    Executable exe = compileFor(cases[0].graph(), threads);
    EXPECT_EQ(stepsOf(exe, cases[0].inputs).threads, threads);
    EXPECT_EQ(stepsOf(exe, cases[0].inputs).maxParts(), threads);
  }
}

TEST(ParallelTest, SmallProgramsStayOnOneThread) {
  Executable exe = compileFor(
      oneInput(f32({8, 8}), [](const Value &x) { return softmax(x + x); }), 8);
  EXPECT_EQ(stepsOf(exe, {f32({8, 8})}).maxParts(), 1);
}

// The error of a row is the same, whoever finds it.
TEST(ParallelTest, TheErrorIsThatOfTheFirstIndex) {
  Graph g;
  g.output("y", gather(g.input("x", f32({4, 40})), g.input("i", i64({900}))));
  Tensor x = Tensor::random(f32({4, 40}), Seed(1));
  std::vector<int64_t> indices(900, 2);
  for (size_t i = 300; i < indices.size(); ++i)
    indices[i] = int64_t(100 + i);
  Tensor i = Tensor::fromVector<int64_t>({900}, indices);
  for (int64_t threads : {1, 2, 3, 8}) {
    Executable exe = compileFor(g, threads);
    EXPECT_EQ(stepsOf(exe, {x.type(), i.type()}).maxParts(), threads);
    try {
      exe.run({{"x", x}, {"i", i}});
      ADD_FAILURE() << "expected an error";
    } catch (const Error &error) {
      EXPECT_EQ(error.message(), "expected an index from -4 to 3, but got 400");
    }
  }
}

// Short rows are computed side by side, but no pass of a row may fail before
// the row above it does.
TEST(ParallelTest, TheErrorOfTwoGathersIsThatOfTheFirstRow) {
  TensorType type = f32({900, 64});
  Graph g;
  Value x = g.input("x", type);
  Value inSum = gatherElements(x, g.input("j", i64({900, 64})), 1);
  Value inResult = gatherElements(x, g.input("i", i64({900, 64})), 1);
  g.output("y", inResult * sum(inSum, {1}, KeepDims::Yes));
  std::vector<int64_t> i(900 * 64, 2), j(900 * 64, 2);
  for (size_t row = 301; row < 899; ++row) {
    i[row * 64 + 5] = int64_t(1000 + row);
    j[(row + 1) * 64] = int64_t(2000 + row);
  }
  std::map<std::string, Tensor> inputs = {
      {"x", Tensor::random(type, Seed(1))},
      {"i", Tensor::fromVector<int64_t>({900, 64}, i)},
      {"j", Tensor::fromVector<int64_t>({900, 64}, j)}};
  for (int64_t threads : {1, 2, 3, 8}) {
    Executable exe = compileFor(g, threads);
    EXPECT_EQ(stepsOf(exe, {type, i64({900, 64}), i64({900, 64})}).maxParts(),
              threads);
    try {
      exe.run(inputs);
      ADD_FAILURE() << "expected an error";
    } catch (const Error &error) {
      EXPECT_EQ(error.message(),
                "expected an index from -64 to 63, but got 1301");
    }
  }
}

// More callers than threads: most loops find the pool busy.
TEST(ParallelTest, ManyCallersShareThePool) {
  Graph graph = cases[1].graph();
  Tensor x = Tensor::random(cases[1].inputs[0], Seed(1));
  Tensor expected = compileFor(graph, 1).run({{"x", x}}).at("y");
  Executable exe = compileFor(graph, 3);
  std::atomic<int> different = 0;
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 6; ++caller)
    callers.emplace_back([&] {
      Call call = exe.bind();
      Tensor y = Tensor::zeros(expected.type());
      call.input("x", x);
      call.output("y", y);
      for (int i = 0; i < 20; ++i) {
        call.run();
        different += !y.bitwiseEquals(expected);
      }
    });
  for (std::thread &caller : callers)
    caller.join();
  EXPECT_EQ(different, 0);
}

TEST(ParallelTest, RefusesNumbersOfThreadsThatCannotBe) {
  Graph g = oneInput(f32({8}), [](const Value &x) { return x + x; });
  for (const char *target : {"cpu", "interpreter"})
    for (int64_t threads : {-1, 0, 1025})
      EXPECT_ERROR(compile(g, Target::parse(target), {.threads = threads}),
                   "expected threads to be a number of threads from 1 to 1024, "
                   "but got " +
                       std::to_string(threads));
}

} // namespace
