//===- Piecewise.cpp - Functions without exponentials ---------------------===//
#include "compiler/Conversion/Math/Functions.h"

using namespace mlir;

namespace tactus::math {

Value relu(MathEmitter &m, Value x) {
  // NaN stays, and -0 becomes 0.
  Value zero = m.constant(0);
  return m.select(m.lessEqual(x, zero), zero, x);
}

Value sign(MathEmitter &m, Value x) {
  Value zero = m.constant(0);
  Value ofZero = m.select(m.isNaN(x), x, zero);
  Value ofNegative = m.select(m.less(x, zero), m.constant(-1), ofZero);
  return m.select(m.less(zero, x), m.constant(1), ofNegative);
}

Value leakyRelu(MathEmitter &m, Value x, Value slope) {
  return m.select(m.less(x, m.constant(0)), m.mul(slope, x), x);
}

Value clamp(MathEmitter &m, Value x, double low, double high) {
  return m.atMost(m.atLeast(x, low), high);
}

Value hardSigmoid(MathEmitter &m, Value x, double alpha, double beta) {
  // Where both terms nearly cancel, the product's rounding error would show.
  Pair product = m.twoProduct(m.constant(alpha), x);
  Pair sum = m.twoSum(m.constant(beta), product.hi);
  Value line = m.add(sum.hi, m.add(sum.lo, product.lo));
  // Errors of infinite or huge terms are no numbers, but not needed either.
  Value bounded = m.select(m.less(m.abs(product.hi), m.constant(0x1p100)), line,
                           m.add(product.hi, m.constant(beta)));
  return clamp(m, bounded, 0, 1);
}

/// x (x + 3) / 6 between -3 and 3; x + 3 is exact where the result is small.
Value hardSwish(MathEmitter &m, Value x) {
  Value three = m.constant(3);
  Value middle = m.mul(m.atLeast(x, -3),
                       m.div(m.add(m.atLeast(x, -3), three), m.constant(6)));
  return m.select(m.less(x, three), middle, x);
}

Value thresholdedRelu(MathEmitter &m, Value x, double alpha) {
  Value isLow = m.lessEqual(x, m.constant(alpha));
  return m.select(isLow, m.constant(0), x);
}

Value softsign(MathEmitter &m, Value x) {
  // Far out the result is 1, and the quotient of infinities none.
  double bound = m.isDouble ? 0x1p60 : 0x1p30;
  Value a = m.atMost(m.abs(x), bound);
  Pair quotient = m.divide({a, m.constant(0)}, m.twoSum(m.constant(1), a));
  return m.copySign(m.round(quotient), x);
}

} // namespace tactus::math
