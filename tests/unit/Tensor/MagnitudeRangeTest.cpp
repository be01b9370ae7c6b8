//===- MagnitudeRangeTest.cpp - How large numbers are ---------------------===//
#include "runtime/Tensor/MagnitudeRange.h"
#include "tests/unit/Support/ExpectError.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace tactus;

static Tensor floats(std::vector<float> values) {
  return Tensor::fromVector<float>({int64_t(values.size())}, values);
}

TEST(MagnitudeRangeTest, TheGreatestIsExactOverAllTensors) {
  MagnitudeRange range;
  range.add(floats({0.1f, -3.7f, 2}));
  range.add(floats({-0.25f, 3.5f}));
  EXPECT_EQ(range.greatest(), 3.7f);
  EXPECT_EQ(range.count(), 5u);
}

TEST(MagnitudeRangeTest, OfNoNumbersIsZero) {
  MagnitudeRange range;
  range.add(floats({}));
  EXPECT_EQ(range.greatest(), 0);
  EXPECT_EQ(range.percentile(99), 0);
}

TEST(MagnitudeRangeTest, TakesNarrowFloats) {
  MagnitudeRange range;
  range.add(Tensor::fromVector<Float16>({1}, {Float16(1.5f)}));
  range.add(Tensor::fromVector<BFloat16>({1}, {BFloat16(-2.5f)}));
  EXPECT_EQ(range.greatest(), 2.5f);
}

// 1, -2, 3, ..., -100: the rank of p per cent is p.
TEST(MagnitudeRangeTest, PercentileIsWithinABinOfTheRank) {
  MagnitudeRange range;
  std::vector<float> values;
  for (int i = 100; i >= 1; --i)
    values.push_back(i % 2 ? float(i) : -float(i));
  range.add(floats(values));
  for (double percent : {0.5, 1.0, 37.0, 50.0, 99.0}) {
    double rank = std::ceil(percent);
    EXPECT_GE(range.percentile(percent), rank);
    EXPECT_LE(range.percentile(percent), rank * (1 + 1.0 / 256));
  }
  EXPECT_EQ(range.percentile(100), 100);
  EXPECT_EQ(range.percentile(99.01), 100);
}

TEST(MagnitudeRangeTest, PercentileLeavesOutliersOut) {
  MagnitudeRange range;
  range.add(Tensor::random(f32({9999}), Seed(1)));
  range.add(floats({-1e6f}));
  EXPECT_EQ(range.greatest(), 1e6f);
  EXPECT_LE(range.percentile(99.99), 1);
  EXPECT_GT(range.percentile(99.99), 0.99f);
}

// Zeros and numbers without an exponent of their own have bins too.
TEST(MagnitudeRangeTest, CountsTheLeastNumbers) {
  MagnitudeRange range;
  range.add(floats({0, -0.0f, 0x1p-149f, 0x1.fffffep127f}));
  EXPECT_LT(range.percentile(50), 0x1p-126f);
  EXPECT_EQ(range.percentile(100), 0x1.fffffep127f);
}

TEST(MagnitudeRangeTest, OrderDoesNotMatter) {
  Tensor a = Tensor::random(f32({500}), Seed(1));
  Tensor b = Tensor::random(f32({300}), Seed(2));
  MagnitudeRange first, second;
  first.add(a);
  first.add(b);
  second.add(b);
  second.add(a);
  for (double percent : {10.0, 50.0, 99.0, 99.9})
    EXPECT_EQ(first.percentile(percent), second.percentile(percent));
}

TEST(MagnitudeRangeTest, RefusesWhatIsNotFiniteOrNoFloat) {
  MagnitudeRange range;
  EXPECT_ERROR(range.add(floats({1, NAN})),
               "expected finite numbers, but got nan");
  EXPECT_ERROR(range.add(floats({-INFINITY})),
               "expected finite numbers, but got -inf");
  EXPECT_ERROR(range.add(Tensor::zeros(i32({2}))),
               "expected numbers of f16, bf16 or f32, but got i32[2]");
}
