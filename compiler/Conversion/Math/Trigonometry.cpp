//===- Trigonometry.cpp - sin, cos and tan --------------------------------===//
//
// Everything is computed in f64, f32 by way of it: what is left of a number
// after taking away multiples of pi / 2 has to be known to many more digits
// than the number has.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Math/Functions.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include <limits>

using namespace mlir;

namespace tactus::math {

// S(z) and C(z) for sin(r) = r + r^3 S(r^2) and cos(r) = 1 - r^2 / 2 + r^4
// C(r^2), |r| up to pi / 4, by fpminimax of Sollya; errors below 2^-60 of the
// result.
static constexpr double sineCoefficients[] = {
    -0x1.5555555555555p-3, 0x1.1111111111023p-7,   -0x1.a01a019fea7bcp-13,
    0x1.71de3a1434affp-19, -0x1.ae63ff0dba1bdp-26, 0x1.60eb6d3d4f0a1p-33,
    -0x1.90a435691c952p-41};
static constexpr double cosineCoefficients[] = {
    0x1.5555555555555p-5,   -0x1.6c16c16c16a3cp-10, 0x1.a01a019fbb9b9p-16,
    -0x1.27e4faf6be3a7p-22, 0x1.1eece3f3ec19cp-29,  -0x1.92bc9c5f73613p-37,
    0x1.41c7264ad7b33p-45};

/// The binary digits of 2 / pi, behind 64 zeros.
static constexpr uint64_t digitsOfTwoOverPi[] = {0,
                                                 0xa2f9836e4e441529,
                                                 0xfc2757d1f534ddc0,
                                                 0xdb6295993c439041,
                                                 0xfe5163abdebbc561,
                                                 0xb7246e3a424dd2e0,
                                                 0x06492eea09d1921c,
                                                 0xfe1deb1cb129a73e,
                                                 0xe88235f52ebb4484,
                                                 0xe99c7026b45f7e41,
                                                 0x3991d639835339f4,
                                                 0x9c845f8bbdf9283b,
                                                 0x1ff897ffde05980f,
                                                 0xef2f118b5a0a6d1f,
                                                 0x6d367ecf27cb09b7,
                                                 0x4f463f669e5fea2d,
                                                 0x7527bac7ebe5f17b,
                                                 0x3d0739f78a5292ea,
                                                 0x6bfb5fb11f8d5d08,
                                                 0x56033046fc7b6bab};

namespace {

/// x = quadrant * pi / 2 + rest, |rest| up to pi / 4; the quadrant counts
/// modulo 4.
struct Reduced {
  Value quadrant;
  Pair rest;
};

class Reduction {
public:
  explicit Reduction(MathEmitter &m) : m(m), b(m.builder), loc(m.loc) {}

  Reduced reduce(Value x);

private:
  Reduced reduceSmall(Value x);
  Reduced reduceAny(Value x);
  /// 192 bits of 2 / pi as words, the first being the most significant, from
  /// `position` in the digits on.
  SmallVector<Value> window(Value position);
  /// The upper 128 of the lower 192 bits of `factor`, of 53 bits, times
  /// `words`.
  std::pair<Value, Value> multiply(Value factor, ArrayRef<Value> words);

  Value bits(uint64_t value) { return m.integer(int64_t(value)); }
  Value shiftLeft(Value x, Value by) {
    return arith::ShLIOp::create(b, loc, x, by);
  }
  Value shiftRight(Value x, Value by) {
    return arith::ShRUIOp::create(b, loc, x, by);
  }
  Value bitAnd(Value x, Value y) { return arith::AndIOp::create(b, loc, x, y); }
  Value bitOr(Value x, Value y) { return arith::OrIOp::create(b, loc, x, y); }
  Value plus(Value x, Value y) { return arith::AddIOp::create(b, loc, x, y); }
  Value times(Value x, Value y) { return arith::MulIOp::create(b, loc, x, y); }
  Value equals(Value x, Value y) {
    return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq, x, y);
  }
  Value lowHalf(Value x) { return bitAnd(x, bits(0xffffffff)); }
  Value highHalf(Value x) { return shiftRight(x, bits(32)); }
  Value toFloat(Value x) { return arith::SIToFPOp::create(b, loc, m.type, x); }

