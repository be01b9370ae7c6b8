//===- VectorMathTest.cpp - Tables and functions of the units -------------===//
#include "runtime/Systolic/VectorMath.h"
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

using namespace tactus;
using namespace tactus::systolic;

namespace {
double reference(Function function, double x) {
  switch (function) {
  case Function::Sigmoid:
    return 1 / (1 + std::exp(-x));
  case Function::Tanh:
    return std::tanh(x);
  case Function::Gelu:
    return 0.5 * x * std::erfc(-x * std::sqrt(0.5));
  case Function::GeluTanh:
    return 0.5 * x *
           (1 + std::tanh(std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x)));
  default:
    return x / (1 + std::exp(-x));
  }
}

double worstError(Function function, double low, double high) {
  double worst = 0;
  for (double x = low; x <= high; x += 1.0 / 4096 + 1e-9)
    worst = std::max(worst, std::fabs(segmentTable(function)(float(x)) -
                                      reference(function, float(x))));
  return worst;
}
} // namespace

// A straight line over 1/64 is off by at most |f''| / 8 / 64^2: tanh 0.77,
// sigmoid 0.0962, gelu 0.8, silu 0.5, and f32 rounding on top.
TEST(VectorMathTest, TablesAreAsGoodAsTheirSegments) {
  EXPECT_LT(worstError(Function::Tanh, -8, 8), 2.4e-5);
  EXPECT_LT(worstError(Function::Sigmoid, -8, 8), 3.3e-6);
  EXPECT_LT(worstError(Function::Gelu, -8, 8), 2.6e-5);
  EXPECT_LT(worstError(Function::GeluTanh, -8, 8), 2.8e-5);
  EXPECT_LT(worstError(Function::Silu, -8, 8), 1.7e-5);
  // And straight beyond: silu(-8) = -0.0027, sigmoid(8) = 1 - 0.00034.
  EXPECT_LT(worstError(Function::Tanh, -20, 20), 2.4e-5);
  EXPECT_LT(worstError(Function::Sigmoid, -20, 20), 3.4e-4);
  EXPECT_LT(worstError(Function::Gelu, -20, 20), 2.6e-5);
  EXPECT_LT(worstError(Function::Silu, -20, 20), 2.7e-3);
}

TEST(VectorMathTest, TablesAreExactAtTheirPoints) {
  EXPECT_EQ(segmentTable(Function::Tanh)(0), 0);
  EXPECT_EQ(segmentTable(Function::Sigmoid)(0), 0.5f);
  EXPECT_EQ(segmentTable(Function::Gelu)(1),
            float(reference(Function::Gelu, 1)));
  EXPECT_EQ(segmentTable(Function::Silu)(-2.5f),
            float(reference(Function::Silu, -2.5)));
}

TEST(VectorMathTest, TablesTakeEveryFloat) {
  float infinity = std::numeric_limits<float>::infinity();
  EXPECT_TRUE(std::isnan(segmentTable(Function::Gelu)(std::nanf(""))));
  EXPECT_EQ(segmentTable(Function::Tanh)(infinity),
            segmentTable(Function::Tanh)(8));
  EXPECT_EQ(segmentTable(Function::Silu)(infinity), infinity);
  EXPECT_EQ(segmentTable(Function::Silu)(-infinity),
            segmentTable(Function::Silu)(-8));
  // x + 8 rounds to 16.
  float below = std::nextafter(8.0f, 0.0f);
  EXPECT_NEAR(segmentTable(Function::Silu)(below), 8, 0.003);
}

TEST(VectorMathTest, Rsqrt) {
  EXPECT_EQ(vectorRsqrt(4), 0.5f);
  EXPECT_EQ(vectorRsqrt(2), 0.70710678f);
  EXPECT_EQ(vectorRsqrt(0), std::numeric_limits<float>::infinity());
  EXPECT_TRUE(std::isnan(vectorRsqrt(-1)));
}

TEST(VectorMathTest, QuantizeTakesEveryFloat) {
  EXPECT_EQ(quantize(2.5f, 0), 2);
  EXPECT_EQ(quantize(3.5f, 0), 4);
  EXPECT_EQ(quantize(1e30f, -128), 127);
  EXPECT_EQ(quantize(-1e30f, 127), -128);
  EXPECT_EQ(quantize(255, -128), 127);
  EXPECT_EQ(quantize(254, -128), 126);
  EXPECT_EQ(quantize(std::nanf(""), 5), 5);
}
