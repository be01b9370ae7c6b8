//===- DriverTest.cpp - Compiled programs beside interpreted ones ---------===//
#include "runtime/Tensor/Compare.h"
#include "tests/unit/Driver/Programs.h"
#include "tests/unit/Support/ExpectError.h"
#include <gtest/gtest.h>
#include <thread>

using namespace tactus;
using tactus::test::parseProgram;

namespace {

const char *mlp = R"(
func.func @main(%x: tensor<?x20xf32> {tactus.name = "x", tactus.dims = ["batch", ""]})
    -> (tensor<?x7xf32> {tactus.name = "y", tactus.dims = ["batch", ""]}) {
  %w0 = tactus.parameter @w0 : tensor<20x33xf32>
  %b0 = tactus.parameter @b0 : tensor<33xf32>
  %w1 = tactus.parameter @w1 : tensor<33x7xf32>
  %0 = tactus.matmul %x, %w0 : (tensor<?x20xf32>, tensor<20x33xf32>) -> tensor<?x33xf32>
  %1 = tactus.add %0, %b0 : (tensor<?x33xf32>, tensor<33xf32>) -> tensor<?x33xf32>
  %2 = tactus.gelu %1 : tensor<?x33xf32>
  %3 = tactus.matmul %2, %w1 : (tensor<?x33xf32>, tensor<33x7xf32>) -> tensor<?x7xf32>
  %4 = tactus.softmax %3 : tensor<?x7xf32>
  return %4 : tensor<?x7xf32>
})";

ParameterStore mlpParameters() {
  ParameterStore store;
  store.set("w0", Tensor::random(f32({20, 33}), Seed(1)));
  store.set("b0", Tensor::random(f32({33}), Seed(2)));
  store.set("w1", Tensor::random(f32({33, 7}), Seed(3)));
  return store;
}

void expectClose(const Tensor &actual, const Tensor &expected) {
  Comparison result = compare(actual, expected, Tolerance::close(1e-5, 1e-5));
  EXPECT_TRUE(result.equal()) << result.report;
}

TEST(DriverTest, APerceptronIsTheSameOnEveryProcessor) {
  Program program = parseProgram(mlp, mlpParameters());
  Executable law = compileProgram(program, Target::parse("interpreter"));
  for (const char *target : {"cpu", "cpu:x86-64-v2", "cpu:x86-64-v3"}) {
    Executable cpu = compileProgram(program, Target::parse(target));
    for (int64_t batch : {1, 5, 64}) {
      Tensor x = Tensor::random(f32({batch, 20}), Seed(batch));
      expectClose(cpu.run({{"x", x}}).at("y"), law.run({{"x", x}}).at("y"));
    }
  }
}

TEST(DriverTest, ARowsBitsDoNotDependOnTheBatch) {
  Program program = parseProgram(mlp, mlpParameters());
  Executable cpu = compileProgram(program, Target::parse("cpu"));
  Tensor x = Tensor::random(f32({9, 20}), Seed(4));
  Tensor whole = cpu.run({{"x", x}}).at("y");
  for (int64_t row = 0; row < 9; ++row) {
    Tensor one = Tensor::view(
        static_cast<const void *>(x.data<float>().data() + row * 20),
        f32({1, 20}));
    Tensor y = cpu.run({{"x", one}}).at("y");
    Tensor expected = Tensor::view(
        static_cast<const void *>(whole.data<float>().data() + row * 7),
        f32({1, 7}));
    EXPECT_TRUE(y.bitwiseEquals(expected)) << "row " << row;
  }
}

TEST(DriverTest, BoundCallsWriteTheCallersMemory) {
  Program program = parseProgram(mlp, mlpParameters());
  Executable cpu = compileProgram(program, Target::parse("cpu"));
  std::vector<float> in(3 * 20, 0.5f), out(3 * 7, -1.f);
  Call call = cpu.bind();
  call.input("x", Tensor::view(in.data(), f32({3, 20})));
  call.output("y", Tensor::view(out.data(), f32({3, 7})));
  call.run();
  float sum = 0;
  for (int i = 0; i < 7; ++i)
    sum += out[i];
  EXPECT_NEAR(sum, 1.f, 1e-6f);
  std::vector<float> first = out;
  in.assign(in.size(), -0.5f);
  call.run();
  EXPECT_NE(first, out);
}

TEST(DriverTest, MistakesInCallsAreNamed) {
  Program program = parseProgram(mlp, mlpParameters());
  for (const char *target : {"cpu", "interpreter"}) {
    Executable exe = compileProgram(program, Target::parse(target));
    Tensor x = Tensor::zeros(f32({2, 20}));
    EXPECT_ERROR(exe.run({}),
                 "expected input 'x' of type f32[batch,20], but got none");
    EXPECT_ERROR(exe.run({{"x", x}, {"z", x}}),
                 "expected an input of the program, but got 'z'");
    EXPECT_ERROR(exe.run({{"x", Tensor::zeros(f32({2, 21}))}}),
                 "expected input 'x' to have type f32[batch,20], but got "
                 "f32[2,21]");
    Call call = exe.bind();
    EXPECT_ERROR(call.run(),
                 "expected a buffer for input 'x', but none is bound");
    call.input("x", x);
    EXPECT_ERROR(call.run(),
                 "expected a buffer for output 'y', but none is bound");
    call.output("y", Tensor::zeros(f32({3, 7})));
    EXPECT_ERROR(call.run(), "expected output 'y' to have type f32[2,7], but "
                             "got f32[3,7]");
    std::vector<float> memory(100);
    call.input("x", Tensor::view(memory.data(), f32({2, 20})));
    call.output("y", Tensor::view(memory.data() + 30, f32({2, 7})));
    EXPECT_ERROR(call.run(), "expected the buffer of output 'y' to stand "
                             "apart, but it overlaps that of 'x'");
  }
}

