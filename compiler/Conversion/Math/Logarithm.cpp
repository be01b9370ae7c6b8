//===- Logarithm.cpp - log, log1p and softplus ----------------------------===//
#include "compiler/Conversion/Math/Logarithm.h"
#include "compiler/Conversion/Math/Functions.h"
#include <limits>

using namespace mlir;

namespace tactus::math {

// A(z) for (atanh(s) / s - 1) / z with z = s^2, by fpminimax of Sollya. Near is
// for z below 0.0295, where log needs it; far for z up to 1/9, for softplus.
// The errors of 1 + z A(z) are below 2^-33 and 2^-63.
static constexpr double singleNear[] = {0x1.555556p-2, 0x1.99986ep-3,
                                        0x1.24c11cp-3, 0x1.ce9148p-4};
static constexpr double singleFar[] = {0x1.555556p-2, 0x1.9998bp-3,
                                       0x1.24be9ap-3, 0x1.c067c6p-4,
                                       0x1.a9b686p-4, 0x1.96fd9cp-5};
static constexpr double doubleNear[] = {
    0x1.5555555555555p-2, 0x1.9999999999d58p-3, 0x1.249249242f0bp-3,
    0x1.c71c725c179b3p-4, 0x1.745cdb9173dcap-4, 0x1.3b215382be49p-4,
    0x1.0f4aa55b560a2p-4, 0x1.101e25e791875p-4};
static constexpr double doubleFar[] = {
    0x1.5555555555555p-2, 0x1.9999999999c09p-3,  0x1.2492492468251p-3,
    0x1.c71c71f1639d5p-4, 0x1.745d0b6599a2ep-4,  0x1.3b15c121f042ap-4,
    0x1.10d52feb45d9ap-4, 0x1.eb02fd7a89ac6p-5,  0x1.3683d1844851ep-5,
    0x1.6bbde3fea8ffep-3, -0x1.6170a44a51695p-1, 0x1.3792279b48acbp1,
    -0x1.b1c4047143a3p1};

/// 2 atanh(s) for a square z of s, where s may stand for s * 2^n: the result is
/// then to be scaled in the same way.
static Pair twiceAtanh(MathEmitter &m, Pair s, Value z,
                       ArrayRef<double> coefficients) {
  Value cubic = m.mul(m.mul(s.hi, z), m.polynomial(z, coefficients));
  Value two = m.constant(2);
  Value rest = m.mul(two, m.add(s.lo, cubic));
  return m.fastTwoSum(m.mul(two, s.hi), rest);
}

/// 2^-k for the k of a normal number; 0 for the largest two k, where nothing
/// that it multiplies matters any more.
static Value powerOfMinus(MathEmitter &m, Value k, int64_t mantissaBits) {
  Value bias = m.integer(m.isDouble ? 1023 : 127);
  Value exponent = arith::SubIOp::create(m.builder, m.loc, bias, k);
  exponent = arith::MaxSIOp::create(m.builder, m.loc, exponent, m.integer(0));
  return m.fromBits(arith::ShLIOp::create(m.builder, m.loc, exponent,
                                          m.integer(mantissaBits)));
}

/// k log 2 + 2 atanh(d / (2 + d)) for 1 + d within [0.71, 1.42].
static Pair logarithmOf(MathEmitter &m, Value k, Pair difference) {
  Pair s = m.divide(difference, m.addTo(m.constant(2), difference));
  Pair rest =
      twiceAtanh(m, s, m.mul(s.hi, s.hi),
                 m.isDouble ? ArrayRef(doubleNear) : ArrayRef(singleNear));
  double high = m.isDouble ? 0x1.62e42feep-1 : 0x1.62e4p-1;
  double low = m.isDouble ? 0x1.a39ef35793c76p-33 : 0x1.7f7d1cf79abcap-20;
  Pair sum = m.addTo(m.mul(k, m.constant(high)), rest);
  return {sum.hi, m.mulAdd(k, m.constant(low), sum.lo)};
}

NormalParts splitNormal(MathEmitter &m, Value x) {
  OpBuilder &b = m.builder;
  int64_t shift = m.isDouble ? 52 : 23;
  int64_t rootHalf = m.isDouble ? 0x3fe6a09e667f3bcd : 0x3f3504f3;
  Value moved =
      arith::SubIOp::create(b, m.loc, m.bitsOf(x), m.integer(rootHalf));
  Value exponent = arith::ShRSIOp::create(b, m.loc, moved, m.integer(shift));
  Value digits = arith::AndIOp::create(b, m.loc, moved,
                                       m.integer((int64_t(1) << shift) - 1));
  return {exponent, m.fromBits(arith::AddIOp::create(b, m.loc, digits,
                                                     m.integer(rootHalf)))};
}

Value logOfOnePlus(MathEmitter &m, Pair p, Value doublings) {
  Pair sum = m.twoSum(m.constant(1), p.hi);
  sum = m.fastTwoSum(sum.hi, m.add(sum.lo, p.lo));
  NormalParts split = splitNormal(m, sum.hi);
  Value isOne = m.isZero({split.exponent});
  Value lower =
      m.mul(sum.lo, powerOfMinus(m, split.exponent, m.isDouble ? 52 : 23));
  Pair scaled = m.fastTwoSum(m.sub(split.f, m.constant(1)), lower);
  // Where 1 + p is near 1, p itself has more digits than what is left of it.
  Pair difference = m.select(isOne, p, scaled);
  Value k = arith::SIToFPOp::create(m.builder, m.loc, m.type, split.exponent);
  return m.round(logarithmOf(m, m.add(k, doublings), difference));
}

/// log(2^k f) = k log 2 + 2 atanh((f - 1) / (f + 1)), f within [0.71, 1.42].
Value log(MathEmitter &m, Value x) {
  // Subnormals are brought into the normal range.
  Value isSmall = m.less(x, m.constant(m.isDouble ? 0x1p-1022 : 0x1p-126));
  double factor = m.isDouble ? 0x1p54 : 0x1p25;
  Value scaled = m.select(isSmall, m.mul(x, m.constant(factor)), x);
  NormalParts split = splitNormal(m, scaled);
  Value lowered = arith::SubIOp::create(m.builder, m.loc, split.exponent,
                                        m.integer(m.isDouble ? 54 : 25));
  Value k = arith::SIToFPOp::create(m.builder, m.loc, m.type,
                                    m.select(isSmall, lowered, split.exponent));
  Value difference = m.sub(split.f, m.constant(1));
  Value result = m.round(logarithmOf(m, k, {difference, m.constant(0)}));

  // 0, infinity, and what has no logarithm.
  double infinity = std::numeric_limits<double>::infinity();
  Value zero = m.constant(0);
  result = m.select(m.less(x, m.constant(infinity)), result, x);
  result = m.select(m.lessEqual(x, zero), m.constant(-infinity), result);
  Value nan = m.constant(std::numeric_limits<double>::quiet_NaN());
  return m.select(m.less(x, zero), nan, result);
}

Value log1p(MathEmitter &m, Value x) {
  double infinity = std::numeric_limits<double>::infinity();
  Value zero = m.constant(0), minusOne = m.constant(-1);
  Value result = logOfOnePlus(m, {x, zero}, zero);
  // Far below 1 the result is x, to its sign.
  Value isTiny = m.less(m.abs(x), m.constant(m.isDouble ? 0x1p-60 : 0x1p-30));
  result = m.select(isTiny, x, result);
  result = m.select(m.less(x, m.constant(infinity)), result, x);
  result = m.select(m.lessEqual(x, minusOne), m.constant(-infinity), result);
  Value nan = m.constant(std::numeric_limits<double>::quiet_NaN());
  return m.select(m.less(x, minusOne), nan, result);
}

/// max(x, 0) + log(1 + e), e = exp(-|x|), log(1 + e) = 2 atanh(e / (2 + e)).
Value softplus(MathEmitter &m, Value x) {
  Value zero = m.constant(0);
  Value t = m.atLeast(m.neg(m.abs(x)), m.leastExponent());
  MathEmitter::Exponential e = m.exponential({t, zero});
  Pair s = m.divide(e.mantissa, m.addTo(m.constant(2), m.power(e)));
  Value small = m.scale(s.hi, e.exponent);
  Pair rest =
      twiceAtanh(m, s, m.mul(small, small),
                 m.isDouble ? ArrayRef(doubleFar) : ArrayRef(singleFar));
  Value below = m.scale(m.round(rest), e.exponent);
  Pair sum = m.twoSum(x, m.scale(rest.hi, e.exponent));
  Value above = m.add(sum.hi, m.add(sum.lo, m.scale(rest.lo, e.exponent)));
  Value result = m.select(m.less(zero, x), above, below);
  return m.select(m.less(m.constant(2 * m.oneExponent()), x), x, result);
}

} // namespace tactus::math