  MathEmitter &m;
  OpBuilder &b;
  Location loc;
};

} // namespace

/// Below this, pi / 2 in four parts is enough (Cody and Waite, 1980).
static constexpr double smallRange = 0x1p20;

Reduced Reduction::reduceSmall(Value x) {
  Value magic = m.constant(0x1.8p52);
  Value shifted = m.mulAdd(x, m.constant(0x1.45f306dc9c883p-1), magic);
  Value n = m.sub(shifted, magic);
  Value quadrant =
      arith::SubIOp::create(b, loc, m.bitsOf(shifted), m.bitsOf(magic));
  // The first three have 33 bits, so that n times them is exact.
  Value first = m.mulAdd(n, m.constant(-0x1.921fb544p0), x);
  Pair second = m.twoSum(first, m.mul(n, m.constant(-0x1.0b4611a6p-34)));
  Pair third = m.twoSum(second.hi, m.mul(n, m.constant(-0x1.3198a2ep-69)));
  Value low = m.add(second.lo, third.lo);
  low = m.mulAdd(n, m.constant(-0x1.b839a252049c1p-104), low);
  return {quadrant, m.fastTwoSum(third.hi, low)};
}

SmallVector<Value> Reduction::window(Value position) {
  Value index = shiftRight(position, bits(6));
  Value shift = bitAnd(position, bits(63));
  // Four words from `index` on; each is chosen among all.
  constexpr size_t count = std::size(digitsOfTwoOverPi);
  SmallVector<Value> words(4, bits(0));
  for (size_t first = 0; first + 4 <= count; ++first) {
    Value isHere = equals(index, bits(first));
    for (size_t i = 0; i < 4; ++i)
      words[i] = m.select(isHere, bits(digitsOfTwoOverPi[first + i]), words[i]);
  }
  SmallVector<Value> result;
  Value rest = arith::SubIOp::create(b, loc, bits(63), shift);
  for (size_t i = 0; i < 3; ++i) {
    // A shift by 64 - shift in two steps, which stays below the width.
    Value carried = shiftRight(shiftRight(words[i + 1], bits(1)), rest);
    result.push_back(bitOr(shiftLeft(words[i], shift), carried));
  }
  return result;
}

std::pair<Value, Value> Reduction::multiply(Value factor,
                                            ArrayRef<Value> words) {
  SmallVector<Value> digits; // of 32 bits, the least significant first
  for (Value word : llvm::reverse(words)) {
    digits.push_back(lowHalf(word));
    digits.push_back(highHalf(word));
  }
  Value low = lowHalf(factor), high = highHalf(factor);
  SmallVector<Value> byLow, byHigh, result;
  for (Value digit : digits) {
    byLow.push_back(times(low, digit));
    byHigh.push_back(times(high, digit));
  }
  Value carry = bits(0);
  for (size_t k = 0; k < digits.size(); ++k) {
    Value sum = plus(carry, lowHalf(byLow[k]));
    if (k >= 1)
      sum = plus(sum, plus(highHalf(byLow[k - 1]), lowHalf(byHigh[k - 1])));
    if (k >= 2)
      sum = plus(sum, highHalf(byHigh[k - 2]));
    result.push_back(lowHalf(sum));
    carry = highHalf(sum);
  }
  auto join = [&](size_t k) {
    return bitOr(result[k], shiftLeft(result[k + 1], bits(32)));
  };
  return {join(4), join(2)};
}

