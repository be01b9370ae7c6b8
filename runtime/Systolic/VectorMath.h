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

/// exp in f64 to 2^-50, rounded to f32.
float vectorExp(float x);
/// 1 / sqrt(x) in f64, rounded to f32.
float vectorRsqrt(float x);

/// Rounds to nearest, ties to even, adds `zeroPoint` and saturates; NaN gives
/// the zero point.
int8_t quantize(float value, int zeroPoint);

/// The element at `data` as an f32, an i32 rounded to nearest, ties to even.
float loadElement(DataType type, const uint8_t *data);
/// Rounds `value` to `type`, as `activate` does; not to i32.
void storeElement(DataType type, uint8_t *data, float value, int zeroPoint);

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_VECTORMATH_H
