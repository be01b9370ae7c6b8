//===- Hyperbolic.cpp - e^x - 1, sinh, cosh and their inverses ------------===//
#include "compiler/Conversion/Math/Functions.h"
#include "compiler/Conversion/Math/Logarithm.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include <limits>

using namespace mlir;

namespace tactus::math {

/// From here on e^-x is nothing beside e^x.
static Value isFarOut(MathEmitter &m, Value size) {
  return m.less(m.constant(m.oneExponent()), size);
}

/// Above this, e^x and e^x / 2 are infinite.
static double pastRange(MathEmitter &m) {
  return m.isDouble ? 711 : 90;
}

/// a + b, for any order of sizes.
static Pair sumOf(MathEmitter &m, Pair a, Pair b) {
  Pair sum = m.twoSum(a.hi, b.hi);
  return m.fastTwoSum(sum.hi, m.add(sum.lo, m.add(a.lo, b.lo)));
}

/// a * 2^n / 2.
static Value halfOf(MathEmitter &m, Value a, MathEmitter::Exponent n) {
  Value lowered = arith::SubIOp::create(m.builder, m.loc, n.bits, m.integer(1));
  return m.scale(a, {lowered});
}

/// e^t - 1 for t up to where e^t is finite.
static Pair riseOf(MathEmitter &m, const MathEmitter::Exponential &e) {
  Pair difference = sumOf(m, m.power(e), {m.constant(-1), m.constant(0)});
  // Where e^t is within half of 1, subtracting would lose digits.
  return m.select(m.isZero(e.exponent), e.fraction, difference);
}

Value expm1(MathEmitter &m, Value x) {
  Value t = m.atMost(m.atLeast(x, -3 * m.oneExponent()), pastRange(m));
  MathEmitter::Exponential e = m.exponential({t, m.constant(0)});
  Value large = m.scale(m.round(e.mantissa), e.exponent);
  Value rise = m.copySign(m.round(riseOf(m, e)), x);
  Value result = m.select(isFarOut(m, x), large, rise);
  return m.select(m.isNaN(x), x, result);
}

/// (r + r / (1 + r)) / 2, r = e^|x| - 1.
Value sinh(MathEmitter &m, Value x) {
  Value size = m.abs(x);
  MathEmitter::Exponential e =
      m.exponential({m.atMost(size, pastRange(m)), m.constant(0)});
  Pair rise = riseOf(m, e);
  Pair sum = sumOf(m, rise, m.divide(rise, m.power(e)));
  Value near = m.mul(m.constant(0.5), m.round(sum));
  Value far = halfOf(m, m.round(e.mantissa), e.exponent);
  Value result = m.select(isFarOut(m, size), far, near);
  // A subnormal input is its own result.
  Value isTiny = m.less(size, m.constant(m.isDouble ? 0x1p-30 : 0x1p-14));
  result = m.select(isTiny, size, result);
  return m.select(m.isNaN(x), x, m.copySign(result, x));
}

/// (e^|x| + e^-|x|) / 2.
Value cosh(MathEmitter &m, Value x) {
  Value size = m.abs(x), zero = m.constant(0);
  MathEmitter::Exponential e =
      m.exponential({m.atMost(size, pastRange(m)), zero});
  Pair power = m.power(e);
  Pair sum = sumOf(m, power, m.divide({m.constant(1), zero}, power));
  Value near = m.mul(m.constant(0.5), m.round(sum));
  Value far = halfOf(m, m.round(e.mantissa), e.exponent);
  Value result = m.select(isFarOut(m, size), far, near);
  return m.select(m.isNaN(x), x, result);
}

//===----------------------------------------------------------------------===//
// Inverses
//===----------------------------------------------------------------------===//

/// Above this, x^2 + 1 and x^2 - 1 are x^2.
static double squareAlone(MathEmitter &m) {
  return m.isDouble ? 0x1p28 : 0x1p14;
}

static Pair squareRoot(MathEmitter &m, Pair a) {
  Value root = mlir::math::SqrtOp::create(m.builder, m.loc, a.hi);
  Pair back = m.twoProduct(root, root);
  Value rest = m.add(m.sub(m.sub(a.hi, back.hi), back.lo), a.lo);
  Value isZero = m.lessEqual(a.hi, m.constant(0));
  Value low = m.div(rest, m.add(root, root));
  return {root, m.select(isZero, m.constant(0), low)};
}

/// log(1 + p), or log(2 x) where `isLarge`.
static Value logOfSumOrDouble(MathEmitter &m, Pair p, Value isLarge, Value x) {
  Value zero = m.constant(0), one = m.constant(1);
  Pair ofDouble = m.twoSum(x, m.constant(-1));
  double largest = m.isDouble ? std::numeric_limits<double>::max()
                              : std::numeric_limits<float>::max();
  Value result = logOfOnePlus(m, m.select(isLarge, ofDouble, p),
                              m.select(isLarge, one, zero));
  return m.select(m.less(m.constant(largest), x), x, result);
}

/// log(1 + a + a^2 / (1 + sqrt(1 + a^2))), a = |x|.
Value asinh(MathEmitter &m, Value x) {
  Value size = m.abs(x), one = m.constant(1), zero = m.constant(0);
  Value isLarge = m.less(m.constant(squareAlone(m)), size);
  Value a = m.select(isLarge, one, size);
  Pair square = m.twoProduct(a, a);
  Pair root = squareRoot(m, sumOf(m, {one, zero}, square));
  Pair fraction = m.divide(square, sumOf(m, {one, zero}, root));
  Pair p = sumOf(m, {a, zero}, fraction);
  Value result = logOfSumOrDouble(m, p, isLarge, size);
  Value isTiny = m.less(size, m.constant(m.isDouble ? 0x1p-30 : 0x1p-14));
  result = m.select(isTiny, size, result);
  return m.select(m.isNaN(x), x, m.copySign(result, x));
}

/// log(1 + t + sqrt(t (x + 1))), t = x - 1.
Value acosh(MathEmitter &m, Value x) {
  Value one = m.constant(1);
  Value isLarge = m.less(m.constant(squareAlone(m)), x);
  Value a = m.select(isLarge, one, x);
  Pair t = m.twoSum(a, m.constant(-1));
  Pair root = squareRoot(m, m.multiply(t, m.twoSum(a, one)));
  Value result = logOfSumOrDouble(m, sumOf(m, t, root), isLarge, x);
  Value nan = m.constant(std::numeric_limits<double>::quiet_NaN());
  return m.select(m.lessEqual(one, x), result, nan);
}

/// log(1 + 2 a / (1 - a)) / 2, a = |x|.
Value atanh(MathEmitter &m, Value x) {
  Value size = m.abs(x), one = m.constant(1), zero = m.constant(0);
  // Past the range a stands in for what has no result.
  Value a = m.select(m.less(size, one), size, zero);
  Pair p = m.divide({m.add(a, a), zero}, m.twoSum(one, m.neg(a)));
  Value result = m.mul(m.constant(0.5), logOfOnePlus(m, p, zero));
  Value isTiny = m.less(size, m.constant(m.isDouble ? 0x1p-30 : 0x1p-14));
  result = m.select(isTiny, size, result);
  Value infinity = m.constant(std::numeric_limits<double>::infinity());
  result = m.select(m.less(size, one), result, infinity);
  Value nan = m.constant(std::numeric_limits<double>::quiet_NaN());
  return m.select(m.lessEqual(size, one), m.copySign(result, x), nan);
}

} // namespace tactus::math
