//===- LegalizedAccuracyTest.cpp - What a machine's types cost ------------===//
#include "compiler/Driver/Calibrate.h"
#include "compiler/Driver/LegalizedProgram.h"
#include "compiler/Graph/GraphAccess.h"
#include "docs/examples/Classifier.h"
#include "docs/examples/EncoderLayer.h"
#include "runtime/Tensor/Accuracy.h"
#include "tactus/tactus.h"
#include "tests/unit/Driver/Programs.h"
#include "tests/unit/Support/ExpectError.h"
#include <gtest/gtest.h>

using namespace tactus;
using tactus::test::parseProgram;

namespace {

using Tensors = std::map<std::string, Tensor>;

const systolic::Machine &machine(const char *name) {
  return *systolic::findMachinePreset(name);
}

Tensor interpret(const Program &program, const Tensors &in) {
  return compileProgram(program, Target::parse("interpreter")).run(in).at("y");
}

/// The level that `edge` runs, calibrated with `in`.
Program legalizedForEdge(const Program &program, const Tensors &in) {
  return legalizedProgram(
      calibrate(program, Target::parse("systolic:edge"), {.samples = {in}}),
      machine("edge"));
}

//===----------------------------------------------------------------------===//
// Values that one can work out
//===----------------------------------------------------------------------===//

// The range 254 makes steps of 2: x is (254, 2, -100, 8) / 2. Columns of w have
// steps of 1 and 1/4, the bias is in steps of 2 and 1/2, and 0.3 rounds to 0.5.
TEST(LegalizedTest, BytesAreWhatOneWorksOut) {
  ParameterStore store;
  store.set("w", Tensor::fromVector<float>(
                     {4, 2}, {127, 1, -3, 31.75f, 10, 0, 1.4f, -0.5f}));
  store.set("b", Tensor::fromVector<float>({2}, {-3, 0.3f}));
  Program program = parseProgram(R"(
func.func @main(%x: tensor<1x4xf32> {tactus.name = "x"}) -> (tensor<1x2xf32> {tactus.name = "y"}) {
  %w = tactus.parameter @w : tensor<4x2xf32>
  %b = tactus.parameter @b : tensor<2xf32>
  %0 = tactus.matmul %x, %w : (tensor<1x4xf32>, tensor<4x2xf32>) -> tensor<1x2xf32>
  %1 = tactus.add %0, %b : (tensor<1x2xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  return %1 : tensor<1x2xf32>
})",
                                 store);
  // 3 / 2 and 5 / 2 are ties: both round to 2.
  Tensors in = {{"x", Tensor::fromVector<float>({1, 4}, {254, 3, -100, 5})}};
  Tensor y = interpret(legalizedForEdge(program, in), in);
  // 127 * 127 + 2 * -3 - 50 * 10 + 2 * 1, -3 / 2 = -1.5 to -2, in steps of 2;
  // 127 * 4 + 2 * 127 + 2 * -2, 0.3 / 0.5 = 0.6 to 1, in steps of 1/2.
  EXPECT_EQ(y.data<float>()[0], 2.0f * (16129 - 6 - 500 + 2 - 2));
  EXPECT_EQ(y.data<float>()[1], 0.5f * (508 + 254 - 4 + 1));
}

// A column of zeros keeps its bias, and one of tiny weights too: their steps
// are as large as the bias needs.
TEST(LegalizedTest, BiasesThatAreLargeBesideTheWeightsFit) {
  ParameterStore store;
  store.set("w",
            Tensor::fromVector<float>({2, 3}, {0, 1e-12f, 1, 0, 1e-12f, 1}));
  store.set("b", Tensor::fromVector<float>({3}, {0.3f, 5e4f, -2}));
  Program program = parseProgram(R"(
func.func @main(%x: tensor<1x2xf32> {tactus.name = "x"}) -> (tensor<1x3xf32> {tactus.name = "y"}) {
  %w = tactus.parameter @w : tensor<2x3xf32>
  %b = tactus.parameter @b : tensor<3xf32>
  %0 = tactus.matmul %x, %w : (tensor<1x2xf32>, tensor<2x3xf32>) -> tensor<1x3xf32>
  %1 = tactus.add %b, %0 : (tensor<3xf32>, tensor<1x3xf32>) -> tensor<1x3xf32>
  return %1 : tensor<1x3xf32>
})",
                                 store);
  Tensors in = {{"x", Tensor::fromVector<float>({1, 2}, {1, 1})}};
  Tensor y = interpret(legalizedForEdge(program, in), in);
  EXPECT_FLOAT_EQ(y.data<float>()[0], 0.3f);
  EXPECT_FLOAT_EQ(y.data<float>()[1], 5e4f);
  EXPECT_NEAR(y.data<float>()[2], 0, 1e-6);
}

