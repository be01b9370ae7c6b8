//===- CalibrationTest.cpp - Ranges from sample inputs --------------------===//
#include "compiler/Driver/Calibrate.h"
#include "compiler/Transforms/Ranges.h"
#include "tactus/tactus.h"
#include "tests/unit/Driver/Programs.h"
#include "tests/unit/Support/ExpectError.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace tactus;
using tactus::test::parseProgram;

namespace {

using Tensors = std::map<std::string, Tensor>;

/// x times a parameter, then relu, then times itself.
const char *twoProducts = R"(
func.func @main(%x: tensor<?x2xf32> {tactus.name = "x", tactus.dims = ["batch", ""]})
    -> (tensor<?x2xf32> {tactus.name = "y"}) {
  %w = tactus.parameter @w : tensor<2x2xf32>
  %0 = tactus.matmul %x, %w : (tensor<?x2xf32>, tensor<2x2xf32>) -> tensor<?x2xf32>
  %1 = tactus.relu %0 : tensor<?x2xf32>
  %2 = tactus.transpose %1 {perm = array<i64: 1, 0>} : (tensor<?x2xf32>) -> tensor<2x?xf32>
  %3 = tactus.matmul %2, %1 : (tensor<2x?xf32>, tensor<?x2xf32>) -> tensor<2x2xf32>
  %4 = tactus.matmul %x, %3 : (tensor<?x2xf32>, tensor<2x2xf32>) -> tensor<?x2xf32>
  return %4 : tensor<?x2xf32>
})";

Program twoProductsProgram() {
  ParameterStore store;
  store.set("w", Tensor::fromVector<float>({2, 2}, {1, 0, 0, -100}));
  return parseProgram(twoProducts, store);
}

Target edge() {
  return Target::parse("systolic:edge");
}

Tensors sample(std::vector<int64_t> shape, std::vector<float> values) {
  return {{"x", Tensor::fromVector<float>(std::move(shape), values)}};
}

/// The ranges of all products, in order.
std::vector<std::vector<float>> rangesOf(const Program &program) {
  std::vector<std::vector<float>> ranges;
  mlir::ModuleOp(program.module.get()).walk([&](ir::MatmulOp op) {
    auto found = op->getAttrOfType<mlir::DenseF32ArrayAttr>(rangesAttribute);
    ranges.push_back(found ? found.asArrayRef().vec() : std::vector<float>());
    EXPECT_FALSE(op->hasAttr("tactus.calibrated"));
  });
  return ranges;
}

using Ranges = std::vector<std::vector<float>>;

// x w is (3, 200), then (-0.5, -700) and (1, 100); relu drops the negative.
TEST(CalibrationTest, MinMaxIsExactOverSamplesOfAnySize) {
  Program program = calibrate(twoProductsProgram(), edge(),
                              {.samples = {sample({1, 2}, {3, -2}),
                                           sample({2, 2}, {-0.5f, 7, 1, -1})}});
  EXPECT_EQ(rangesOf(program), (Ranges{{7, 0}, {200, 200}, {7, 40000}}));
}

TEST(CalibrationTest, PercentileLeavesOutWhatIsRare) {
  std::vector<float> values(2 * 5000, 1);
  values[17] = -64;
  Program program = calibrate(twoProductsProgram(), edge(),
                              {.samples = {sample({5000, 2}, values)},
                               .method = Calibration::Method::Percentile,
                               .percentile = 99.9});
  Ranges found = rangesOf(program);
  // The greatest float of the bin that begins at 1.
  EXPECT_EQ(found[0][0], std::nextafter(1 + 1.0f / 256, 0.0f));
  program = calibrate(twoProductsProgram(), edge(),
                      {.samples = {sample({5000, 2}, values)},
                       .method = Calibration::Method::Percentile,
                       .percentile = 100});
  EXPECT_EQ(rangesOf(program)[0][0], 64);
}

TEST(CalibrationTest, ComputesTheSame) {
  Tensors in = {{"x", Tensor::random(f32({5, 2}), Seed(1))}};
  Program program = twoProductsProgram();
  Program calibrated = calibrate(program, edge(), {.samples = {in}});
  Target law = Target::parse("interpreter");
  EXPECT_TRUE(compileProgram(calibrated, law)
                  .run(in)
                  .at("y")
                  .bitwiseEquals(compileProgram(program, law).run(in).at("y")));
  EXPECT_EQ(rangesOf(program), (Ranges{{}, {}, {}}));
}

