//===- ExtremesTest.cpp - max and min of zeros, infinities and NaN --------===//
#include "tactus/tactus.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace tactus;

namespace {

struct Row {
  float first, second, max, min;
};

const Row rows[] = {
    {-0.f, 0.f, 0.f, -0.f},
    {0.f, -0.f, 0.f, -0.f},
    {-0.f, -0.f, -0.f, -0.f},
    {-1, -2, -1, -2},
    {-1, 2, 2, -1},
    {1, 2, 2, 1},
    {-INFINITY, -INFINITY, -INFINITY, -INFINITY},
    {INFINITY, INFINITY, INFINITY, INFINITY},
    {-INFINITY, 3, 3, -INFINITY},
    {NAN, 1, NAN, NAN},
    {1, NAN, NAN, NAN},
    {-NAN, INFINITY, NAN, NAN},
    {-INFINITY, -NAN, NAN, NAN},
};
constexpr int64_t numRows = std::size(rows);

void expectSame(float actual, float expected, const std::string &what) {
  if (std::isnan(expected)) {
    EXPECT_TRUE(std::isnan(actual)) << what << " is " << actual;
    return;
  }
  EXPECT_EQ(actual, expected) << what;
  EXPECT_EQ(std::signbit(actual), std::signbit(expected)) << what;
}

/// The row's two numbers in turn, `length` of them, along `axis` of a matrix.
Tensor spread(int64_t length, int64_t axis) {
  std::vector<float> elements(size_t(numRows * length));
  for (int64_t row = 0; row < numRows; ++row)
    for (int64_t i = 0; i < length; ++i)
      elements[size_t(axis == 1 ? row * length + i : i * numRows + row)] =
          i % 2 ? rows[row].second : rows[row].first;
  return axis == 1 ? Tensor::fromVector<float>({numRows, length}, elements)
                   : Tensor::fromVector<float>({length, numRows}, elements);
}

TEST(ExtremesTest, OrderZerosAndPassNaNOn) {
  for (ElementType type :
       {ElementType::F32, ElementType::F64, ElementType::F16})
    for (const char *target : {"interpreter", "cpu", "cpu:x86-64-v2"})
      for (int64_t axis : {0, 1})
        // A row without a vector, one with a tail, and one of vectors alone.
        for (int64_t length : {2, 35, 64}) {
          Tensor in = spread(length, axis);
          Graph g("extremes");
          Value x = cast(g.input("x", in.type()), type);
          g.output("max", cast(max(x, axis), ElementType::F32));
          g.output("min", cast(min(x, axis), ElementType::F32));
          auto out = compile(g, Target::parse(target)).run({{"x", in}});
          for (int64_t row = 0; row < numRows; ++row) {
            std::string what =
                std::string(target) + ", type " + std::to_string(int(type)) +
                ", axis " + std::to_string(axis) + ", length " +
                std::to_string(length) + ", row " + std::to_string(row);
            expectSame(out.at("max").data<float>()[size_t(row)], rows[row].max,
                       "max of " + what);
            expectSame(out.at("min").data<float>()[size_t(row)], rows[row].min,
                       "min of " + what);
          }
        }
}

} // namespace
