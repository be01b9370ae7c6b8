//===- Modulo.cpp - What division of floats leaves over -------------------===//
#include "compiler/Conversion/Math/Functions.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace tactus::math {
namespace {

/// A positive finite number as significand * 2^exponent, both integers, the
/// significand's leading bit being that of a normal number also where the
/// number is subnormal.
struct Parts {
  Value significand, exponent;
};

/// Long division of significands, bit by bit: exact on every processor, and as
/// many steps as the exponents lie apart, which mostly is a few.
class LongDivision {
public:
  explicit LongDivision(MathEmitter &m)
      : m(m), builder(m.builder), loc(m.loc),
        mantissaBits(m.isDouble ? 52 : 23) {}

  /// |a| modulo |b| for finite a and b, b not being 0.
  Value remainder(Value a, Value b);

private:
  Value bits(int64_t value) { return m.integer(value); }
  Value pick(Value condition, Value x, Value y) {
    return arith::SelectOp::create(builder, loc, condition, x, y);
  }
  Value compare(arith::CmpIPredicate predicate, Value x, Value y) {
    return arith::CmpIOp::create(builder, loc, predicate, x, y);
  }
  Value shiftLeft(Value x, Value by) {
    return arith::ShLIOp::create(builder, loc, x, by);
  }
  Value sub(Value x, Value y) {
    return arith::SubIOp::create(builder, loc, x, y);
  }
  /// The place of the leading bit counted from that of a normal number down.
  Value missingBits(Value significand);
  Parts split(Value a);
  Value join(Parts parts);
  Value largest(Value steps);

  MathEmitter &m;
  OpBuilder &builder;
  Location loc;
  int64_t mantissaBits;
};

} // namespace

/// By halves: whether the upper half of what may be missing is empty.
Value LongDivision::missingBits(Value significand) {
  Value missing = bits(0);
  for (int64_t half = m.isDouble ? 32 : 16; half >= 1; half /= 2) {
    Value isEmpty = compare(arith::CmpIPredicate::ult, significand,
                            bits(int64_t(1) << (mantissaBits + 1 - half)));
    significand =
        pick(isEmpty, shiftLeft(significand, bits(half)), significand);
    missing =
        pick(isEmpty, arith::AddIOp::create(builder, loc, missing, bits(half)),
             missing);
  }
  return missing;
}

Parts LongDivision::split(Value a) {
  Value pattern = m.bitsOf(m.abs(a));
  Value exponent =
      arith::ShRUIOp::create(builder, loc, pattern, bits(mantissaBits));
  int64_t leading = int64_t(1) << mantissaBits;
  Value fraction =
      arith::AndIOp::create(builder, loc, pattern, bits(leading - 1));
  Value isSubnormal = compare(arith::CmpIPredicate::eq, exponent, bits(0));
  Value significand =
      pick(isSubnormal, fraction,
           arith::OrIOp::create(builder, loc, fraction, bits(leading)));
  exponent = pick(isSubnormal, bits(1), exponent);
  Value missing = missingBits(significand);
  return {shiftLeft(significand, missing), sub(exponent, missing)};
}

/// The number whose significand may have any leading bit, or be 0.
Value LongDivision::join(Parts parts) {
  Value missing = missingBits(parts.significand);
  Value exponent = sub(parts.exponent, missing);
  Value significand = shiftLeft(parts.significand, missing);
  // Below the least exponent the significand moves down again; nothing is
  // lost, since the divisor has no bits there.
  Value least = bits(1);
  Value isSubnormal = compare(arith::CmpIPredicate::slt, exponent, least);
  Value down = pick(isSubnormal, sub(least, exponent), bits(0));
  down = arith::MinUIOp::create(builder, loc, down, bits(mantissaBits));
  Value moved = arith::ShRUIOp::create(builder, loc, significand, down);
  Value normal = arith::AddIOp::create(
      builder, loc, shiftLeft(sub(exponent, bits(1)), bits(mantissaBits)),
      significand);
  Value pattern = pick(isSubnormal, moved, normal);
  Value isZero = compare(arith::CmpIPredicate::eq, parts.significand, bits(0));
  return m.fromBits(pick(isZero, bits(0), pattern));
}

/// Of all lanes.
Value LongDivision::largest(Value steps) {
  if (isa<VectorType>(steps.getType()))
    return vector::ReductionOp::create(builder, loc,
                                       vector::CombiningKind::MAXSI, steps);
  return steps;
}

Value LongDivision::remainder(Value a, Value b) {
  Parts x = split(a), y = split(b);
  Value apart = sub(x.exponent, y.exponent);
  Value isSmaller = m.less(m.abs(a), m.abs(b));
  // Lanes that are smaller already take no step, and are given as they are.
  apart = pick(isSmaller, bits(0), apart);
  Value steps = arith::IndexCastOp::create(builder, loc, builder.getIndexType(),
                                           largest(apart));
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  Value one = arith::ConstantIndexOp::create(builder, loc, 1);
  auto reduced = [&](Value rest) {
    Value fits = compare(arith::CmpIPredicate::uge, rest, y.significand);
    return pick(fits, sub(rest, y.significand), rest);
  };
  auto loop = scf::ForOp::create(builder, loc, zero, steps, one,
                                 ValueRange{x.significand, apart});
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(loop.getBody());
    Value rest = loop.getRegionIterArg(0), left = loop.getRegionIterArg(1);
    Value goesOn = compare(arith::CmpIPredicate::sgt, left, bits(0));
    Value next = shiftLeft(reduced(rest), bits(1));
    scf::YieldOp::create(builder, loc,
                         ValueRange{pick(goesOn, next, rest),
                                    pick(goesOn, sub(left, bits(1)), left)});
  }
  Value rest = join({reduced(loop.getResult(0)), y.exponent});
  return m.select(isSmaller, m.abs(a), rest);
}

Value modulo(MathEmitter &m, Value a, Value b, bool isFmod) {
  Value zero = m.constant(0), infinity = m.constant(INFINITY);
  Value bIsInfinite = m.lessEqual(infinity, m.abs(b));
  // Lanes without a result divide 1 by 1.
  Value isValid = arith::AndIOp::create(
      m.builder, m.loc, m.less(m.abs(a), infinity), m.less(zero, m.abs(b)));
  Value divides = arith::AndIOp::create(m.builder, m.loc, isValid,
                                        m.less(m.abs(b), infinity));
  Value one = m.constant(1);
  Value x = m.select(divides, a, one), y = m.select(divides, b, one);
  Value rest = LongDivision(m).remainder(x, y);
  rest = m.select(bIsInfinite, m.abs(a), rest);
  rest = m.copySign(rest, a);
  if (!isFmod) {
    Value isZero = m.lessEqual(m.abs(rest), zero);
    Value differs = arith::CmpIOp::create(
        m.builder, m.loc, arith::CmpIPredicate::slt,
        arith::XOrIOp::create(m.builder, m.loc, m.bitsOf(rest), m.bitsOf(b)),
        m.integer(0));
    rest = m.select(isZero, m.copySign(zero, b),
                    m.select(differs, m.add(rest, b), rest));
  }
  return m.select(isValid, rest, m.constant(NAN));
}

} // namespace tactus::math
