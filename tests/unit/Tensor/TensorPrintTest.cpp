//===- TensorPrintTest.cpp - Tensors as NumPy prints them -----------------===//
//
// The expected strings are NumPy 1.24's.
//
//===----------------------------------------------------------------------===//
#include "tactus/Tensor.h"
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <sstream>

using namespace tactus;

template <typename T>
static std::string print(std::vector<int64_t> shape,
                         const std::vector<T> &values) {
  return Tensor::fromVector<T>(std::move(shape), values).str();
}

static const float inf = INFINITY, notANumber = NAN;

TEST(TensorPrintTest, MatrixOfFloatsStartsOnItsOwnLine) {
  std::ostringstream out;
  out << Tensor::fromVector<float>(
      {2, 2}, {0.98201376f, 0.9933072f, 0.9999546f, 0.7310586f});
  EXPECT_EQ(out.str(), "Tensor(\n[[0.98201376 0.9933072 ]\n"
                       " [0.9999546  0.7310586 ]], shape=(2, 2), "
                       "dtype=float32)");
}

TEST(TensorPrintTest, OneLineStaysOnTheLine) {
  EXPECT_EQ(print<int32_t>({2}, {5, 7}),
            "Tensor([5 7], shape=(2,), dtype=int32)");
  EXPECT_EQ(print<int32_t>({1, 2}, {5, -7}),
            "Tensor([[ 5 -7]], shape=(1, 2), dtype=int32)");
}

TEST(TensorPrintTest, Scalars) {
  EXPECT_EQ(print<float>({}, {5}), "Tensor(5.0, shape=(), dtype=float32)");
  EXPECT_EQ(print<double>({}, {1e16}),
            "Tensor(1e+16, shape=(), dtype=float64)");
  EXPECT_EQ(print<float>({}, {1e-4f}),
            "Tensor(1e-04, shape=(), dtype=float32)");
  EXPECT_EQ(print<float>({}, {-notANumber}),
            "Tensor(nan, shape=(), dtype=float32)");
  EXPECT_EQ(print<uint8_t>({}, {200}), "Tensor(200, shape=(), dtype=uint8)");
  EXPECT_EQ(print<bool>({}, {true}), "Tensor(True, shape=(), dtype=bool)");
}

TEST(TensorPrintTest, EmptyTensors) {
  EXPECT_EQ(Tensor().str(), "Tensor([], shape=(0,), dtype=float32)");
  EXPECT_EQ(Tensor::zeros(i8({2, 0, 3})).str(),
            "Tensor([], shape=(2, 0, 3), dtype=int8)");
}

TEST(TensorPrintTest, TrailingZerosAreTrimmedAndColumnsPadded) {
  EXPECT_EQ(print<float>({3}, {1, -2.5f, 10.25f}),
            "Tensor([ 1.   -2.5  10.25], shape=(3,), dtype=float32)");
  EXPECT_EQ(print<float>({2}, {4, 5}),
            "Tensor([4. 5.], shape=(2,), dtype=float32)");
  EXPECT_EQ(print<float>({2}, {-0.0f, 0.0f}),
            "Tensor([-0.  0.], shape=(2,), dtype=float32)");
}

TEST(TensorPrintTest, ExponentForm) {
  EXPECT_EQ(print<float>({2}, {1e8f, 1}),
            "Tensor([1.e+08 1.e+00], shape=(2,), dtype=float32)");
  EXPECT_EQ(print<float>({2}, {1001, 1}),
            "Tensor([1.001e+03 1.000e+00], shape=(2,), dtype=float32)");
  EXPECT_EQ(print<float>({2}, {1000, 1}),
            "Tensor([1000.    1.], shape=(2,), dtype=float32)");
  // Digits past the shortest are those of the exact value.
  EXPECT_EQ(print<float>({2}, {1e-5f, 1.2345678e-5f}),
            "Tensor([9.9999997e-06 1.2345678e-05], shape=(2,), dtype=float32)");
  EXPECT_EQ(print<double>({2}, {5e-324, -1e300}),
            "Tensor([ 5.e-324 -1.e+300], shape=(2,), "
            "dtype=float64)");
}

