//===- Conversions.cpp - Between element types ----------------------------===//
#include "compiler/Conversion/Math/Conversions.h"
#include "compiler/Conversion/Math/MathEmitter.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace tactus {

using arith::CmpFPredicate;
using arith::CmpIPredicate;

Value Conversions::constant(Type like, Attribute element) {
  if (auto vector = dyn_cast<VectorType>(like))
    return arith::ConstantOp::create(builder, loc,
                                     DenseElementsAttr::get(vector, element));
  return arith::ConstantOp::create(builder, loc, cast<TypedAttr>(element));
}

Value Conversions::integer(Type like, int64_t value) {
  return constant(like,
                  builder.getIntegerAttr(
                      getElementTypeOrSelf(like),
                      APInt(getElementTypeOrSelf(like).getIntOrFloatBitWidth(),
                            uint64_t(value), /*isSigned=*/false,
                            /*implicitTrunc=*/true)));
}

Value Conversions::number(Type like, double value) {
  return constant(like,
                  builder.getFloatAttr(getElementTypeOrSelf(like), value));
}

Value Conversions::bitcast(Value value, Type elementType) {
  return arith::BitcastOp::create(
      builder, loc, withElementType(value.getType(), elementType), value);
}

Type Conversions::computed(Type elementType) {
  bool isNarrow = elementType.isF16() || elementType.isBF16();
  return isNarrow ? Float32Type::get(elementType.getContext()) : elementType;
}

Value Conversions::convert(Value value, Type from, Type to) {
  if (from == to)
    return value;
  bool fromFloat = isa<FloatType>(from), toFloatType = isa<FloatType>(to);
  if (fromFloat && toFloatType)
    return betweenFloats(value, from, to);
  if (fromFloat)
    return toInteger(value, from, to);
  if (toFloatType)
    return toFloat(value, from, to);
  return betweenIntegers(value, from, to);
}

//===----------------------------------------------------------------------===//
// Integers
//===----------------------------------------------------------------------===//

static bool isUnsigned(Type type) {
  return type.isInteger(1) || type.isUnsignedInteger();
}

Value Conversions::betweenIntegers(Value value, Type from, Type to) {
  if (to.isInteger(1))
    return arith::CmpIOp::create(builder, loc, CmpIPredicate::ne, value,
                                 integer(value.getType(), 0));
  unsigned width = from.getIntOrFloatBitWidth();
  unsigned wanted = to.getIntOrFloatBitWidth();
  Type type = withElementType(value.getType(), builder.getIntegerType(wanted));
  if (wanted == width)
    return value;
  if (wanted < width)
    return arith::TruncIOp::create(builder, loc, type, value);
  if (isUnsigned(from))
    return arith::ExtUIOp::create(builder, loc, type, value);
  return arith::ExtSIOp::create(builder, loc, type, value);
}

Value Conversions::toFloat(Value value, Type from, Type to) {
  Type medium = builder.getI32Type();
  if (to.isBF16() && from.getIntOrFloatBitWidth() == 64) {
    // Two roundings would differ from one: what f64 cannot hold is kept as one
    // sticky bit, which stays out of bf16's reach.
    Type type = value.getType();
    Value low = arith::AndIOp::create(builder, loc, value, integer(type, 4095));
    Value sticky = arith::SelectOp::create(
        builder, loc,
        arith::CmpIOp::create(builder, loc, CmpIPredicate::ne, low,
                              integer(type, 0)),
        integer(type, 4096), integer(type, 0));
    Value cut =
        arith::AndIOp::create(builder, loc, value, integer(type, ~4095));
    cut = arith::OrIOp::create(builder, loc, cut, sticky);
    // Numbers that f64 holds are left alone.
    Value isSmall = arith::CmpIOp::create(
        builder, loc, CmpIPredicate::ult,
        arith::AddIOp::create(builder, loc, value,
                              integer(type, int64_t(1) << 52)),
        integer(type, int64_t(1) << 53));
    value = arith::SelectOp::create(builder, loc, isSmall, value, cut);
  }
  // The hardware knows i32 and i64, signed.
  if (from.getIntOrFloatBitWidth() < 32)
    value = betweenIntegers(value, from, medium);
  Type exact = to;
  if (to.isF16())
    exact = builder.getF32Type(); // Every i32 that f16 holds is exact in f32.
  if (to.isBF16())
    exact = builder.getF64Type();
  Value result = arith::SIToFPOp::create(
      builder, loc, withElementType(value.getType(), exact), value);
  return betweenFloats(result, exact, to);
}

