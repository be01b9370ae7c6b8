//===- NormalGelu.cpp - GELU with the normal distribution -----------------===//
#include "compiler/Conversion/Math/Functions.h"
#include "compiler/Conversion/Math/NormalTail.h"
#include "compiler/Conversion/Math/Tables.h"
#include <cmath>

using namespace mlir;

namespace tactus::math {

// g(t) for 2 K e^(a^2 / 2) P(X > a) / (1 - t), X standard normal, with
// a = K (1 + t) / (1 - t), by Remez's algorithm in Sollya, the constant term's
// lower digits apart. Relative errors below 2^-31 (a up to 14.7) and 2^-62 (a
// up to 39). The substitution is that of Shepherd and Laframboise, 1981.
static constexpr double K = 4;
static constexpr double singleLow = -0x1.c85392p-27;
static constexpr double singleCoefficients[] = {
    0x1.82b4bcp-1,  -0x1.373e3ap-1, 0x1.8c6dbep-2,  -0x1.7dff3p-3,
    0x1.eec5bep-5,  -0x1.ee20a8p-8, -0x1.c887fcp-9, 0x1.aaa28ep-10,
    0x1.2d9844p-13, -0x1.c9f64p-13, -0x1.c0652p-17, 0x1.0e951ap-16};
static constexpr double doubleLow = -0x1.9a3d8e633f00cp-56;
static constexpr double doubleCoefficients[] = {
    0x1.82b4bb8c94dcep-1,   -0x1.373e3a893c28ap-1,  0x1.8c6dbf2cfc2aep-2,
    -0x1.7dff2bff68354p-3,  0x1.eec4cc3e4ddb2p-5,   -0x1.ee2761049450cp-8,
    -0x1.c81719d65b92fp-9,  0x1.ab825fc6be9e1p-10,  0x1.17a4af0dfbdafp-13,
    -0x1.e4a427212a4c2p-13, -0x1.001ffe705cbb9p-19, 0x1.26d0bf6ec463cp-15,
    0x1.80d359e48dc92p-21,  -0x1.8d4f35732383ep-18, -0x1.5254d2bbad08ep-21,
    0x1.12591bf6ec1b7p-20,  0x1.2536fe37efd1dp-22,  -0x1.4e2b406ab602p-23,
    -0x1.780f0c95ac743p-24, 0x1.d4d1bca07ba91p-27,  0x1.78606b471bdf2p-26,
    0x1.232578862535fp-29,  -0x1.0cfbcc139ac9p-28,  -0x1.34a2b8b580b54p-30,
    0x1.957049b276c61p-32,  0x1.63823a4f47252p-33};

Pair scaledTail(MathEmitter &m, Value a) {
  Value one = m.constant(1), two = m.constant(2);
  // v = 1 / (a + K) = (1 - t) / (2 K).
  Pair divisor = m.twoSum(a, m.constant(K));
  Value v = m.div(one, divisor.hi), minus = m.neg(v);
  Value rest = m.mulAddOnce(minus, divisor.hi, one);
  rest = m.mulAdd(minus, divisor.lo, rest);
  Value vLow = m.mul(rest, v);

  // t = (a - K) v = 2 a v - 1. Near -1 its rounding error would be twice that
  // of g, so it is a pair: the upper part is exact, being what 2 a v + 1 lacks
  // to 2.
  Value twice = m.add(a, a);
  Value shifted = m.mulAdd(twice, v, one);
  Value t = m.sub(shifted, two);
  Value tLow = m.mulAddOnce(twice, v, m.sub(one, shifted));
  tLow = m.mulAdd(twice, vLow, tLow);

  ArrayRef<double> coefficients =
      m.isDouble ? ArrayRef(doubleCoefficients) : ArrayRef(singleCoefficients);
  Value slope = m.polynomial(m.add(t, tLow), coefficients.drop_front());
  // The last step of Horner's scheme decides the error. The constant term is
  // split where any product of the other term can be taken back exactly.
  Pair product = m.twoProduct(t, slope);
  product.lo = m.mulAdd(tLow, slope, product.lo);
  double first = coefficients.front();
  double upper = m.isDouble ? 0x1.82b4bp-1 : 0x1.82bp-1;
  double lower = first - upper + (m.isDouble ? doubleLow : singleLow);
  Pair g = m.fastTwoSum(m.constant(upper), product.hi);
  g.lo = m.add(product.lo, m.add(g.lo, m.constant(lower)));
  return m.multiply(g, {v, vLow});
}

/// x P(X <= x): max(x, 0) - |x| P(X > |x|), without tables.
static Value wholeGelu(MathEmitter &m, Value x) {
  Value a = m.atMost(m.abs(x), m.isDouble ? 39 : 14.7);
  Pair tail = scaledTail(m, a);
  MathEmitter::RoundedExponential e =
      m.roundedExponential(m.twoProduct(m.mul(m.constant(-0.5), a), a));
  Value low = m.mulAdd(tail.lo, e.fraction, tail.lo);
  low = m.mulAdd(tail.hi, e.fraction, low);
  // Without a fused multiply-add the product's lower digits are a sum of terms,
  // which vanish where they are below the least number.
  MathEmitter::Exponent exponent = e.exponent;
  if (!m.getMachine().fma) {
    constexpr int lift = 40;
    a = m.mul(a, m.constant(std::ldexp(1.0, lift)));
    exponent.bits =
        arith::SubIOp::create(m.builder, m.loc, exponent.bits, m.integer(lift));
  }
  Value product = m.mulAddOnce(a, tail.hi, m.mul(a, low));
  // -0 and not 0, so that results have the sign of x.
  Value positive = m.select(m.less(x, m.constant(0)), m.constant(-0.0), x);
  return m.sub(positive, m.scale(product, exponent));
}

Value geluErf(MathEmitter &m, Value x) {
  if (!hasTables(m))
    return wholeGelu(m, x);
  return onSixteen(m, x, [](MathEmitter &m, Value x) {
    return tableGate(m, normalTailTable, x, [&] { return wholeGelu(m, x); });
  });
}

} // namespace tactus::math
