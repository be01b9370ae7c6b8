//===- Exact.h - Numbers of 400 bits and distances from them ----*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_SUPPORT_EXACT_H
#define TACTUS_TESTS_UNIT_SUPPORT_EXACT_H

#include "tactus/ElementType.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <mpfr.h>

namespace tactus::test {

/// A number of 400 bits.
class Exact {
public:
  Exact() { mpfr_init2(number, 400); }
  Exact(long double value) : Exact() { mpfr_set_ld(number, value, MPFR_RNDN); }
  Exact(const Exact &other) : Exact() {
    mpfr_set(number, other.number, MPFR_RNDN);
  }
  Exact &operator=(const Exact &other) {
    mpfr_set(number, other.number, MPFR_RNDN);
    return *this;
  }
  ~Exact() { mpfr_clear(number); }

  /// The result of one of MPFR's functions.
  template <typename Function, typename... Operands>
  static Exact of(Function function, const Operands &...operands) {
    Exact result;
    function(result.number, operands.number..., MPFR_RNDN);
    return result;
  }
  static Exact ofText(const char *text) {
    Exact result;
    mpfr_set_str(result.number, text, 10, MPFR_RNDN);
    return result;
  }
  static Exact pi() {
    Exact result;
    mpfr_const_pi(result.number, MPFR_RNDN);
    return result;
  }
  bool isNegative() const { return mpfr_signbit(number); }
  bool isZero() const { return mpfr_zero_p(number); }
  bool isNan() const { return mpfr_nan_p(number); }
  bool isInfinite() const { return mpfr_inf_p(number); }
  double toDouble() const { return mpfr_get_d(number, MPFR_RNDN); }
  float toFloat() const { return mpfr_get_flt(number, MPFR_RNDN); }
  /// The least e with a size below 2^e, of a number that is not 0.
  long exponentAbove() const { return mpfr_get_exp(number); }
  /// 2^`exponent` times itself.
  Exact scaled(long exponent) const {
    Exact result;
    mpfr_mul_2si(result.number, number, exponent, MPFR_RNDN);
    return result;
  }
  /// log2 of the size.
  double exponent() const {
    long exponent;
    double mantissa = mpfr_get_d_2exp(&exponent, number, MPFR_RNDN);
    return std::log2(std::fabs(mantissa)) + double(exponent);
  }

private:
  mpfr_t number;
};

inline Exact operator+(const Exact &a, const Exact &b) {
  return Exact::of(mpfr_add, a, b);
}
inline Exact operator-(const Exact &a, const Exact &b) {
  return Exact::of(mpfr_sub, a, b);
}
inline Exact operator*(const Exact &a, const Exact &b) {
  return Exact::of(mpfr_mul, a, b);
}
inline Exact operator/(const Exact &a, const Exact &b) {
  return Exact::of(mpfr_div, a, b);
}
inline Exact exp(const Exact &x) {
  return Exact::of(mpfr_exp, x);
}
inline Exact expm1(const Exact &x) {
  return Exact::of(mpfr_expm1, x);
}
inline Exact sigmoidOf(const Exact &x) {
  return Exact(1) / (Exact(1) + exp(Exact(0) - x));
}
inline Exact softplusOf(const Exact &x) {
  Exact least = Exact::of(mpfr_abs, x);
  Exact rest = Exact::of(mpfr_log1p, exp(Exact(0) - least));
  return x.isNegative() ? rest : x + rest;
}

/// A binary format; exponents are those of std::numeric_limits.
struct Format {
  int digits, minExponent, maxExponent;

  static Format of(ElementType type) {
    switch (type) {
    case ElementType::F64:
      return {53, -1021, 1024};
    case ElementType::F16:
      return {11, -13, 16};
    case ElementType::BF16:
      return {8, -125, 128};
    default:
      return {24, -125, 128};
    }
  }
};

/// The distance of `result` from `exact` in units of the last place; infinite
/// where one is NaN and the other not, and where a zero has the wrong sign. An
/// infinite result counts as the power of two that is first out of range.
inline double distanceInUnits(double result, const Exact &exact,
                              const Format &format) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (exact.isNan() || std::isnan(result))
    return exact.isNan() && std::isnan(result) ? 0 : infinity;
  if (result == 0 || exact.isZero() || std::isinf(result))
    if (std::signbit(result) != exact.isNegative())
      return infinity;
  if (exact.isInfinite() || exact.isZero())
    return exact.toDouble() == result ? 0 : infinity;
  Exact counted = result;
  if (std::isinf(result)) {
    if (exact.exponentAbove() > format.maxExponent)
      return 0;
    counted = Exact(std::copysign(1.0, result)).scaled(format.maxExponent);
  }
  long unit =
      std::max<long>(exact.exponentAbove(), format.minExponent) - format.digits;
  return std::fabs((counted - exact).scaled(-unit).toDouble());
}

} // namespace tactus::test

#endif // TACTUS_TESTS_UNIT_SUPPORT_EXACT_H
