//===- Logarithm.cpp - log and softplus -----------------------------------===//
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

/// log(2^k f) = k log 2 + 2 atanh((f - 1) / (f + 1)), f within [0.71, 1.42].
Value log(MathEmitter &m, Value x) {
  OpBuilder &b = m.builder;
  Location loc = m.loc;
  int64_t shift = m.isDouble ? 52 : 23;
  int64_t rootHalf = m.isDouble ? 0x3fe6a09e667f3bcd : 0x3f3504f3;
  // Subnormals are brought into the normal range.
  Value isSmall = m.less(x, m.constant(m.isDouble ? 0x1p-1022 : 0x1p-126));
  double factor = m.isDouble ? 0x1p54 : 0x1p25;
  Value scaled = m.select(isSmall, m.mul(x, m.constant(factor)), x);
  Value moved =
      arith::SubIOp::create(b, loc, m.bitsOf(scaled), m.integer(rootHalf));
  Value exponent = arith::ShRSIOp::create(b, loc, moved, m.integer(shift));
  Value digits = arith::AndIOp::create(b, loc, moved,
                                       m.integer((int64_t(1) << shift) - 1));
  Value f =
      m.fromBits(arith::AddIOp::create(b, loc, digits, m.integer(rootHalf)));
  Value lowered =
      arith::SubIOp::create(b, loc, exponent, m.integer(m.isDouble ? 54 : 25));
  Value k = arith::SIToFPOp::create(b, loc, m.type,
                                    m.select(isSmall, lowered, exponent));

  Value difference = m.sub(f, m.constant(1));
  Pair s = m.divide({difference, m.constant(0)},
                    m.fastTwoSum(m.constant(2), difference));
  Pair rest =
      twiceAtanh(m, s, m.mul(s.hi, s.hi),
                 m.isDouble ? ArrayRef(doubleNear) : ArrayRef(singleNear));
  double high = m.isDouble ? 0x1.62e42feep-1 : 0x1.62e4p-1;
  double low = m.isDouble ? 0x1.a39ef35793c76p-33 : 0x1.7f7d1cf79abcap-20;
  Pair sum = m.addTo(m.mul(k, m.constant(high)), rest);
  Value result = m.add(sum.hi, m.mulAdd(k, m.constant(low), sum.lo));

  // 0, infinity, and what has no logarithm.
  double infinity = std::numeric_limits<double>::infinity();
  Value zero = m.constant(0);
  result = m.select(m.less(x, m.constant(infinity)), result, x);
  result = m.select(m.lessEqual(x, zero), m.constant(-infinity), result);
  Value nan = m.constant(std::numeric_limits<double>::quiet_NaN());
  return m.select(m.less(x, zero), nan, result);
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