// 1 + 2^-8 is halfway between two bf16 and goes to the even one, 1.
TEST(LegalizedTest, BFloat16RoundsToNearestEven) {
  Program program = parseProgram(R"(
func.func @main(%x: tensor<1x1xf32> {tactus.name = "x"}, %z: tensor<1x1xf32> {tactus.name = "z"})
    -> (tensor<1x1xf32> {tactus.name = "y"}) {
  %0 = tactus.matmul %x, %z : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
  return %0 : tensor<1x1xf32>
})");
  auto product = [&](float x, float z) {
    Tensors in = {{"x", Tensor::fromVector<float>({1, 1}, {x})},
                  {"z", Tensor::fromVector<float>({1, 1}, {z})}};
    return interpret(legalizedProgram(program, machine("tpu-v2")), in)
        .data<float>()[0];
  };
  EXPECT_EQ(product(1 + 0x1p-8f, 1), 1);
  EXPECT_EQ(product(1 + 0x1.8p-7f, 3), 3 + 3 * 0x1p-6f);
  EXPECT_EQ(product(1 + 0x1p-7f, 1 + 0x1p-7f), 1 + 0x1p-6f + 0x1p-14f);
}

TEST(LegalizedTest, AnUncalibratedProductIsRefused) {
  Graph g("g");
  Value x = g.input("x", f32({2, 2}));
  g.output("y", matmul(x, x).named("square"));
  std::string message = test::errorOf([&] {
    legalizedProgram(programOf(g, std::source_location::current()),
                     machine("edge"));
  });
  EXPECT_NE(
      message.find("'square' (matmul): expected the ranges of its operands, "
                   "since machine 'edge' multiplies i8, but got none; "
                   "--calibrate finds them from sample inputs"),
      std::string::npos)
      << message;
}

//===----------------------------------------------------------------------===//
// Bars
//===----------------------------------------------------------------------===//

Accuracy accuracyOf(const Program &legalized, const Program &program,
                    const Tensors &in) {
  Accuracy found =
      measureAccuracy(interpret(legalized, in), interpret(program, in));
  std::cout << found.str() << '\n';
  return found;
}

TEST(LegalizedAccuracyTest, TheClassifierInBytes) {
  ParameterStore weights = examples::classifierWeights();
  Program program = programOf(
      examples::classifier(weights, 1000, examples::ClassifierOutput::Logits),
      std::source_location::current());
  Program sampled =
      programOf(examples::classifier(weights, "batch",
                                     examples::ClassifierOutput::Logits),
                std::source_location::current());
  // Calibrated with other inputs than it is judged by.
  Tensors samples = {{"x", Tensor::random(f32({64, 784}), Seed(1))}};
  Tensors in = {{"x", Tensor::random(f32({1000, 784}), Seed(2))}};
  for (auto method :
       {Calibration::Method::MinMax, Calibration::Method::Percentile}) {
    Program calibrated = calibrate(sampled, Target::parse("systolic:edge"),
                                   {.samples = {samples}, .method = method});
    Accuracy found =
        accuracyOf(legalizedProgram(calibrated, machine("edge")), program, in);
    EXPECT_GE(found.cosine, 0.999);
    EXPECT_EQ(found.numRows, 1000);
    EXPECT_GE(found.numSameTop, 970);
    EXPECT_GT(found.maxError, 0);
  }
}

// Integers, and floats that are rounded once: the processor gives the same.
TEST(LegalizedAccuracyTest, TheProcessorRunsTheClassifierInBytesToTheBit) {
  Program program =
      programOf(examples::classifier(examples::classifierWeights(), "batch",
                                     examples::ClassifierOutput::Logits),
                std::source_location::current());
  Tensors sample = {{"x", Tensor::random(f32({8, 784}), Seed(1))}};
  std::vector<TensorType> types = {f32({16, 784})};
  Program legalized = legalizedProgram(
      calibrate(program, Target::parse("systolic:edge"), {.samples = {sample}}),
      machine("edge"), types);
  Tensors in = {{"x", Tensor::random(types[0], Seed(3))}};
  Tensor cpu = compileProgram(legalized, Target::parse("cpu")).run(in).at("y");
  EXPECT_TRUE(cpu.bitwiseEquals(interpret(legalized, in)));
}

TEST(LegalizedAccuracyTest, TheEncoderLayerInBFloat16) {
  examples::EncoderSizes sizes;
  ParameterStore weights = examples::encoderWeights(sizes, Seed(1));
  Program program = programOf(examples::encoderLayer(sizes, weights),
                              std::source_location::current());
  Tensors in = {
      {"x", Tensor::random(f32({sizes.sequence, sizes.hidden}), Seed(2))}};
  Accuracy found =
      accuracyOf(legalizedProgram(program, machine("tpu-v2")), program, in);
  EXPECT_GE(found.cosine, 0.999);
  EXPECT_GT(found.maxError, 0);
}

} // namespace
