//===- Power.cpp - pow and cbrt -------------------------------------------===//
#include "compiler/Conversion/Math/Functions.h"
#include "compiler/Conversion/Math/Logarithm.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include <limits>

using namespace mlir;

namespace tactus::math {

static constexpr double infinity = std::numeric_limits<double>::infinity();

// R(z) for (atanh(s) / s - 1 - z / 3) / z^2 with z = s^2 below 0.0295, by
// fpminimax of Sollya; z^2 R is within 2^-69.
static constexpr double restOfAtanh[] = {
    0x1.999999999999ap-3, 0x1.2492492492304p-3, 0x1.c71c71c74a4a4p-4,
    0x1.745d173ef74c2p-4, 0x1.3b13a8e578d3cp-4, 0x1.1115831b8c7fdp-4,
    0x1.e00ed3fb0022ap-5, 0x1.db156dec3600ep-5};

/// log(a) of a positive f64 to 65 bits: a power may multiply its error by 745.
static Pair accurateLog(MathEmitter &m, Value a) {
  Value isSmall = m.less(a, m.constant(0x1p-1022));
  NormalParts parts =
      splitNormal(m, m.select(isSmall, m.mul(a, m.constant(0x1p54)), a));
  Value lowered =
      arith::SubIOp::create(m.builder, m.loc, parts.exponent, m.integer(54));
  Value k = arith::SIToFPOp::create(m.builder, m.loc, m.type,
                                    m.select(isSmall, lowered, parts.exponent));

  Value difference = m.sub(parts.f, m.constant(1));
  Pair s = m.divide({difference, m.constant(0)},
                    m.fastTwoSum(m.constant(2), difference));
  s = m.fastTwoSum(s.hi, s.lo);
  Pair z = m.multiply(s, s);
  // 1/3 + z R(z), then s z times it: the first terms carry all digits.
  Value small = m.mul(z.hi, m.polynomial(z.hi, restOfAtanh));
  Pair third = m.fastTwoSum(m.constant(0x1.5555555555555p-2), small);
  third.lo = m.add(third.lo, m.constant(0x1.5555555555555p-56));
  Pair cubic = m.multiply(m.multiply(s, z), third);
  Pair half = m.fastTwoSum(s.hi, cubic.hi);
  half.lo = m.add(half.lo, m.add(s.lo, cubic.lo));
  Value two = m.constant(2);
  Pair ofDigits = {m.mul(two, half.hi), m.mul(two, half.lo)};

  // k log 2 in three parts, the first times k being exact.
  Pair second = m.twoProduct(k, m.constant(0x1.a39ef35793c76p-33));
  Value third3 = m.mulAdd(k, m.constant(0x1.cc01f97b57a08p-87), second.lo);
  Pair sum = m.twoSum(m.mul(k, m.constant(0x1.62e42feep-1)), ofDigits.hi);
  Pair withSecond = m.twoSum(sum.hi, second.hi);
  Value low = m.add(m.add(sum.lo, withSecond.lo), m.add(ofDigits.lo, third3));
  return m.fastTwoSum(withSecond.hi, low);
}

/// a^y in f64 for a > 0, to the digits that `isSingle` needs.
static Value positivePower(MathEmitter &m, Value a, Value y, bool isSingle) {
  // Larger exponents overflow or vanish for every base but 1.
  Value bounded = m.atMost(m.atLeast(y, -0x1p70), 0x1p70);
  if (isSingle)
    return exp(m, m.mul(bounded, log(m, a)));
  Pair t = m.multiply({bounded, m.constant(0)}, accurateLog(m, a));
  Value isOut = m.less(m.constant(750), m.abs(t.hi));
  Value end = m.copySign(m.constant(750), t.hi);
  t = m.select(isOut, Pair{end, m.constant(0)}, m.fastTwoSum(t.hi, t.lo));
  MathEmitter::Exponential e = m.exponential(t);
  return m.scale(m.round(e.mantissa), e.exponent);
}

static Value truncated(MathEmitter &m, Value x) {
  return mlir::math::TruncOp::create(m.builder, m.loc, x);
}
static Value isEqual(MathEmitter &m, Value a, Value b) {
  return arith::CmpFOp::create(m.builder, m.loc, arith::CmpFPredicate::OEQ, a,
                               b);
}
static Value both(MathEmitter &m, Value a, Value b) {
  return arith::AndIOp::create(m.builder, m.loc, a, b);
}

/// IEEE 754-2019 pow, in f64.
static Value powerInDouble(MathEmitter &m, Value x, Value y, bool isSingle) {
  Value zero = m.constant(0), one = m.constant(1), end = m.constant(infinity);
  Value a = m.abs(x);
  Value isOrdinary = both(m, m.less(zero, a), m.less(a, end));
  Value ofOrdinary =
      positivePower(m, m.select(isOrdinary, a, one), y, isSingle);
  // 0 and infinity swap where the exponent is negative.
  Value isRising = m.less(zero, y);
  Value ofZero = m.select(isRising, zero, end);
  Value ofInfinity = m.select(isRising, end, zero);
  Value result = m.select(isOrdinary, ofOrdinary,
                          m.select(m.less(zero, a), ofInfinity, ofZero));

  Value half = m.mul(y, m.constant(0.5));
  Value isInteger = isEqual(m, truncated(m, y), y);
  Value isHalfWhole = isEqual(m, truncated(m, half), half);
  Value isOdd = arith::SelectOp::create(
      m.builder, m.loc, isHalfWhole,
      arith::XOrIOp::create(m.builder, m.loc, isHalfWhole, isHalfWhole),
      isInteger);
  result = m.select(isOdd, m.copySign(result, x), result);
  Value hasNone = arith::SelectOp::create(
      m.builder, m.loc, isInteger,
      arith::XOrIOp::create(m.builder, m.loc, isInteger, isInteger),
      both(m, isOrdinary, m.less(x, zero)));
  Value nan = m.constant(std::numeric_limits<double>::quiet_NaN());
  result = m.select(hasNone, nan, result);
  result = m.select(m.isNaN(y), y, m.select(m.isNaN(x), x, result));
  return m.select(isEqual(m, y, zero), one,
                  m.select(isEqual(m, x, one), one, result));
}

Value pow(MathEmitter &m, Value x, Value y) {
  if (m.isDouble)
    return powerInDouble(m, x, y, /*isSingle=*/false);
  Type wide = withElementType(m.type, m.builder.getF64Type());
  MathEmitter d(m.builder, m.loc, wide, m.getMachine());
  auto widen = [&](Value value) -> Value {
    return arith::ExtFOp::create(m.builder, m.loc, wide, value);
  };
  Value result = powerInDouble(d, widen(x), widen(y), /*isSingle=*/true);
  return arith::TruncFOp::create(m.builder, m.loc, m.type, result);
}

//===----------------------------------------------------------------------===//
// Cube roots
//===----------------------------------------------------------------------===//

// cbrt(f) for f within [0.7, 1.42], within 2^-16, by fpminimax of Sollya.
static constexpr double cubeRootCoefficients[] = {
    0x1.ce0022p-2, 0x1.d02f88p-1, -0x1.1375d2p-1, 0x1.bf14c6p-3, -0x1.37e65p-5};

/// cbrt(2^(3 q + r) f) = 2^q cbrt(2^r f), r being -1, 0 or 1.
Value cbrt(MathEmitter &m, Value x) {
  Value size = m.abs(x);
  Value isSmall = m.less(size, m.constant(m.isDouble ? 0x1p-1022 : 0x1p-126));
  Value scaled = m.select(
      isSmall, m.mul(size, m.constant(m.isDouble ? 0x1p54 : 0x1p24)), size);
  NormalParts parts = splitNormal(m, scaled);
  Value k = arith::SIToFPOp::create(m.builder, m.loc, m.type, parts.exponent);
  Value q = mlir::math::RoundEvenOp::create(m.builder, m.loc,
                                            m.mul(k, m.constant(1.0 / 3)));
  Value r = m.mulAdd(q, m.constant(-3), k);
  Value zero = m.constant(0), one = m.constant(1);
  auto choose = [&](double low, double high) {
    return m.select(m.less(r, zero), m.constant(low),
                    m.select(m.less(zero, r), m.constant(high), one));
  };
  Value t = m.mul(parts.f, choose(0.5, 2));
  Value y = m.mul(m.polynomial(parts.f, cubeRootCoefficients),
                  choose(0x1.965fea53d6e3dp-1, 0x1.428a2f98d728bp0));
  // Halley's iteration triples the digits.
  for (int step = 0; step < (m.isDouble ? 2 : 1); ++step) {
    Value cube = m.mul(m.mul(y, y), y);
    Value ratio = m.div(m.add(cube, m.add(t, t)), m.add(m.add(cube, cube), t));
    y = m.mul(y, ratio);
  }
  // The rest by Newton's, from the exact cube.
  Pair cube = m.multiply(m.twoProduct(y, y), {y, zero});
  Value rest = m.sub(m.sub(t, cube.hi), cube.lo);
  y = m.add(y, m.div(rest, m.mul(m.constant(3), m.mul(y, y))));

  Value exponent = arith::FPToSIOp::create(m.builder, m.loc, m.bitsType, q);
  Value lowered = arith::SubIOp::create(m.builder, m.loc, exponent,
                                        m.integer(m.isDouble ? 18 : 8));
  Value result = m.scale(y, {m.select(isSmall, lowered, exponent)});
  Value isOrdinary =
      both(m, m.less(zero, size), m.less(size, m.constant(infinity)));
  return m.select(isOrdinary, m.copySign(result, x), x);
}

} // namespace tactus::math
