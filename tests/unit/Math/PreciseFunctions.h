//===- PreciseFunctions.h - Elementwise functions in 400 bits ---*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_MATH_PRECISEFUNCTIONS_H
#define TACTUS_TESTS_UNIT_MATH_PRECISEFUNCTIONS_H

#include "tests/unit/Support/Exact.h"
#include <string_view>

namespace tactus::test {

/// By MPFR, for what 53 bits leave open.
struct PreciseFunction {
  const char *name;
  Exact (*compute)(const Exact &);
  /// Where not 0, the function of a tiny x, below or above 0, is that times x,
  /// and a positive number beside it: see nearestToTangent.
  double slopeBelow = 0, slopeAbove = 0;

  /// The f32 nearest to the function of x.
  float nearest(float x) const;
};

/// Below this size of x, slopes hold.
constexpr float tinyForTangent = 0x1p-40f;

/// The f32 nearest to slope * x + d, d being positive and below 2^-38 of the
/// other term. Slopes have two bits, so slope * x has at most 26: it is the
/// middle of two f32, and d decides for the upper one, or a part in 2^26 away
/// from it, and d decides nothing. Millions of inputs are such middles, and
/// MPFR would take hours.
float nearestToTangent(double slope, float x);

/// The function that ExactFunctions.h has by that name, or null.
const PreciseFunction *findPreciseFunction(std::string_view name);

} // namespace tactus::test

#endif // TACTUS_TESTS_UNIT_MATH_PRECISEFUNCTIONS_H