Value Conversions::truncate(Value value, int64_t low, int64_t high,
                            Type integerType) {
  // Bounds are powers of two, or one less; the upper one plus 1 is exact.
  Type type = value.getType();
  auto below = [&](CmpFPredicate predicate, double bound) -> Value {
    return arith::CmpFOp::create(builder, loc, predicate, value,
                                 number(type, bound));
  };
  double past = std::ldexp(1.0, 63);
  if (high != std::numeric_limits<int64_t>::max())
    past = double(high + 1);
  Value isHigh = below(CmpFPredicate::OGE, past);
  Value isLow = below(CmpFPredicate::OLT, double(low));
  // Out of range, the conversion's result is not defined: convert 0 instead.
  Value inside =
      arith::AndIOp::create(builder, loc, below(CmpFPredicate::OLT, past),
                            below(CmpFPredicate::OGE, double(low)));
  Value safe =
      arith::SelectOp::create(builder, loc, inside, value, number(type, 0));
  Type resultType = withElementType(type, integerType);
  Value result = arith::FPToSIOp::create(builder, loc, resultType, safe);
  result = arith::SelectOp::create(builder, loc, isHigh,
                                   integer(resultType, high), result);
  return arith::SelectOp::create(builder, loc, isLow, integer(resultType, low),
                                 result);
}

Value Conversions::toInteger(Value value, Type from, Type to) {
  if (to.isInteger(1)) {
    Type wide = computed(from);
    value = betweenFloats(value, from, wide);
    return arith::CmpFOp::create(builder, loc, CmpFPredicate::UNE, value,
                                 number(value.getType(), 0));
  }
  value = betweenFloats(value, from, computed(from));
  unsigned width = to.getIntOrFloatBitWidth();
  bool isWide = width == 64;
  Type type = isWide ? builder.getI64Type() : builder.getI32Type();
  bool isUnsigned = to.isUnsignedInteger();
  int64_t low = isUnsigned ? 0 : llvm::minIntN(width);
  int64_t high =
      isUnsigned ? int64_t(llvm::maxUIntN(width)) : llvm::maxIntN(width);
  return betweenIntegers(truncate(value, low, high, type), type, to);
}

//===----------------------------------------------------------------------===//
// Floats
//===----------------------------------------------------------------------===//

Value Conversions::betweenFloats(Value value, Type from, Type to) {
  if (from == to)
    return value;
  Type single = builder.getF32Type();
  if (from.isF16() || from.isBF16()) {
    Value wide = from.isF16() ? halfToSingle(value) : brainToSingle(value);
    return betweenFloats(wide, single, to);
  }
  if (to.isF64())
    return arith::ExtFOp::create(builder, loc,
                                 withElementType(value.getType(), to), value);
  if (to.isF32())
    return arith::TruncFOp::create(builder, loc,
                                   withElementType(value.getType(), to), value);
  if (from.isF64())
    value = doubleToSingleOdd(value);
  return to.isF16() ? singleToHalf(value) : singleToBrain(value);
}

/// Rounds to the neighbor whose last bit is odd unless exact, so that a second
/// rounding to fewer bits comes out as if it were the only one (Boldo and
/// Melquiond, 2008).
Value Conversions::doubleToSingleOdd(Value value) {
  Type single = builder.getF32Type();
  Value rounded = arith::TruncFOp::create(
      builder, loc, withElementType(value.getType(), single), value);
  Value back = arith::ExtFOp::create(builder, loc, value.getType(), rounded);
  Value bits = bitcast(rounded, builder.getI32Type());
  Type type = bits.getType();
  Value one = integer(type, 1), zero = integer(type, 0);
  Value isAway =
      arith::CmpFOp::create(builder, loc, CmpFPredicate::OGT,
                            math::AbsFOp::create(builder, loc, back),
                            math::AbsFOp::create(builder, loc, value));
  Value isInexact =
      arith::CmpFOp::create(builder, loc, CmpFPredicate::UNE, back, value);
  bits = arith::SubIOp::create(
      builder, loc, bits,
      arith::SelectOp::create(builder, loc, isAway, one, zero));
  bits = arith::OrIOp::create(
      builder, loc, bits,
      arith::SelectOp::create(builder, loc, isInexact, one, zero));
  return bitcast(bits, single);
}

Value Conversions::brainToSingle(Value value) {
  Value bits =
      betweenIntegers(bitcast(value, builder.getI16Type()),
                      builder.getIntegerType(16, false), builder.getI32Type());
  bits = arith::ShLIOp::create(builder, loc, bits, integer(bits.getType(), 16));
  return bitcast(bits, builder.getF32Type());
}

