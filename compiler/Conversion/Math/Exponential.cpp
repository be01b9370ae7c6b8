//===- Exponential.cpp - e^t ----------------------------------------------===//
#include "compiler/Conversion/Math/MathEmitter.h"

using namespace mlir;

namespace tactus {

// q(r) for (e^r - 1 - r) / r^2 on [-ln2 / 2, ln2 / 2], by fpminimax of Sollya.
// The error of 1 + r + r^2 q(r) is below 2^-31 and 2^-61.
static constexpr double singleCoefficients[] = {0x1p-1,         0x1.555556p-3,
                                                0x1.5555p-5,    0x1.110fc2p-7,
                                                0x1.6d308ep-10, 0x1.a2d954p-13};
static constexpr double doubleCoefficients[] = {0x1p-1,
                                                0x1.5555555555557p-3,
                                                0x1.5555555555557p-5,
                                                0x1.1111111110045p-7,
                                                0x1.6c16c16c1569dp-10,
                                                0x1.a01a01ac27466p-13,
                                                0x1.a01a01ab9d95ap-16,
                                                0x1.71de018a4f3f5p-19,
                                                0x1.27e4cf9f09ac7p-22,
                                                0x1.af4f19600e896p-26,
                                                0x1.1f8710b95a077p-29};

MathEmitter::Remainder MathEmitter::remainderOfLog2(Pair t) {
  // n = round(t / ln 2): adding `magic` leaves n in the lowest bits.
  Value magic = constant(isDouble ? 0x1.8p52 : 0x1.8p23);
  Value shifted = mulAdd(t.hi, constant(0x1.71547652b82fep0), magic);
  Value n = sub(shifted, magic);
  Value bits =
      arith::SubIOp::create(builder, loc, bitsOf(shifted), bitsOf(magic));

  // t - n ln 2. The upper part of ln 2 has so few bits that n times it, and the
  // difference, are exact (Cody and Waite, 1980).
  Value high = constant(isDouble ? -0x1.62e42feep-1 : -0x1.62e4p-1);
  Value low =
      constant(isDouble ? -0x1.a39ef35793c76p-33 : -0x1.7f7d1cf79abcap-20);
  return {
      mulAdd(n, high, t.hi), t.lo ? mulAdd(n, low, t.lo) : mul(n, low), {bits}};
}

Value MathEmitter::expQuotient(Value r) {
  return polynomial(r, isDouble ? ArrayRef(doubleCoefficients)
                                : ArrayRef(singleCoefficients));
}

MathEmitter::Exponential MathEmitter::exponential(Pair t) {
  Remainder remainder = remainderOfLog2(t);
  Pair r = twoSum(remainder.exact, remainder.rest);
  Value rest = mulAdd(r.lo, r.hi, r.lo);
  rest = mulAdd(mul(r.hi, r.hi), expQuotient(r.hi), rest);
  Pair fraction = fastTwoSum(r.hi, rest);
  return {addTo(constant(1), fraction), fraction, remainder.exponent};
}

MathEmitter::RoundedExponential MathEmitter::roundedExponential(Pair t) {
  Remainder remainder = remainderOfLog2(t);
  Value r = add(remainder.exact, remainder.rest);
  return {mulAdd(mul(r, r), expQuotient(r), r), remainder.exponent};
}

Pair MathEmitter::expMinusOne(Pair t) {
  Exponential e = exponential(t);
  // Where e^t is within half of 1, subtracting would lose digits.
  return select(isZero(e.exponent), e.fraction, addTo(constant(-1), power(e)));
}

} // namespace tactus
