//===- FloatText.h - Floats to and from decimal -----------------*- C++ -*-===//
//
// Every float is written with the fewest digits that read back as the same
// value of its own type, so 0.1 is `0.1` in f16, bf16, f32 and f64 alike.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_SUPPORT_FLOATTEXT_H
#define TACTUS_RUNTIME_SUPPORT_FLOATTEXT_H

#include "tactus/ElementType.h"
#include <optional>
#include <string>
#include <string_view>

namespace tactus {

/// The magnitude of a finite float: digits d[0].d[1]d[2]... times 10^exponent.
/// Zero is the one digit 0 with exponent 0.
struct Decimal {
  bool negative = false;
  std::string digits;
  int exponent = 0;

  /// Digits after the point, in the notation with an exponent.
  int fractionDigits() const { return int(digits.size()) - 1; }
};

/// The shortest decimal that reads back as `value`, and of these the nearest.
/// `value` must be finite.
Decimal shortestDecimal(float value);
Decimal shortestDecimal(double value);
Decimal shortestDecimal(Float16 value);
Decimal shortestDecimal(BFloat16 value);

/// The exact value rounded to `digits` digits after the point of the notation
/// with an exponent, ties to even.
Decimal roundedScientific(double value, int digits);
/// The exact value rounded to `digits` digits after the point.
Decimal roundedPositional(double value, int digits);

/// `1.5e-07` with an exponent of two digits or more, else `0.00000015`, `1.0`.
std::string toString(const Decimal &decimal, bool withExponent);

/// Shortest text: `1.0`, `0.1`, `1e-07`, `-2.5e+20`; `nan`, `inf`, `-inf`. It
/// always has a point or an exponent, and Python and JSON read the finite ones.
template <typename T> std::string toShortestString(T value);

/// Reads a whole decimal or `inf`, `-inf`, `nan` as T, rounded once to nearest,
/// ties to even. None where it is malformed, or finite and rounds to infinity.
template <typename T> std::optional<T> parseFloat(std::string_view text);

} // namespace tactus

#endif // TACTUS_RUNTIME_SUPPORT_FLOATTEXT_H