Value Conversions::singleToBrain(Value value) {
  Value bits = bitcast(value, builder.getI32Type());
  Type type = bits.getType();
  auto shift = [&](Value v) -> Value {
    return arith::ShRUIOp::create(builder, loc, v, integer(type, 16));
  };
  // Half a unit, or just below where the last bit is even.
  Value last =
      arith::AndIOp::create(builder, loc, shift(bits), integer(type, 1));
  Value half = arith::AddIOp::create(builder, loc, last, integer(type, 0x7fff));
  Value rounded = shift(arith::AddIOp::create(builder, loc, bits, half));
  Value quiet =
      arith::OrIOp::create(builder, loc, shift(bits), integer(type, 0x40));
  Value isNaN =
      arith::CmpFOp::create(builder, loc, CmpFPredicate::UNO, value, value);
  Value result = arith::SelectOp::create(builder, loc, isNaN, quiet, rounded);
  return bitcast(
      betweenIntegers(result, builder.getI32Type(), builder.getI16Type()),
      builder.getBF16Type());
}

Value Conversions::halfToSingle(Value value) {
  if (halfFloats)
    return arith::ExtFOp::create(
        builder, loc, withElementType(value.getType(), builder.getF32Type()),
        value);
  Value bits =
      betweenIntegers(bitcast(value, builder.getI16Type()),
                      builder.getIntegerType(16, false), builder.getI32Type());
  Type type = bits.getType();
  auto masked = [&](int64_t mask) -> Value {
    return arith::AndIOp::create(builder, loc, bits, integer(type, mask));
  };
  // As f32 digits with f16's exponent: 2^112 corrects it, and makes subnormals
  // normal.
  Value digits =
      arith::ShLIOp::create(builder, loc, masked(0x7fff), integer(type, 13));
  Value magnitude = bitcast(digits, builder.getF32Type());
  Value scaled = arith::MulFOp::create(builder, loc, magnitude,
                                       number(magnitude.getType(), 0x1p112));
  Value special =
      arith::OrIOp::create(builder, loc, digits, integer(type, 0x7f800000));
  Value isSpecial = arith::CmpIOp::create(
      builder, loc, CmpIPredicate::uge, masked(0x7fff), integer(type, 0x7c00));
  Value result = arith::SelectOp::create(builder, loc, isSpecial, special,
                                         bitcast(scaled, builder.getI32Type()));
  Value sign =
      arith::ShLIOp::create(builder, loc, masked(0x8000), integer(type, 16));
  result = arith::OrIOp::create(builder, loc, result, sign);
  return bitcast(result, builder.getF32Type());
}

Value Conversions::singleToHalf(Value value) {
  if (halfFloats)
    return arith::TruncFOp::create(
        builder, loc, withElementType(value.getType(), builder.getF16Type()),
        value);
  Value bits = bitcast(value, builder.getI32Type());
  Type type = bits.getType();
  auto op = [&](auto tag, Value a, int64_t b) -> Value {
    return decltype(tag)::create(builder, loc, a, integer(type, b));
  };
  Value magnitude = op(arith::AndIOp(), bits, 0x7fffffff);
  Value sign = op(arith::AndIOp(), op(arith::ShRUIOp(), bits, 16), 0x8000);

  // Normal results: move the exponent's bias and round at bit 13.
  Value last = op(arith::AndIOp(), op(arith::ShRUIOp(), magnitude, 13), 1);
  Value moved = arith::AddIOp::create(builder, loc, magnitude, last);
  moved = op(arith::AddIOp(), moved, 0xfff - (int64_t(112) << 23));
  Value normal = op(arith::ShRUIOp(), moved, 13);
  // Subnormal results: adding 0.5 rounds at the right bit and leaves the digits
  // at the bottom.
  Value number32 = bitcast(magnitude, builder.getF32Type());
  Value sum = arith::AddFOp::create(builder, loc, number32,
                                    number(number32.getType(), 0.5));
  Value subnormal =
      op(arith::SubIOp(), bitcast(sum, builder.getI32Type()), 0x3f000000);
  auto isBelow = [&](int64_t bound) -> Value {
    return arith::CmpIOp::create(builder, loc, CmpIPredicate::ult, magnitude,
                                 integer(type, bound));
  };
  auto pick = [&](Value condition, Value a, Value b) -> Value {
    return arith::SelectOp::create(builder, loc, condition, a, b);
  };
  Value result = pick(isBelow(0x38800000), subnormal, normal);
  // 65520 and above round to infinity.
  result = pick(isBelow(0x477ff000), result, integer(type, 0x7c00));
  result = pick(isBelow(0x7f800001), result, integer(type, 0x7e00));
  result = arith::OrIOp::create(builder, loc, result, sign);
  return bitcast(
      betweenIntegers(result, builder.getI32Type(), builder.getI16Type()),
      builder.getF16Type());
}

} // namespace tactus
