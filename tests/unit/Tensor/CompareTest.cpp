//===- CompareTest.cpp - How far two tensors are apart --------------------===//
#include "runtime/Tensor/Compare.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace tactus;

static Tensor floats(std::vector<float> values) {
  return Tensor::fromVector<float>({int64_t(values.size())}, values);
}

TEST(CompareTest, UlpDistances) {
  EXPECT_EQ(ulpDistance(1.0f, std::nextafter(1.0f, 2.0f)), 1u);
  EXPECT_EQ(ulpDistance(0.0f, -0.0f), 0u);
  EXPECT_EQ(ulpDistance(-0x1p-149f, 0x1p-149f), 2u);
  EXPECT_EQ(ulpDistance(INFINITY, 0x1.fffffep127f), 1u);
  EXPECT_EQ(ulpDistance(NAN, -NAN), 0u);
  EXPECT_EQ(ulpDistance(NAN, 1.0f), UINT64_MAX);
  EXPECT_EQ(ulpDistance(-HUGE_VAL, HUGE_VAL), 0xffe0000000000000u);
  EXPECT_EQ(ulpDistance(Float16(1.0f), Float16(2.0f)), 1024u);
  EXPECT_EQ(ulpDistance(BFloat16(1.0f), BFloat16(-1.0f)), 0x7f00u);
}

TEST(CompareTest, EqualTensors) {
  Comparison result = compare(floats({1, NAN, 0.0f}), floats({1, NAN, -0.0f}));
  EXPECT_TRUE(result.equal());
  EXPECT_EQ(result.report, "3 elements are equal");
}

TEST(CompareTest, ReportNamesFirstAndWorst) {
  Tensor expected = Tensor::fromVector<float>({2, 3}, {1, 2, 3, 4, 5, 6});
  Tensor actual = Tensor::fromVector<float>({2, 3}, {1, 2, 3.5, 4, 9, 6});
  Comparison result = compare(actual, expected);
  EXPECT_FALSE(result.equal());
  EXPECT_EQ(result.numDifferent, 2);
  EXPECT_EQ(result.firstDifferent, 2);
  EXPECT_EQ(result.worst, 4);
  EXPECT_EQ(result.maxAbsolute, 4);
  // 5 to 8 is 3 quarters of a binade of 2^23, 8 to 9 an eighth.
  EXPECT_EQ(result.maxUlps, uint64_t(3 << 21) + (1 << 20));
  EXPECT_EQ(result.report,
            "2 of 6 elements differ; first at [0, 2]: expected 3.0, but got "
            "3.5; worst at [1, 1]: expected 5.0, but got 9.0; at most 7340032 "
            "ulp, 4 absolute, 0.8 relative");
}

TEST(CompareTest, ToleranceInUlps) {
  Tensor expected = floats({1}), actual = floats({1 + 0x1p-22f});
  EXPECT_TRUE(compare(actual, expected, Tolerance::ofUlps(2)).equal());
  EXPECT_FALSE(compare(actual, expected, Tolerance::ofUlps(1)).equal());
  EXPECT_EQ(compare(actual, expected, Tolerance::ofUlps(2)).report,
            "1 element within tolerance, at most 2 ulp, 2.38e-07 absolute, "
            "2.38e-07 relative");
}

TEST(CompareTest, ToleranceOfDistance) {
  Tensor expected = floats({100, 0}), actual = floats({101, 0.5f});
  EXPECT_TRUE(compare(actual, expected, Tolerance::close(0.5, 0.005)).equal());
  EXPECT_EQ(
      compare(actual, expected, Tolerance::close(0.25, 0.01)).firstDifferent,
      1);
}

TEST(CompareTest, InfinityAndNaNAreNotNearAnything) {
  Tolerance wide = Tolerance::close(1e30, 1e30);
  EXPECT_FALSE(compare(floats({1}), floats({INFINITY}), wide).equal());
  EXPECT_FALSE(compare(floats({INFINITY}), floats({1}), wide).equal());
  EXPECT_FALSE(compare(floats({NAN}), floats({1}), wide).equal());
  EXPECT_TRUE(compare(floats({INFINITY}), floats({INFINITY}), wide).equal());
  EXPECT_EQ(compare(floats({NAN}), floats({1}), Tolerance::ofUlps(UINT64_MAX))
                .numDifferent,
            1);
}

TEST(CompareTest, IntegersAreComparedExactly) {
  Tensor a = Tensor::fromVector<int64_t>({2}, {INT64_MAX, 1});
  Tensor b = Tensor::fromVector<int64_t>({2}, {INT64_MIN, 1});
  Comparison result = compare(a, b, {100, 1e30, 1e30});
  EXPECT_EQ(result.maxUlps, UINT64_MAX);
  EXPECT_EQ(result.report, "1 of 2 elements differs; first at [0]: expected "
                           "-9223372036854775808, but got 9223372036854775807");
  EXPECT_EQ(compare(Tensor::fromVector<bool>({1}, {true}),
                    Tensor::fromVector<bool>({1}, {false}))
                .report,
            "1 of 1 element differs; first at [0]: expected false, but got "
            "true");
}

TEST(CompareTest, TypesAndShapesMustAgree) {
  Comparison result = compare(floats({1}), Tensor::zeros(f32({1, 1})));
  EXPECT_FALSE(result.equal());
  EXPECT_EQ(result.report, "expected f32[1,1], but got f32[1]");
}
