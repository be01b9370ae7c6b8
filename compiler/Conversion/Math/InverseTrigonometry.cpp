//===- InverseTrigonometry.cpp - asin, acos and atan ----------------------===//
#include "compiler/Conversion/Math/Functions.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include <limits>

using namespace mlir;

namespace tactus::math {

// A(z) for atan(t) = t + t^3 A(t^2), |t| up to tan(pi / 8), and B(z) for
// asin(t) = t + t^3 B(t^2), |t| up to 1/2, by fpminimax of Sollya. The errors
// are below 2^-28 and 2^-62 of the result.
static constexpr double singleTangent[] = {-0x1.555554p-2, 0x1.999706p-3,
                                           -0x1.241c52p-3, 0x1.b7ca68p-4,
                                           -0x1.0772d4p-4};
static constexpr double doubleTangent[] = {
    -0x1.5555555555555p-2, 0x1.9999999999814p-3,  -0x1.2492492481b5ep-3,
    0x1.c71c71bc9574dp-4,  -0x1.745d1563e71d8p-4, 0x1.3b137ba5b7c9bp-4,
    -0x1.110d25df1bbedp-4, 0x1.e17e6221df56cp-5,  -0x1.abc5ce127d43ep-5,
    0x1.71f8ba468238cp-5,  -0x1.146f87ae610c6p-5, 0x1.fa245565feb56p-7};
static constexpr double singleSine[] = {0x1.555554p-3, 0x1.3334cep-4,
                                        0x1.6d3e6ap-5, 0x1.ffbf34p-6,
                                        0x1.0fe1b2p-6, 0x1.1acb92p-5};
static constexpr double doubleSine[] = {
    0x1.5555555555555p-3,  0x1.33333333334b8p-4, 0x1.6db6db6d96522p-5,
    0x1.f1c71c85f079bp-6,  0x1.6e8b9f66502f6p-6, 0x1.1c4f2674e4f28p-6,
    0x1.c98b8d3647f99p-7,  0x1.7b39c34c1a00ap-7, 0x1.39ac2d6293658p-7,
    0x1.39c64c0079b98p-7,  0x1.187d9a13442f3p-9, 0x1.62641b4263249p-6,
    -0x1.68eb4eb85d2aap-6, 0x1.0032fcd20d0dbp-5};

/// pi / 2 times `factor`, as the sum of a number of the type and what is
/// missing.
static Pair halfPi(MathEmitter &m, double factor) {
  double high = m.isDouble ? 0x1.921fb54442d18p0 : 0x1.921fb6p0;
  double low = m.isDouble ? 0x1.1a62633145c07p-54 : -0x1.777a5cp-25;
  return {m.constant(factor * high), m.constant(factor * low)};
}

/// offset + t + small, |t| being at most offset or offset 0.
static Value offsetSum(MathEmitter &m, Pair offset, Value t, Value small) {
  Pair sum = m.twoSum(offset.hi, t);
  return m.add(sum.hi, m.add(sum.lo, m.add(offset.lo, small)));
}

/// atan(a) = c + atan((a - tan c) / (1 + a tan c)) for c of 0, pi/4 and pi/2.
Value atan(MathEmitter &m, Value x) {
  Value one = m.constant(1), zero = m.constant(0);
  // Beyond it, pi / 2 is the nearest number, and quotients stay finite.
  Value a = m.atMost(m.abs(x), m.isDouble ? 0x1p60 : 0x1p30);
  Value isMiddle = m.less(m.constant(0.41421356), a);
  Value isLarge = m.less(m.constant(2.41421356), a);
  auto choose = [&](Pair large, Pair middle, Pair small) {
    return m.select(isLarge, large, m.select(isMiddle, middle, small));
  };
  Pair numerator =
      choose({m.constant(-1), zero}, m.twoSum(a, m.constant(-1)), {a, zero});
  Pair denominator = choose({a, zero}, m.twoSum(a, one), {one, zero});
  Pair t = m.divide(numerator, denominator);
  Value z = m.mul(t.hi, t.hi);
  Value cubic = m.mul(m.mul(t.hi, z),
                      m.polynomial(z, m.isDouble ? ArrayRef(doubleTangent)
                                                 : ArrayRef(singleTangent)));
  Pair offset = choose(halfPi(m, 1), halfPi(m, 0.5), {zero, zero});
  Value result = offsetSum(m, offset, t.hi, m.add(cubic, t.lo));
  return m.select(m.isNaN(x), x, m.copySign(result, x));
}

namespace {
/// asin(|x|) as offset + factor (t + small): t is |x| up to 1/2, and beyond
/// sqrt((1 - |x|) / 2), whose asin is taken twice from pi / 2.
struct ArcSine {
  Value isLarge, t, small;
};
} // namespace

static ArcSine arcSineOf(MathEmitter &m, Value x) {
  Value a = m.abs(x), one = m.constant(1), zero = m.constant(0);
  Value isLarge = m.less(m.constant(0.5), a);
  // Exact, since 1 - a is.
  Value rest = m.mul(m.constant(0.5), m.sub(one, a));
  rest = m.select(m.less(zero, rest), rest, zero);
  Value root = mlir::math::SqrtOp::create(m.builder, m.loc, rest);
  Pair back = m.twoProduct(root, root);
  Value low = m.div(m.sub(m.sub(rest, back.hi), back.lo), m.add(root, root));
  low = m.select(m.lessEqual(root, zero), zero, low);
  Value z = m.select(isLarge, rest, m.mul(a, a));
  Value t = m.select(isLarge, root, a);
  Value cubic =
      m.mul(m.mul(t, z), m.polynomial(z, m.isDouble ? ArrayRef(doubleSine)
                                                    : ArrayRef(singleSine)));
  return {isLarge, t, m.add(cubic, m.select(isLarge, low, zero))};
}

static Value inRange(MathEmitter &m, Value x, Value result) {
  Value nan = m.constant(std::numeric_limits<double>::quiet_NaN());
  return m.select(m.lessEqual(m.abs(x), m.constant(1)), result, nan);
}

Value asin(MathEmitter &m, Value x) {
  ArcSine arc = arcSineOf(m, x);
  Value minusTwo = m.constant(-2), one = m.constant(1), zero = m.constant(0);
  Value factor = m.select(arc.isLarge, minusTwo, one);
  Pair offset = m.select(arc.isLarge, halfPi(m, 1), Pair{zero, zero});
  Value result =
      offsetSum(m, offset, m.mul(factor, arc.t), m.mul(factor, arc.small));
  return inRange(m, x, m.copySign(result, x));
}

/// pi / 2 - asin(x); 2 asin(t) beyond 1/2, and pi less that below -1/2.
Value acos(MathEmitter &m, Value x) {
  ArcSine arc = arcSineOf(m, x);
  Value zero = m.constant(0), isNegative = m.less(x, zero);
  Value size = m.select(arc.isLarge, m.constant(2), m.constant(1));
  Value isAdded =
      arith::XOrIOp::create(m.builder, m.loc, arc.isLarge, isNegative);
  Value factor = m.select(isAdded, size, m.neg(size));
  Pair ofLarge = m.select(isNegative, halfPi(m, 2), Pair{zero, zero});
  Pair offset = m.select(arc.isLarge, ofLarge, halfPi(m, 1));
  return inRange(
      m, x,
      offsetSum(m, offset, m.mul(factor, arc.t), m.mul(factor, arc.small)));
}

} // namespace tactus::math
