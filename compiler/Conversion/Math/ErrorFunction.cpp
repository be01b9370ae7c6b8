//===- ErrorFunction.cpp - erf and erfc -----------------------------------===//
#include "compiler/Conversion/Math/Functions.h"
#include "compiler/Conversion/Math/NormalTail.h"
#include "compiler/Conversion/Math/Tables.h"

using namespace mlir;

namespace tactus::math {

// Q(z) for (erf(x) / x - 2 / sqrt(pi)) / z with z = x^2 up to 0.25, by
// fpminimax of Sollya.
static constexpr double singleCoefficients[] = {-0x1.812746p-2, 0x1.ce2e86p-4,
                                                -0x1.b806acp-6, 0x1.52a3bp-8,
                                                -0x1.74124p-11};
static constexpr double doubleCoefficients[] = {
    -0x1.812746b0379e7p-2,  0x1.ce2f21a042cc9p-4,   -0x1.b82ce31298977p-6,
    0x1.565bcd1659566p-8,   -0x1.c02db84b0ae6cp-11, 0x1.f9a484104e92fp-14,
    -0x1.f5155afe2124fp-17, 0x1.c188b334579a5p-20,  -0x1.d8d816a4e423cp-23,
    0x1.0874da4c4daf7p-24};

/// A constant as the sum of a number of the type and what is missing.
static Pair split(MathEmitter &m, long double value) {
  long double high = m.isDouble ? double(value) : float(value);
  return {m.constant(double(high)), m.constant(double(value - high))};
}

/// erfc(a) for a >= 0: 2 P(X > a sqrt(2)).
static Pair tailOf(MathEmitter &m, Value a) {
  Value bounded = m.atMost(a, m.isDouble ? 27.5 : 10.3);
  Pair deviations =
      m.multiply({bounded, m.constant(0)},
                 split(m, 1.41421356237309504880168872420969808L));
  Pair tail = scaledTail(m, deviations.hi);
  // g(y) = e^(y^2 / 2) P(X > y) has the slope y g - 1 / sqrt(2 pi).
  Value slope = m.sub(m.mul(deviations.hi, tail.hi),
                      m.constant(0.398942280401432677939946));
  tail.lo = m.mulAdd(deviations.lo, slope, tail.lo);
  // e^(-a^2), the square being exact.
  MathEmitter::Exponential e =
      m.exponential(m.negate(m.twoProduct(bounded, bounded)));
  Pair twice = {m.add(tail.hi, tail.hi), m.add(tail.lo, tail.lo)};
  Pair product = m.multiply(twice, e.mantissa);
  return m.scale(product, e.exponent);
}

/// x (2 / sqrt(pi) + x^2 Q(x^2)) up to 1/2, then 1 - erfc(x).
Value erf(MathEmitter &m, Value x) {
  if (hasTables(m))
    return onSixteen(m, x, [](MathEmitter &m, Value x) {
      return lookUpOdd(m, erfTable, x);
    });
  Value size = m.abs(x), z = m.mul(x, x);
  Value q =
      m.mul(z, m.polynomial(z, m.isDouble ? ArrayRef(doubleCoefficients)
                                          : ArrayRef(singleCoefficients)));
  Pair factor = split(m, 1.12837916709551257389615890312154517L);
  Pair sum = m.fastTwoSum(factor.hi, q);
  sum.lo = m.add(sum.lo, factor.lo);
  Value near = m.multiplyRounded(size, sum);
  Pair tail = tailOf(m, size);
  Pair rest = m.fastTwoSum(m.constant(1), m.neg(tail.hi));
  Value far = m.add(rest.hi, m.sub(rest.lo, tail.lo));
  Value result = m.select(m.less(size, m.constant(0.5)), near, far);
  return m.select(m.isNaN(x), x, m.copySign(result, x));
}

Value erfc(MathEmitter &m, Value x) {
  Pair tail = tailOf(m, m.abs(x));
  Pair rest = m.fastTwoSum(m.constant(2), m.neg(tail.hi));
  Value below = m.add(rest.hi, m.sub(rest.lo, tail.lo));
  Value result = m.select(m.less(x, m.constant(0)), below, m.round(tail));
  return m.select(m.isNaN(x), x, result);
}

} // namespace tactus::math