/// Payne and Hanek, 1983: of x 2 / pi only the digits around the point are
/// computed, in integers. x is 2^e times an integer of 53 bits, e from -32 on.
Reduced Reduction::reduceAny(Value x) {
  Value pattern = m.bitsOf(m.abs(x));
  Value integer = bitOr(bitAnd(pattern, bits((uint64_t(1) << 52) - 1)),
                        bits(uint64_t(1) << 52));
  Value exponent = shiftRight(pattern, bits(52));
  // Digit i of 2 / pi counts 2^(e - i): those up to e - 2 are whole turns.
  Value position = plus(exponent, bits(62 - 1075));
  auto [upper, lower] = multiply(integer, window(position));
  Value quadrant = shiftRight(upper, bits(62));
  // The fraction, as a signed number of 128 bits.
  upper = bitOr(shiftLeft(upper, bits(2)), shiftRight(lower, bits(62)));
  lower = shiftLeft(lower, bits(2));
  Value isAbove =
      arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt, upper, bits(0));
  quadrant = m.select(isAbove, plus(quadrant, bits(1)), quadrant);
  Value minusOne = bits(~uint64_t(0));
  Value negatedLow =
      plus(arith::XOrIOp::create(b, loc, lower, minusOne), bits(1));
  Value borrow = m.select(equals(lower, bits(0)), bits(1), bits(0));
  Value negatedHigh =
      plus(arith::XOrIOp::create(b, loc, upper, minusOne), borrow);
  upper = m.select(isAbove, negatedHigh, upper);
  lower = m.select(isAbove, negatedLow, lower);
  // Parts of at most 53 bits are exact as floats.
  Pair fraction =
      m.fastTwoSum(m.mul(toFloat(highHalf(upper)), m.constant(0x1p-32)),
                   m.mul(toFloat(lowHalf(upper)), m.constant(0x1p-64)));
  Value tail =
      m.mul(toFloat(shiftRight(lower, bits(11))), m.constant(0x1p-117));
  fraction = m.fastTwoSum(fraction.hi, m.add(fraction.lo, tail));
  Pair rest = m.multiply(fraction, {m.constant(0x1.921fb54442d18p0),
                                    m.constant(0x1.1a62633145c07p-54)});
  rest = m.select(isAbove, m.negate(rest), rest);
  // sin(-x) is -sin(x): both turn around with the sign.
  Value isNegative = m.less(x, m.constant(0));
  quadrant = m.select(
      isNegative, arith::SubIOp::create(b, loc, bits(0), quadrant).getResult(),
      quadrant);
  return {quadrant, m.select(isNegative, m.negate(rest), rest)};
}

Reduced Reduction::reduce(Value x) {
  Reduced small = reduceSmall(x);
  Value isLarge = m.lessEqual(m.constant(smallRange), m.abs(x));
  Value anyIsLarge = isLarge;
  if (isa<VectorType>(x.getType()))
    anyIsLarge =
        vector::ReductionOp::create(b, loc, vector::CombiningKind::OR, isLarge);
  auto which = scf::IfOp::create(b, loc, TypeRange{m.bitsType, m.type, m.type},
                                 anyIsLarge,
                                 /*addThenBlock=*/true, /*addElseBlock=*/true);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(which.thenBlock());
    Reduced large = reduceAny(x);
    Pair rest = m.select(isLarge, large.rest, small.rest);
    Value quadrant = m.select(isLarge, large.quadrant, small.quadrant);
    scf::YieldOp::create(b, loc, ValueRange{quadrant, rest.hi, rest.lo});
    b.setInsertionPointToStart(which.elseBlock());
    scf::YieldOp::create(
        b, loc, ValueRange{small.quadrant, small.rest.hi, small.rest.lo});
  }
  return {which.getResult(0), {which.getResult(1), which.getResult(2)}};
}

//===----------------------------------------------------------------------===//
// Between -pi / 4 and pi / 4
//===----------------------------------------------------------------------===//

