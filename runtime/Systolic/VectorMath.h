//===- VectorMath.h - The arithmetic of the machine's units -----*- C++ -*-===//
//
// What `activate` and `vec` compute, to the bit, on every host: f64 operations
// that IEEE 754 defines, and no function of the C library but sqrt. Passes that
// write the machine's arithmetic as tactus ops take tables and rules from here.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_VECTORMATH_H
#define TACTUS_RUNTIME_SYSTOLIC_VECTORMATH_H

#include "dialects/Systolic/Encoding.h"
#include <cmath>
#include <span>

namespace tactus::systolic {

/// A function as 1024 segments of 1/64 on [-8, 8), continued in a straight line
/// on both sides: value[i] + slope[i] * (x - (-8 + i / 64)), the product and
/// the sum each rounded to f32.
struct SegmentTable {
  static constexpr int numSegments = 1024;
  std::array<float, numSegments> values = {};
  std::array<float, numSegments> slopes = {};
  /// Below -8, and from 8 on: the value there and the slope, 0 or 1.
  float below = 0, belowSlope = 0;
  float above = 0, aboveSlope = 0;

  /// NaN for NaN.
  float operator()(float x) const;
};

/// The table of a table function.
const SegmentTable &segmentTable(Function function);

/// exp(x) as the nearest f64, rounded to f32; so are the next two.
float vectorExp(float x);
/// log(x): NaN below 0, -infinity at 0.
float vectorLog(float x);
/// 1 / sqrt(x), each step in f64.
float vectorRsqrt(float x);

/// As tactus.maximum: NaN where one is, +0 over -0.
inline float maximum(float a, float b) {
  if (std::isnan(a) || std::isnan(b))
    return std::isnan(a) ? a : b;
  if (a == b)
    return std::signbit(a) ? b : a;
  return a > b ? a : b;
}
/// As tactus.minimum.
inline float minimum(float a, float b) {
  return -maximum(-a, -b);
}

/// A function with its numbers, as of `activate`.
struct AppliedFunction {
  Function function = Function::None;
  float alpha = 0, beta = 0;
};
/// Replaces each value by the function of it. `slopes`, of Prelu alone, are one
/// for each value or one for all.
void applyFunction(AppliedFunction applied, std::span<float> values,
                   std::span<const float> slopes);

/// Rounds to nearest, ties to even, adds `zeroPoint` and saturates; NaN gives
/// the zero point.
int8_t quantize(float value, int zeroPoint);

/// The elements at `data` as f32, i32 rounded to nearest, ties to even.
void loadElements(DataType type, const uint8_t *data, int64_t count,
                  float *values);
/// Rounds values to `type`, as `activate` does; not to i32.
void storeElements(DataType type, const float *values, int64_t count,
                   int zeroPoint, uint8_t *data);

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_VECTORMATH_H
