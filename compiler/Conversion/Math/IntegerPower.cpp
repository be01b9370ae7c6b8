//===- IntegerPower.cpp - Powers of integers ------------------------------===//
#include "compiler/Conversion/Math/Expander.h"

using namespace mlir;

namespace tactus {

/// By squaring, a step for each bit of the exponent. An element whose exponent
/// is negative is 1 over its power, which is whole for 1 and -1 alone.
Value Expander::power(Value base, Value exponent) {
  Type type = base.getType();
  Value zero = integer(type, 0), one = integer(type, 1);
  auto compare = [&](arith::CmpIPredicate predicate, Value x,
                     Value y) -> Value {
    return arith::CmpIOp::create(builder, loc, predicate, x, y);
  };
  auto pick = [&](Value condition, Value x, Value y) -> Value {
    return arith::SelectOp::create(builder, loc, condition, x, y);
  };
  auto isSet = [&](unsigned bit) {
    Value mask = integer(type, int64_t(uint64_t(1) << bit));
    return compare(arith::CmpIPredicate::ne,
                   arith::AndIOp::create(builder, loc, exponent, mask), zero);
  };
  bool isUnsigned = elementType.isUnsignedInteger();
  // Only a negative exponent has the sign bit.
  unsigned bits = elementType.getIntOrFloatBitWidth() - (isUnsigned ? 0 : 1);
  Value result = one, square = base;
  for (unsigned bit = 0; bit < bits; ++bit) {
    if (bit > 0)
      square = arith::MulIOp::create(builder, loc, square, square);
    Value product = arith::MulIOp::create(builder, loc, result, square);
    result = pick(isSet(bit), product, result);
  }
  if (isUnsigned)
    return result;
  Value minusOne = integer(type, -1);
  Value ofMinusOne = pick(isSet(0), minusOne, one);
  Value inverse = pick(compare(arith::CmpIPredicate::eq, base, one), one,
                       pick(compare(arith::CmpIPredicate::eq, base, minusOne),
                            ofMinusOne, zero));
  return pick(compare(arith::CmpIPredicate::slt, exponent, zero), inverse,
              result);
}

} // namespace tactus