// A product of parameters is computed at load, one of integers is the machine's
// own, and in a branch that no sample takes nothing is known.
TEST(CalibrationTest, MeasuresOnlyWhatRunsAndIsRounded) {
  ParameterStore store;
  store.set("w", Tensor::zeros(f32({2, 2})));
  Program program = parseProgram(R"(
func.func @main(%x: tensor<2x2xf32> {tactus.name = "x"}, %q: tensor<2x2xi8> {tactus.name = "q"},
                %c: tensor<i1> {tactus.name = "c"}) -> (tensor<2x2xf32>, tensor<2x2xi32>) {
  %w = tactus.parameter @w : tensor<2x2xf32>
  %0 = tactus.matmul %w, %w : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  %1 = tactus.matmul %q, %q : (tensor<2x2xi8>, tensor<2x2xi8>) -> tensor<2x2xi32>
  %2 = tactus.if %c : (tensor<i1>) -> tensor<2x2xf32> then {
    %3 = tactus.matmul %x, %0 : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
    tactus.yield %3 : tensor<2x2xf32>
  } else {
    %4 = tactus.matmul %0, %x : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
    tactus.yield %4 : tensor<2x2xf32>
  }
  return %2, %1 : tensor<2x2xf32>, tensor<2x2xi32>
})",
                                 store);
  Tensors in = sample({2, 2}, {1, 2, -3, 4});
  in["q"] = Tensor::zeros(i8({2, 2}));
  in["c"] = Tensor::fromVector<bool>({}, {true});
  EXPECT_EQ(rangesOf(calibrate(program, edge(), {.samples = {in}})),
            (Ranges{{}, {}, {4, 0}, {}}));
}

TEST(CalibrationTest, SaysWhichSampleIsWrong) {
  Tensors good = sample({1, 2}, {1, 2});
  Program program = twoProductsProgram();
  auto run = [&](std::vector<Tensors> samples) {
    return calibrate(program, edge(), {.samples = std::move(samples)});
  };
  EXPECT_ERROR(run({good, {}}),
               "calibration sample 1: expected input 'x' of type f32[batch,2], "
               "but got none");
  EXPECT_ERROR(run({sample({1, 3}, {1, 2, 3})}),
               "calibration sample 0: expected input 'x' to have type "
               "f32[batch,2], but got f32[1,3]");
  std::string message =
      test::errorOf([&] { run({good, good, sample({1, 2}, {1, NAN})}); });
  EXPECT_NE(message.find("(matmul): calibration sample 2: lhs: expected finite "
                         "numbers, but got nan"),
            std::string::npos)
      << message;
}

TEST(CalibrationTest, RefusesWhatCannotBe) {
  Program program = twoProductsProgram();
  Tensors good = sample({1, 2}, {1, 2});
  for (const char *name : {"cpu", "interpreter", "systolic:tpu-v2"})
    EXPECT_ERROR(
        calibrate(program, Target::parse(name), {.samples = {good}}),
        "expected a systolic machine that multiplies i8 as the target of a "
        "calibration, but got '" +
            std::string(name) + "'");
  EXPECT_ERROR(calibrate(program, edge(), {}),
               "expected one sample or more to calibrate with, but got none");
  for (auto [percentile, text] :
       {std::pair(0.0, "0.0"), {100.5, "100.5"}, {NAN, "nan"}})
    EXPECT_ERROR(calibrate(program, edge(),
                           {.samples = {good},
                            .method = Calibration::Method::Percentile,
                            .percentile = percentile}),
                 "expected a percentile above 0 and at most 100, but got " +
                     std::string(text));
}

TEST(CalibrationTest, TheApiRefusesSamplesThatATargetDoesNotNeed) {
  Graph g("g");
  Value x = g.input("x", f32({2, 2}));
  g.output("y", matmul(x, x));
  Tensors in = sample({2, 2}, {1, 2, 3, 4});
  EXPECT_ERROR(
      compile(g, Target::parse("cpu"), {.calibration = {.samples = {in}}}),
      "expected a systolic machine that multiplies i8 as the target "
      "of a calibration, but got 'cpu'");
}

} // namespace
