//===- ThreadsTest.cpp - One executable, many threads ---------------------===//
//
// A program of its own, so that it can be built and run under ThreadSanitizer:
// `./dev test --sanitize=thread`.
//
//===----------------------------------------------------------------------===//
#include "tactus/tactus.h"
#include <atomic>
#include <barrier>
#include <functional>
#include <gtest/gtest.h>
#include <optional>
#include <thread>

using namespace tactus;

namespace {

constexpr size_t numThreads = 16;
const char *const targets[] = {"interpreter", "cpu"};

/// y = softmax(gelu(x * w + b)), s = sum(x * w + b) over the batch.
Graph layer() {
  ParameterStore weights;
  weights.set("w", Tensor::random(f32({20, 33}), Seed(1)));
  weights.set("b", Tensor::random(f32({33}), Seed(2)));
  Graph g("layer");
  Value h =
      matmul(g.input("x", f32({"batch", 20})), g.parameter("w", weights)) +
      g.parameter("b", weights);
  g.output("y", softmax(gelu(h)));
  g.output("s", sum(h, {0}));
  return g;
}

/// Runs `work` with the numbers of sixteen threads, which begin together.
void runThreads(const std::function<void(size_t)> &work) {
  std::barrier start(numThreads);
  std::vector<std::thread> threads;
  for (size_t t = 0; t < numThreads; ++t)
    threads.emplace_back([&, t] {
      start.arrive_and_wait();
      work(t);
    });
  for (std::thread &thread : threads)
    thread.join();
}

TEST(ThreadsTest, OfOneExecutableGetTheSameBits) {
  for (const char *target : targets) {
    Executable exe = compile(layer(), Target::parse(target));
    std::vector<Tensor> inputs, expected;
    for (int64_t batch : {1, 2, 3, 17}) {
      inputs.push_back(Tensor::random(f32({batch, 20}), Seed(batch)));
      expected.push_back(exe.run({{"x", inputs.back()}}).at("y"));
    }
    // Half of the threads run, half bind; all meet at shapes that nobody has
    // compiled in the second executable.
    Executable fresh = compile(layer(), Target::parse(target));
    std::atomic<int> different = 0;
    runThreads([&](size_t t) {
      for (size_t i = 0; i < 20; ++i) {
        size_t k = (i + t) % inputs.size();
        Tensor y = Tensor::zeros(expected[k].type());
        if (t % 2 == 0) {
          y = fresh.run({{"x", inputs[k]}}).at("y");
        } else {
          Call call = fresh.bind();
          call.input("x", inputs[k]);
          call.output("y", y);
          call.output("s", Tensor::zeros(f32({33})));
          call.run();
        }
        different += !y.bitwiseEquals(expected[k]);
      }
    });
    EXPECT_EQ(different, 0) << target;
  }
}

// An error is a status of its call, not of the program.
TEST(ThreadsTest, GetTheirOwnErrors) {
  Graph g;
  g.output(
      "y",
      gather(g.input("x", f32({4, 40})), g.input("i", i64({3}))).named("rows"));
  Tensor x = Tensor::random(f32({4, 40}), Seed(1));
  for (const char *target : targets) {
    Executable exe = compile(g, Target::parse(target));
    std::atomic<int> wrong = 0;
    runThreads([&](size_t t) {
      // Of every second thread the index is out of range.
      int64_t index = t % 2 ? int64_t(100 + t) : int64_t(t % 4);
      std::string expected = t % 2
                                 ? "expected an index from -4 to 3, but got " +
                                       std::to_string(index)
                                 : "";
      for (int i = 0; i < 20; ++i) {
        std::string message;
        try {
          exe.run({{"x", x},
                   {"i", Tensor::fromVector<int64_t>({3}, {0, index, 1})}});
        } catch (const Error &error) {
          message = error.message();
        }
        wrong += message != expected;
      }
    });
    EXPECT_EQ(wrong, 0) << target;
  }
}

TEST(ThreadsTest, MayCompileAtTheSameTime) {
  Tensor x = Tensor::random(f32({3, 20}), Seed(1));
  Tensor expected =
      compile(layer(), Target::parse("cpu")).run({{"x", x}}).at("y");
  std::atomic<int> different = 0;
  runThreads([&](size_t t) {
    if (t % 4 != 0)
      return;
    Executable exe = compile(layer(), Target::parse("cpu"));
    different += !exe.run({{"x", x}}).at("y").bitwiseEquals(expected);
  });
  EXPECT_EQ(different, 0);
}

TEST(ThreadsTest, OfTheSystolicMachineGetTheSameBits) {
  Graph g;
  Value h = matmul(g.input("x", i8({"batch", 40})), g.input("w", i8({40, 9})));
  g.output("y", requantize(h, {0.01}));
  Tensor w = Tensor::random(i8({40, 9}), Seed(1));
  Executable exe = compile(g, Target::parse("systolic:gemmini"));
  Executable law = compile(g, Target::parse("interpreter"));
  std::atomic<int> different = 0;
  runThreads([&](size_t t) {
    Tensor x = Tensor::random(i8({int64_t(1 + t % 3), 40}), Seed(t));
    Tensor y = exe.run({{"x", x}, {"w", w}}).at("y");
    different += !y.bitwiseEquals(law.run({{"x", x}, {"w", w}}).at("y"));
  });
  EXPECT_EQ(different, 0);
}

// As a sweep compiles: each thread for a machine of its own, with weights that
// code for this processor prepares.
TEST(ThreadsTest, MayCompileForMachinesAtTheSameTime) {
  const char *const machines[] = {"systolic:gemmini", "systolic:edge",
                                  "systolic:tpu-v1"};
  ParameterStore weights;
  weights.set("w", Tensor::random(i8({40, 9}), Seed(1)));
  Tensor x = Tensor::random(i8({5, 40}), Seed(2));
  auto cyclesOn = [&](const char *machine, Tensor &y) {
    Graph g;
    Value h = matmul(g.input("x", i8({5, 40})), g.parameter("w", weights));
    g.output("y", requantize(h, {0.01}));
    Simulation played =
        simulate(compile(g, Target::parse(machine)), {{"x", x}});
    y = played.outputs.at("y");
    return played.totalCycles;
  };
  std::vector<Tensor> expected(std::size(machines));
  std::vector<int64_t> cycles;
  for (size_t i = 0; i < std::size(machines); ++i)
    cycles.push_back(cyclesOn(machines[i], expected[i]));
  std::atomic<int> different = 0;
  runThreads([&](size_t t) {
    size_t i = t % std::size(machines);
    Tensor y;
    different += cyclesOn(machines[i], y) != cycles[i];
    different += !y.bitwiseEquals(expected[i]);
  });
  EXPECT_EQ(different, 0);
}

TEST(ThreadsTest, CallsOutliveTheirExecutable) {
  for (const char *target : targets) {
    std::optional<Executable> exe = compile(layer(), Target::parse(target));
    Tensor x = Tensor::random(f32({3, 20}), Seed(1));
    Tensor expected = exe->run({{"x", x}}).at("y");
    Tensor y = Tensor::zeros(expected.type());
    Call call = exe->bind();
    call.input("x", x);
    call.output("y", y);
    call.output("s", Tensor::zeros(f32({33})));
    std::thread thread([&, held = std::move(call)]() mutable {
      for (int i = 0; i < 50; ++i)
        held.run();
    });
    exe.reset();
    thread.join();
    EXPECT_TRUE(y.bitwiseEquals(expected)) << target;
  }
}

} // namespace
