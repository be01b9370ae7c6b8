//===- AccuracyScanTest.cpp - What judges the functions, judged -----------===//
#include "tests/unit/Math/AccuracyScan.h"
#include <bit>
#include <cmath>
#include <cstdio>
#include <gtest/gtest.h>
#include <random>

using namespace tactus::test;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

Judges judgesOf(std::string_view name) {
  for (const ExactFunction &function : exactFunctions())
    if (name == function.name)
      return findJudges(function);
  ADD_FAILURE() << name << " is not known";
  return {};
}

/// Of eight results, the first two differ from `exact` as f64.
BlockErrors judgeTwo(float first, float second, double exact) {
  float results[8] = {first, second};
  double references[8] = {exact, exact};
  return judge(results, references, 8);
}

} // namespace

// exp of the first is 2^-51, of the second 2^-52 relatively from the middle of
// two f32: the f64 is the middle, or its neighbor.
TEST(AccuracyScanTest, MpfrDecidesWhatIsNearTheMiddle) {
  Judges judges = judgesOf("exp");
  for (float x : {-0x1.e1dbe2p-8f, -0x1.d2259ap+3f}) {
    double exact = std::exp(double(x));
    float near = Exact::of(mpfr_exp, Exact(x)).toFloat();
    float other = std::nextafterf(near, exact > near ? infinity : 0.0f);
    double middle = (double(near) + double(other)) / 2;
    ASSERT_LE(std::fabs(exact / middle - 1), 0x1p-50) << std::hexfloat << x;
    // Wherever the reference is within its bound.
    for (double reference :
         {middle, middle * (1 + 0x1p-45), middle * (1 - 0x1p-45)}) {
      BlockErrors errors = judgeTwo(near, other, reference);
      EXPECT_EQ(errors.misrounded, 0u);
      EXPECT_EQ(errors.undecided, (std::vector<int64_t>{0, 1}));
      float in[] = {x, x};
      EXPECT_EQ(
          countMisrounded(judges, errors, in, std::vector{near, near}.data()),
          0u);
      EXPECT_EQ(
          countMisrounded(judges, errors, in, std::vector{other, near}.data()),
          1u);
      EXPECT_EQ(
          countMisrounded(judges, errors, in, std::vector{other, other}.data()),
          2u);
    }
  }
}

// x / 2 is the middle of two subnormal numbers, and x sigmoid(x) above it by a
// part in 2^128, which no reference can show.
TEST(AccuracyScanTest, MpfrDecidesSubnormalResults) {
  Judges judges = judgesOf("silu");
  for (float x : {0x5p-149f, -0x5p-149f}) {
    float near = x > 0 ? 0x3p-149f : -0x2p-149f;
    float other = x > 0 ? 0x2p-149f : -0x3p-149f;
    BlockErrors errors = judgeTwo(near, other, double(x) / 2);
    ASSERT_EQ(errors.undecided, (std::vector<int64_t>{0, 1}));
    float in[] = {x, x}, out[] = {near, other};
    EXPECT_EQ(countMisrounded(judges, errors, in, out), 1u);
    EXPECT_EQ(judges.precise->nearest(x), near);
  }
  // The even one, of an exact middle.
  EXPECT_EQ(judgesOf("leaky_relu").precise->nearest(-0x6p-149f), -0x2p-149f);
}

// What decides without MPFR is what MPFR decides.
TEST(AccuracyScanTest, TangentsDecideAsMpfrDoes) {
  std::mt19937_64 random(9);
  for (const char *name :
       {"silu", "gelu_tanh", "gelu_erf", "elu", "hard_swish"})
    for (int i = 0; i < 3000; ++i) {
      // A third is subnormal.
      uint32_t size = uint32_t(random());
      size %= i % 3 == 0 ? 1u << 23 : std::bit_cast<uint32_t>(tinyForTangent);
      float x = std::bit_cast<float>(size | uint32_t(i % 2) << 31);
      const PreciseFunction &precise = *judgesOf(name).precise;
      ASSERT_EQ(precise.nearest(x), precise.compute(Exact(x)).toFloat())
          << name << " of " << std::hexfloat << x;
    }
  // 3/4 of it, 0x900001.8p-69, is a middle.
  float x = 0xc00002p-69f;
  EXPECT_EQ(nearestToTangent(0.75, x), 0x900002p-69f);
  EXPECT_EQ(nearestToTangent(0.75, -x), -0x900001p-69f);
}