TEST(TensorPrintTest, EightDigitsAfterThePointAtMost) {
  EXPECT_EQ(print<double>({2}, {1.0 / 3, 0.5}),
            "Tensor([0.33333333 0.5       ], shape=(2,), dtype=float64)");
  EXPECT_EQ(print<double>({1}, {0.9999999999}),
            "Tensor([1.], shape=(1,), dtype=float64)");
}

TEST(TensorPrintTest, NonFinite) {
  EXPECT_EQ(print<float>({4}, {notANumber, inf, -inf, 1.5f}),
            "Tensor([ nan  inf -inf  1.5], shape=(4,), dtype=float32)");
  EXPECT_EQ(print<float>({2}, {notANumber, inf}),
            "Tensor([nan inf], shape=(2,), dtype=float32)");
  EXPECT_EQ(print<float>({2}, {inf, 1e10f}),
            "Tensor([   inf 1.e+10], shape=(2,), dtype=float32)");
}

TEST(TensorPrintTest, Booleans) {
  EXPECT_EQ(print<bool>({2}, {true, false}),
            "Tensor([ True False], shape=(2,), dtype=bool)");
}

TEST(TensorPrintTest, SixteenBitFloatsUseTheirOwnShortestDigits) {
  EXPECT_EQ(
      print<Float16>({3}, {Float16(0.1f), Float16(1.f), Float16(65504.f)}),
      "Tensor([1.00e-01 1.00e+00 6.55e+04], shape=(3,), dtype=float16)");
  EXPECT_EQ(print<Float16>({2}, std::vector{Float16(0.1f), Float16(1.f)}),
            "Tensor([0.1 1. ], shape=(2,), dtype=float16)");
  EXPECT_EQ(
      print<BFloat16>({2}, std::vector{BFloat16(0.1f), BFloat16(3.14159f)}),
      "Tensor([0.1  3.14], shape=(2,), dtype=bfloat16)");
}

TEST(TensorPrintTest, WholePartIsExactExceptInScalars) {
  EXPECT_EQ(print<Float16>({1}, std::vector{Float16(65504.f)}),
            "Tensor([65504.], shape=(1,), dtype=float16)");
  EXPECT_EQ(print<Float16>({}, std::vector{Float16(65504.f)}),
            "Tensor(65500.0, shape=(), dtype=float16)");
}

TEST(TensorPrintTest, LongRowsWrapAt75Columns) {
  std::vector<int32_t> values(30);
  std::iota(values.begin(), values.end(), 0);
  EXPECT_EQ(
      print<int32_t>({30}, values),
      "Tensor(\n"
      "[ 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 "
      "22 23\n 24 25 26 27 28 29], shape=(30,), dtype=int32)");
}

TEST(TensorPrintTest, OuterAxesAreSeparatedByEmptyLines) {
  std::vector<int32_t> values(8);
  std::iota(values.begin(), values.end(), 0);
  EXPECT_EQ(
      print<int32_t>({2, 2, 2}, values),
      "Tensor(\n[[[0 1]\n  [2 3]]\n\n [[4 5]\n  [6 7]]], shape=(2, 2, 2), "
      "dtype=int32)");
}

TEST(TensorPrintTest, MoreThanAThousandElementsAreSummarized) {
  std::vector<int64_t> values(2002);
  std::iota(values.begin(), values.end(), 0);
  EXPECT_EQ(print<int64_t>({1001}, {values.begin(), values.begin() + 1001}),
            "Tensor([   0    1    2 ...  998  999 1000], shape=(1001,), "
            "dtype=int64)");
  EXPECT_EQ(print<int64_t>({2, 1001}, values),
            "Tensor(\n[[   0    1    2 ...  998  999 1000]\n"
            " [1001 1002 1003 ... 1999 2000 2001]], shape=(2, 1001), "
            "dtype=int64)");
  // The elements left out do not widen the columns.
  EXPECT_EQ(print<int64_t>({7, 143}, std::vector<int64_t>(1001, 4)),
            "Tensor(\n[[4 4 4 ... 4 4 4]\n [4 4 4 ... 4 4 4]\n"
            " [4 4 4 ... 4 4 4]\n ...\n [4 4 4 ... 4 4 4]\n"
            " [4 4 4 ... 4 4 4]\n [4 4 4 ... 4 4 4]], shape=(7, 143), "
            "dtype=int64)");
}
