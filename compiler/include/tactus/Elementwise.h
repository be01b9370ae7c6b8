//===- Elementwise.h - Arithmetic element by element ------------*- C++ -*-===//
#ifndef TACTUS_ELEMENTWISE_H
#define TACTUS_ELEMENTWISE_H

#include "tactus/Graph.h"

namespace tactus {

// Shapes broadcast as in NumPy. Operands have one element type, and a number
// takes that of the value beside it; anything else throws `Error` at once.
// Integers wrap.

/// Returns `lhs + rhs`.
Value add(Operand lhs, Operand rhs);

/// Returns `lhs - rhs`.
Value sub(Operand lhs, Operand rhs);

/// Returns `lhs * rhs`, element by element.
Value mul(Operand lhs, Operand rhs);

/// Returns `lhs / rhs`. Integers truncate toward zero; division by zero gives
/// 0.
Value div(Operand lhs, Operand rhs);

/// Returns the larger of two elements; NaN where either is NaN.
Value maximum(Operand lhs, Operand rhs);

/// Returns the smaller of two elements; NaN where either is NaN.
Value minimum(Operand lhs, Operand rhs);

/// What `mod` gives its sign to.
enum class ModSign { Divisor, Dividend };

/// Returns what `lhs / rhs` leaves over. Integers modulo 0 give 0, floats NaN.
Value mod(Operand lhs, Operand rhs, ModSign sign = ModSign::Divisor);

/// Returns `input` where it is between `min` and `max`, else the one of these
/// that is nearer; NaN where any is NaN.
Value clamp(Operand input, Operand min, Operand max);

/// Returns `-input`.
Value neg(Operand input);

/// Returns `input` without its sign.
Value abs(Operand input);

/// Returns 1, -1, or 0 for zeros; NaN stays.
Value sign(Operand input);

/// Returns the largest integer that is not above each float.
Value floor(Operand input);

/// Returns the least integer that is not below each float.
Value ceil(Operand input);

/// Returns the integer nearest to each float, the even one of two.
Value round(Operand input);

/// Returns each float without its fraction.
Value trunc(Operand input);

/// Returns e to the power of each element of a float tensor.
Value exp(Operand input);

/// Returns the natural logarithm of each element of a float tensor.
Value log(Operand input);

/// Returns the square root of each element of a float tensor.
Value sqrt(Operand input);

/// Returns 1 divided by each element of a float tensor.
Value reciprocal(Operand input);

/// Returns 1 divided by the square root of each element of a float tensor.
Value rsqrt(Operand input);

/// Returns ln(1 + x) for each float x, exact for small ones too.
Value log1p(Operand input);

/// Returns e^x - 1 for each float x, exact for small ones too.
Value expm1(Operand input);

/// Returns the hyperbolic sine of each float.
Value sinh(Operand input);

/// Returns the hyperbolic cosine of each float.
Value cosh(Operand input);

/// Returns the number whose hyperbolic sine each float is.
Value asinh(Operand input);

/// Returns the number of 0 or more whose hyperbolic cosine each float is; NaN
/// below 1.
Value acosh(Operand input);

/// Returns the number whose hyperbolic tangent each float is; NaN beyond 1.
Value atanh(Operand input);

/// Returns the error function of each float.
Value erf(Operand input);

/// Returns 1 less the error function of each float, exact for small results
/// too.
Value erfc(Operand input);

/// Returns `lhs` to the power `rhs`, of one element type; NaN for a negative
/// base and an exponent that is not whole. Integers wrap, and to a negative
/// power give 0 but for 1 and -1.
Value pow(Operand lhs, Operand rhs);

/// Returns the real cube root of each float.
Value cbrt(Operand input);

/// Returns the sine of each float, in radians.
Value sin(Operand input);

/// Returns the cosine of each float, in radians.
Value cos(Operand input);

/// Returns the tangent of each float, in radians.
Value tan(Operand input);

/// Returns the angle between -pi/2 and pi/2 whose sine each float is; NaN
/// beyond 1.
Value asin(Operand input);

/// Returns the angle between 0 and pi whose cosine each float is; NaN beyond 1.
Value acos(Operand input);

/// Returns the angle between -pi/2 and pi/2 whose tangent each float is.
Value atan(Operand input);

/// Where the lines of `piecewiseLinear` lie.
struct Lines {
  /// The first knot, and the distance from each to the next.
  double low = 0, step = 1;
  /// Of the lines before the first knot and from the last one on.
  double belowSlope = 0, aboveSlope = 0;
};

/// Returns `values[i] + slopes[i] * (x - knot[i])` for each f32 x between
/// `knot[i] = low + i * step` and the next knot, each step rounded to f32. With
/// n slopes there are n + 1 values. Throws where there are not, or the knots do
/// not ascend.
Value piecewiseLinear(Operand input, Operand values, Operand slopes,
                      const Lines &lines);

/// Returns `input` in another element type. Floats become integers by
/// truncation, the nearest end of the range where outside it, and 0 for NaN;
/// integers wrap.
Value cast(Operand input, ElementType to);

} // namespace tactus

#endif // TACTUS_ELEMENTWISE_H