TEST(AccuracyScanTest, DistancesAreInUnitsOfTheExactResult) {
  BlockErrors errors = judgeTwo(1, 1 + 0x3p-23f, 1 + 0x1p-30);
  EXPECT_NEAR(errors.largest, 3 - 0x1p-7, 1e-9);
  EXPECT_EQ(errors.at, 1);
  EXPECT_EQ(errors.misrounded, 1u);
  EXPECT_TRUE(errors.undecided.empty());
  // Units are half as large below a power of two.
  EXPECT_NEAR(judgeTwo(1, 1, 1 - 0x1p-24).largest, 1, 1e-9);
  // And no smaller than the least number.
  EXPECT_NEAR(judgeTwo(0x1p-149f, 0x1p-149f, 0x1p-150).largest, 0.5, 1e-9);
}

TEST(AccuracyScanTest, SpecialValuesAreRightOrInfinitelyFar) {
  EXPECT_EQ(judgeTwo(NAN, NAN, NAN).largest, 0);
  EXPECT_EQ(judgeTwo(infinity, infinity, 1e39).largest, 0);
  EXPECT_EQ(judgeTwo(infinity, -infinity, INFINITY).largest, infinity);
  EXPECT_EQ(judgeTwo(1, NAN, 1).largest, infinity);
  EXPECT_EQ(judgeTwo(1, infinity, 1).largest, infinity);
  EXPECT_EQ(judgeTwo(0, NAN, NAN).largest, infinity);
  EXPECT_EQ(judgeTwo(1, NAN, 1).misrounded, 1u);
}

// A column that is 3 units off for one input is found, whatever the threads.
TEST(AccuracyScanTest, FindsTheOneInputThatIsOff) {
  Judges judges = judgesOf("floor");
  static constexpr uint32_t stride = 4099, bits = 0x3f800000 / stride * stride;
  Column column{nullptr, [](float x) {
                  bool isIt = std::bit_cast<uint32_t>(x) == bits;
                  return isIt ? -0x3p-149f : std::floor(x);
                }};
  for (unsigned threads : {1u, 3u}) {
    std::vector<Score> scores =
        scan(judges, {column, std::nullopt, column}, stride, threads);
    for (size_t c : {size_t(0), size_t(2)}) {
      EXPECT_EQ(scores[c].worst.distance, 3);
      EXPECT_EQ(scores[c].worst.bits, bits);
      EXPECT_EQ(scores[c].misrounded, 1u);
    }
    EXPECT_EQ(scores[1].worst.distance, 0);
  }
}

class ReferencesTest : public testing::TestWithParam<ExactFunction> {};

// The bound that BlockErrors.h goes by, with a factor of 2 to spare.
TEST_P(ReferencesTest, AreWithinTheirBound) {
  Judges judges = findJudges(GetParam());
  std::mt19937_64 random(5);
  std::vector<float> in;
  for (int i = 0; i < 4096; ++i) {
    uint64_t bits = random();
    // Half of all exponents, half where functions bend.
    float any = std::bit_cast<float>(uint32_t(bits));
    float near = std::ldexp(float(int64_t(bits)) * 0x1p-63f, i % 32 - 24);
    in.push_back(i % 4 < 2 ? any : near);
  }
  std::vector<double> references(in.size());
  judges.quick->reference(in.data(), references.data(), int64_t(in.size()));
  for (size_t i = 0; i < in.size(); ++i) {
    float x = in[i];
    if (std::isnan(x)) {
      EXPECT_TRUE(std::isnan(references[i]));
      continue;
    }
    Exact exact = judges.precise->compute(Exact(x));
    if (exact.isNan() || exact.isInfinite() || exact.isZero()) {
      EXPECT_EQ(exact.isNan(), std::isnan(references[i])) << x;
      if (!exact.isNan())
        EXPECT_EQ(float(references[i]), exact.toFloat()) << x;
      continue;
    }
    // What rounds to 0 or infinity is not told apart.
    if (std::isinf(exact.toFloat()) || exact.exponent() < -151) {
      EXPECT_EQ(float(references[i]), exact.toFloat()) << x;
      continue;
    }
    Exact error = (Exact(references[i]) - exact) / exact;
    ASSERT_LE(std::fabs(error.toDouble()), 0x1p-45)
        << GetParam().name << " of " << std::hexfloat << x;
  }
}

INSTANTIATE_TEST_SUITE_P(Functions, ReferencesTest,
                         testing::ValuesIn(exactFunctions().begin(),
                                           exactFunctions().end()),
                         [](const testing::TestParamInfo<ExactFunction> &info) {
                           return std::string(info.param.name);
                         });

int main(int argc, char **argv) {
  if (!hostHas(levels()[2])) {
    std::fprintf(stderr, "this processor has no AVX-512 to judge with\n");
    return 77;
  }
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