static Pair sineOf(MathEmitter &m, Pair r) {
  Value z = m.mul(r.hi, r.hi);
  Value cubic = m.mul(m.mul(r.hi, z), m.polynomial(z, sineCoefficients));
  Value slope = m.mulAdd(z, m.constant(-0.5), m.constant(1));
  return m.fastTwoSum(r.hi, m.mulAdd(r.lo, slope, cubic));
}

static Pair cosineOf(MathEmitter &m, Pair r) {
  Value one = m.constant(1), z = m.mul(r.hi, r.hi);
  Value half = m.mul(m.constant(0.5), z);
  Value upper = m.sub(one, half);
  Value rest = m.mul(m.mul(z, z), m.polynomial(z, cosineCoefficients));
  rest = m.sub(rest, m.mul(r.hi, r.lo));
  return m.fastTwoSum(upper, m.add(m.sub(m.sub(one, upper), half), rest));
}

/// Computes in f64, whatever the type of `x`.
static Value inDouble(MathEmitter &m, Value x,
                      function_ref<Value(MathEmitter &, Value)> compute) {
  if (m.isDouble)
    return compute(m, x);
  Type wide = withElementType(m.type, m.builder.getF64Type());
  MathEmitter d(m.builder, m.loc, wide, m.getMachine());
  Value result = compute(d, arith::ExtFOp::create(m.builder, m.loc, wide, x));
  return arith::TruncFOp::create(m.builder, m.loc, m.type, result);
}

/// `result` for finite x, and NaN else.
static Value ofFinite(MathEmitter &m, Value x, Value result) {
  double infinity = std::numeric_limits<double>::infinity();
  return m.select(m.less(m.abs(x), m.constant(infinity)), result,
                  m.constant(std::numeric_limits<double>::quiet_NaN()));
}

/// Whether the bit of `quadrant` at `place` is set.
static Value hasBit(MathEmitter &m, Value quadrant, int64_t place) {
  Value bit = arith::AndIOp::create(m.builder, m.loc, quadrant,
                                    m.integer(int64_t(1) << place));
  return arith::CmpIOp::create(m.builder, m.loc, arith::CmpIPredicate::ne, bit,
                               m.integer(0));
}

/// sin(x + turns * pi / 2).
static Value turned(MathEmitter &m, Value x, int64_t turns) {
  Reduced reduced = Reduction(m).reduce(x);
  Value quadrant = arith::AddIOp::create(m.builder, m.loc, reduced.quadrant,
                                         m.integer(turns));
  Value size =
      m.select(hasBit(m, quadrant, 0), m.round(cosineOf(m, reduced.rest)),
               m.round(sineOf(m, reduced.rest)));
  return ofFinite(m, x, m.select(hasBit(m, quadrant, 1), m.neg(size), size));
}

/// Below this sin(x) and tan(x) are x.
static Value isTiny(MathEmitter &m, Value x) {
  return m.less(m.abs(x), m.constant(0x1p-27));
}

Value sin(MathEmitter &m, Value x) {
  return inDouble(m, x, [](MathEmitter &m, Value x) {
    return m.select(isTiny(m, x), x, turned(m, x, 0));
  });
}

Value cos(MathEmitter &m, Value x) {
  return inDouble(m, x,
                  [](MathEmitter &m, Value x) { return turned(m, x, 1); });
}

Value tan(MathEmitter &m, Value x) {
  return inDouble(m, x, [](MathEmitter &m, Value x) {
    Reduced reduced = Reduction(m).reduce(x);
    Pair sine = sineOf(m, reduced.rest), cosine = cosineOf(m, reduced.rest);
    Value isOdd = hasBit(m, reduced.quadrant, 0);
    Pair quotient = m.divide(m.select(isOdd, m.negate(cosine), sine),
                             m.select(isOdd, sine, cosine));
    return m.select(isTiny(m, x), x, ofFinite(m, x, m.round(quotient)));
  });
}

} // namespace tactus::math
