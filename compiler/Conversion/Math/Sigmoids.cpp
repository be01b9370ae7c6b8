//===- Sigmoids.cpp - Functions of e^-|x| ---------------------------------===//
//
// The argument of every exponential is at most 0, so that nothing overflows,
// and the result's power of two is applied last, so that small results are
// rounded once.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Math/Functions.h"
#include "compiler/Conversion/Math/Tables.h"
#include <cmath>

using namespace mlir;

namespace tactus::math {

/// `value`, or 0 where e^x is 0: a processor that rounds to it takes a hundred
/// times as long, and a softmax with a mask has many.
static Value zeroIfLow(MathEmitter &m, Value x, Value value) {
  return m.select(m.less(x, m.constant(m.leastExponent())), m.constant(0),
                  value);
}

Value exp(MathEmitter &m, Value x) {
  if (hasTables(m))
    return onSixteen(m, x, [](MathEmitter &m, Value x) {
      Value t = m.atMost(x, 89);
      return zeroIfLow(m, x, tableExponential(m, t));
    });
  Value t = m.atMost(zeroIfLow(m, x, x), m.isDouble ? 710 : 89);
  MathEmitter::RoundedExponential e = m.roundedExponential({t, Value()});
  Value result = m.scale(m.add(m.constant(1), e.fraction), e.exponent);
  return zeroIfLow(m, x, result);
}

namespace {

/// A quotient times 2^exponent.
struct Scaled {
  Pair mantissa;
  MathEmitter::Exponent exponent;
};

/// 1 / (1 + e^-y) for |y| within exponential's range.
Scaled logistic(MathEmitter &m, Pair y) {
  Value one = m.constant(1), zero = m.constant(0);
  Value isNegative = m.less(y.hi, zero);
  MathEmitter::Exponential e =
      m.exponential(m.select(isNegative, y, m.negate(y)));
  Pair numerator = m.select(isNegative, e.mantissa, Pair{one, zero});
  Pair quotient = m.divide(numerator, m.addTo(one, m.power(e)));
  return {quotient, m.select(isNegative, e.exponent, m.zeroExponent())};
}

/// x times a positive factor; a correction that is 0 would turn -0 into 0.
Value productOf(MathEmitter &m, Value x, Pair factor) {
  return m.copySign(m.multiplyRounded(x, factor), x);
}

/// x times the logistic function of y; `low` is where that has vanished, and
/// x + 0 is exact from `high` on.
Value gate(MathEmitter &m, Value x, Pair y, double low, double high) {
  // -0 from then on, which no rounding leads to.
  Value zero = m.constant(0), isLow = m.less(x, m.constant(low));
  Scaled factor = logistic(m, m.select(isLow, Pair{zero, zero}, y));
  Value product =
      productOf(m, m.select(isLow, m.constant(-0.0), x), factor.mantissa);
  Value result = m.scale(product, factor.exponent);
  return m.select(m.less(m.constant(high), x), x, result);
}

/// Without tables.
Value wholeSigmoid(MathEmitter &m, Value x) {
  Value y = zeroIfLow(m, x, m.atMost(x, 2 * m.oneExponent()));
  Scaled result = logistic(m, {y, m.constant(0)});
  return zeroIfLow(m, x, m.scale(m.round(result.mantissa), result.exponent));
}

/// Without tables.
Value wholeSilu(MathEmitter &m, Value x) {
  // x e^x is still a number where e^x is none.
  double low = m.leastExponent() - 10, high = 2 * m.oneExponent();
  Value y = m.atLeast(m.atMost(x, high), low);
  return gate(m, x, {y, m.constant(0)}, low, high);
}

/// x / (1 + e^-y), y = 2 sqrt(2 / pi) (x + 0.044715 x^3), without tables.
Value wholeGeluTanh(MathEmitter &m, Value x) {
  double bound = m.isDouble ? 22 : 12;
  Value clamped = m.atLeast(m.atMost(x, bound), -bound);
  // Both as the sum of a number of the type and what is missing.
  constexpr long double linear = 1.5957691216057307117597842397375274L;
  constexpr long double cubic = 0.0713548162726002487763387522798635L;
  auto split = [&](long double value) {
    long double high = m.isDouble ? double(value) : float(value);
    return Pair{m.constant(double(high)), m.constant(double(value - high))};
  };
  Pair square = m.twoProduct(clamped, clamped);
  Pair product = m.multiply(split(cubic), square);
  Pair constant = split(linear);
  Pair sum = m.twoSum(constant.hi, product.hi);
  sum.lo = m.add(sum.lo, m.add(constant.lo, product.lo));
  Pair y = m.multiply({clamped, m.constant(0)}, sum);
  return gate(m, x, y, -bound, bound);
}

} // namespace

Value sigmoid(MathEmitter &m, Value x) {
  if (!hasTables(m))
    return wholeSigmoid(m, x);
  return onSixteen(m, x, [](MathEmitter &m, Value x) {
    Value size = m.abs(x);
    Value below = lookUp(m, logisticTailTable, size);
    Value above = m.sub(m.constant(1), below);
    Value near = m.select(m.less(x, m.constant(0)), below, above);
    return nearOrFar(m, logisticTailTable, size, near,
                     [&] { return wholeSigmoid(m, x); });
  });
}

Value silu(MathEmitter &m, Value x) {
  if (!hasTables(m))
    return wholeSilu(m, x);
  return onSixteen(m, x, [](MathEmitter &m, Value x) {
    return tableGate(m, logisticTailTable, x, [&] { return wholeSilu(m, x); });
  });
}

Value geluTanh(MathEmitter &m, Value x) {
  if (!hasTables(m))
    return wholeGeluTanh(m, x);
  return onSixteen(m, x, [](MathEmitter &m, Value x) {
    return tableGate(m, tanhGateTable, x, [&] { return wholeGeluTanh(m, x); });
  });
}

/// m / (2 - m), m = 1 - e^(-2 |x|).
Value tanh(MathEmitter &m, Value x) {
  if (hasTables(m))
    return onSixteen(m, x, [](MathEmitter &m, Value x) {
      return lookUpOdd(m, tanhTable, x);
    });
  Value t = m.mul(m.constant(-2), m.abs(x));
  t = m.atLeast(t, -4 * m.oneExponent());
  Pair rise = m.negate(m.expMinusOne({t, m.constant(0)}));
  Pair quotient = m.divide(rise, m.addTo(m.constant(2), m.negate(rise)));
  return m.copySign(m.round(quotient), x);
}

/// x tanh(log(1 + e^x)): with e = e^-|x|,
///   x (2 e + e^2) / (2 e + e^2 + 2)    for negative x,
///   x (1 + 2 e) / (1 + 2 e + 2 e^2)    else.
Value mish(MathEmitter &m, Value x) {
  double low = m.leastExponent() - 10, high = 2 * m.oneExponent();
  Value one = m.constant(1), two = m.constant(2), zero = m.constant(0);
  Value t = m.atLeast(m.neg(m.abs(x)), low);
  MathEmitter::Exponential e = m.exponential({t, zero});
  Pair power = m.power(e);

  Pair growth = m.multiply(e.mantissa, m.addTo(two, power));
  Pair below = m.addTo(two, m.scale(growth, e.exponent));

  Pair twice = {m.mul(two, power.hi), m.mul(two, power.lo)};
  Pair rise = m.twoSum(one, twice.hi);
  rise.lo = m.add(rise.lo, twice.lo);
  Pair square = m.multiply(twice, power);
  Pair above = m.addTo(rise.hi, square);
  above.lo = m.add(above.lo, rise.lo);

  Value isNegative = m.less(x, zero);
  Pair quotient = m.divide(m.select(isNegative, growth, rise),
                           m.select(isNegative, below, above));
  Value product = productOf(m, m.atLeast(x, low), quotient);
  Value result =
      m.scale(product, m.select(isNegative, e.exponent, m.zeroExponent()));
  return m.select(m.less(m.constant(high), x), x, result);
}

//===----------------------------------------------------------------------===//
// e^x - 1
//===----------------------------------------------------------------------===//

/// factor * (e^t - 1) for t below 0.
static Value scaledRise(MathEmitter &m, Pair t, Pair factor) {
  // From here down, e^t - 1 is -1.
  double low = -3 * m.oneExponent();
  Value isLow = m.less(t.hi, m.constant(low));
  Pair bounded = m.select(isLow, Pair{m.constant(low), m.constant(0)}, t);
  Pair product = m.multiply(m.expMinusOne(bounded), factor);
  return m.round(product);
}

Value elu(MathEmitter &m, Value x, double alpha) {
  Value zero = m.constant(0);
  // The other branch is kept from overflowing.
  Value below =
      scaledRise(m, {m.atMost(x, 0), zero}, {m.constant(alpha), zero});
  return m.select(m.less(x, zero), below, m.select(m.isNaN(x), below, x));
}

Value selu(MathEmitter &m, Value x, double alpha, double gamma) {
  Value zero = m.constant(0);
  long double exact = (long double)(alpha)*gamma;
  long double high = m.isDouble ? double(exact) : float(exact);
  Pair factor = {m.constant(double(high)), m.constant(double(exact - high))};
  Value below = scaledRise(m, {m.atMost(x, 0), zero}, factor);
  // A zero is multiplied too, and keeps its sign.
  Value slope = m.select(m.less(zero, x), m.constant(gamma), factor.hi);
  return m.select(m.less(x, zero), below, m.mul(slope, x));
}

Value celu(MathEmitter &m, Value x, double alpha) {
  Value zero = m.constant(0), divisor = m.constant(alpha);
  Value bounded = m.atMost(x, 0);
  Value quotient = m.div(bounded, divisor);
  Pair back = m.twoProduct(quotient, divisor);
  Value rest = m.div(m.sub(m.sub(bounded, back.hi), back.lo), divisor);
  Value below = scaledRise(m, {quotient, rest}, {divisor, zero});
  // As near to 0 as this the result is x; the quotient of the least numbers
  // would be rounded to 0, and their sign with it.
  Value near = m.constant(-std::ldexp(std::fabs(alpha), -64));
  return m.select(m.less(x, near), below, x);
}

} // namespace tactus::math