TEST(DriverTest, ManyThreadsUseOneExecutable) {
  Program program = parseProgram(mlp, mlpParameters());
  Executable cpu = compileProgram(program, Target::parse("cpu"));
  Executable law = compileProgram(program, Target::parse("interpreter"));
  std::vector<std::thread> threads;
  std::vector<Tensor> results(8);
  for (int64_t i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      Tensor x = Tensor::random(f32({i % 3 + 1, 20}), Seed(i));
      results[i] = cpu.run({{"x", x}}).at("y");
    });
  for (std::thread &thread : threads)
    thread.join();
  for (int64_t i = 0; i < 8; ++i) {
    Tensor x = Tensor::random(f32({i % 3 + 1, 20}), Seed(i));
    expectClose(results[i], law.run({{"x", x}}).at("y"));
  }
}

TEST(DriverTest, MissingParametersAreNamed) {
  ParameterStore store = mlpParameters();
  store.set("b0", Tensor::zeros(f32({32})));
  Program program = parseProgram(mlp, store);
  Tensor x = Tensor::zeros(f32({2, 20}));
  for (const char *target : {"cpu", "interpreter"}) {
    Executable exe = compileProgram(program, Target::parse(target));
    EXPECT_NE(test::errorOf([&] { exe.run({{"x", x}}); })
                  .find("expected parameter 'b0' to have type f32[33], but got "
                        "f32[32]"),
              std::string::npos);
  }
}

/// What is returned without being computed, and returned twice.
TEST(DriverTest, OutputsMayBeInputsConstantsViewsAndEachOther) {
  Program program = parseProgram(R"(
    func.func @main(%x: tensor<2x2xi32> {tactus.name = "x"})
        -> (tensor<2x2xi32> {tactus.name = "a"}, tensor<2xi32> {tactus.name = "b"},
            tensor<4xi32> {tactus.name = "c"}, tensor<2x2xi32> {tactus.name = "d"}) {
      %k = tactus.constant dense<[5, 6]> : tensor<2xi32>
      %s = tactus.add %x, %x : (tensor<2x2xi32>, tensor<2x2xi32>) -> tensor<2x2xi32>
      %v = tactus.reshape %s {shape = array<i64: 4>} : (tensor<2x2xi32>) -> tensor<4xi32>
      return %x, %k, %v, %s : tensor<2x2xi32>, tensor<2xi32>, tensor<4xi32>, tensor<2x2xi32>
    })");
  Tensor x = Tensor::fromVector<int32_t>({2, 2}, {1, 2, 3, 4});
  for (const char *target : {"cpu", "interpreter"}) {
    auto y = compileProgram(program, Target::parse(target)).run({{"x", x}});
    EXPECT_TRUE(y.at("a").bitwiseEquals(x)) << target;
    EXPECT_TRUE(
        y.at("b").bitwiseEquals(Tensor::fromVector<int32_t>({2}, {5, 6})));
    EXPECT_TRUE(y.at("c").bitwiseEquals(
        Tensor::fromVector<int32_t>({4}, {2, 4, 6, 8})));
    EXPECT_TRUE(y.at("d").bitwiseEquals(
        Tensor::fromVector<int32_t>({2, 2}, {2, 4, 6, 8})));
  }
}

TEST(DriverTest, CreationNeedsNoInputs) {
  Program program = parseProgram(R"(
    func.func @main() -> (tensor<3xui8> {tactus.name = "a"}, tensor<2x3xi32> {tactus.name = "b"},
                          tensor<5xf32> {tactus.name = "c"}) {
      %a = tactus.fill {type = tensor<3xui8>, value = 2.0e+02 : f64} : tensor<3xui8>
      %b = tactus.iota {type = tensor<2x3xi32>, axis = -1 : i64} : tensor<2x3xi32>
      %c = tactus.random {type = tensor<5xf32>, seed = 7 : i64} : tensor<5xf32>
      return %a, %b, %c : tensor<3xui8>, tensor<2x3xi32>, tensor<5xf32>
    })");
  for (const char *target : {"cpu", "interpreter"}) {
    auto y = compileProgram(program, Target::parse(target)).run({});
    EXPECT_TRUE(y.at("a").bitwiseEquals(
        Tensor::fromVector<uint8_t>({3}, {200, 200, 200})))
        << target;
    EXPECT_TRUE(y.at("b").bitwiseEquals(
        Tensor::fromVector<int32_t>({2, 3}, {0, 1, 2, 0, 1, 2})));
    EXPECT_TRUE(y.at("c").bitwiseEquals(Tensor::random(f32({5}), Seed(7))));
  }
}

} // namespace
