//===- MathEmitter.cpp - Operations, pairs and powers of two --------------===//
#include "compiler/Conversion/Math/MathEmitter.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace tactus {

Type withElementType(Type like, Type elementType) {
  if (auto vector = dyn_cast<VectorType>(like))
    return VectorType::get(vector.getShape(), elementType);
  return elementType;
}

MathEmitter::MathEmitter(OpBuilder &builder, Location loc, Type type,
                         MathMachine machine)
    : isDouble(getElementTypeOrSelf(type).isF64()), builder(builder), loc(loc),
      type(type), bitsType(withElementType(
                      type, builder.getIntegerType(isDouble ? 64 : 32))),
      machine(machine) {}

//===----------------------------------------------------------------------===//
// Single operations
//===----------------------------------------------------------------------===//

static Value buildConstant(OpBuilder &builder, Location loc, Type type,
                           Attribute element) {
  if (auto vector = dyn_cast<VectorType>(type))
    return arith::ConstantOp::create(builder, loc, vector,
                                     DenseElementsAttr::get(vector, element));
  return arith::ConstantOp::create(builder, loc, cast<TypedAttr>(element));
}

Value MathEmitter::constant(double value) {
  auto elementType = cast<FloatType>(getElementTypeOrSelf(type));
  APFloat rounded(value);
  bool loses = false;
  rounded.convert(elementType.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                  &loses);
  return buildConstant(builder, loc, type,
                       builder.getFloatAttr(elementType, rounded));
}

Value MathEmitter::integer(int64_t value) {
  return buildConstant(
      builder, loc, bitsType,
      builder.getIntegerAttr(getElementTypeOrSelf(bitsType), value));
}

Value MathEmitter::add(Value a, Value b) {
  return arith::AddFOp::create(builder, loc, a, b);
}
Value MathEmitter::sub(Value a, Value b) {
  return arith::SubFOp::create(builder, loc, a, b);
}
Value MathEmitter::mul(Value a, Value b) {
  return arith::MulFOp::create(builder, loc, a, b);
}
Value MathEmitter::div(Value a, Value b) {
  return arith::DivFOp::create(builder, loc, a, b);
}
Value MathEmitter::neg(Value a) {
  return arith::NegFOp::create(builder, loc, a);
}
Value MathEmitter::abs(Value a) {
  return math::AbsFOp::create(builder, loc, a);
}
Value MathEmitter::copySign(Value magnitude, Value sign) {
  // LLVM looks through casts of the sign of its own copysign, and is left with
  // f64 beside f16, which it has to call a function for.
  auto bits = [&](Value value, int64_t mask) -> Value {
    Value whole = arith::BitcastOp::create(builder, loc, bitsType, value);
    return arith::AndIOp::create(builder, loc, whole, integer(mask));
  };
  int64_t most = isDouble ? INT64_MAX : INT32_MAX;
  Value joined = arith::OrIOp::create(builder, loc, bits(magnitude, most),
                                      bits(sign, -most - 1));
  return arith::BitcastOp::create(builder, loc, type, joined);
}

Value MathEmitter::mulAdd(Value a, Value b, Value c) {
  if (machine.fma)
    return math::FmaOp::create(builder, loc, a, b, c);
  return add(mul(a, b), c);
}

Value MathEmitter::mulAddOnce(Value a, Value b, Value c) {
  if (machine.fma)
    return mulAdd(a, b, c);
  Pair product = twoProduct(a, b);
  Pair sum = twoSum(product.hi, c);
  return add(sum.hi, add(sum.lo, product.lo));
}

static Value compare(OpBuilder &builder, Location loc,
                     arith::CmpFPredicate predicate, Value a, Value b) {
  return arith::CmpFOp::create(builder, loc, predicate, a, b);
}
Value MathEmitter::less(Value a, Value b) {
  return compare(builder, loc, arith::CmpFPredicate::OLT, a, b);
}
Value MathEmitter::lessEqual(Value a, Value b) {
  return compare(builder, loc, arith::CmpFPredicate::OLE, a, b);
}
Value MathEmitter::isNaN(Value a) {
  return compare(builder, loc, arith::CmpFPredicate::UNO, a, a);
}

Value MathEmitter::select(Value condition, Value a, Value b) {
  return arith::SelectOp::create(builder, loc, condition, a, b);
}
Pair MathEmitter::select(Value condition, Pair a, Pair b) {
  return {select(condition, a.hi, b.hi), select(condition, a.lo, b.lo)};
}

Value MathEmitter::atLeast(Value a, double low) {
  Value bound = constant(low);
  return select(less(a, bound), bound, a);
}
Value MathEmitter::atMost(Value a, double high) {
  Value bound = constant(high);
  return select(less(bound, a), bound, a);
}

Value MathEmitter::polynomial(Value x, ArrayRef<double> coefficients) {
  Value sum = constant(coefficients.back());
  for (double coefficient : llvm::reverse(coefficients.drop_back()))
    sum = mulAdd(sum, x, constant(coefficient));
  return sum;
}

//===----------------------------------------------------------------------===//
// Pairs
//===----------------------------------------------------------------------===//

Pair MathEmitter::fastTwoSum(Value a, Value b) {
  Value sum = add(a, b);
  return {sum, sub(b, sub(sum, a))};
}

Pair MathEmitter::twoSum(Value a, Value b) {
  Value sum = add(a, b);
  Value bPart = sub(sum, a);
  Value aPart = sub(sum, bPart);
  return {sum, add(sub(a, aPart), sub(b, bPart))};
}

Value MathEmitter::upperHalf(Value a) {
  // Cutting off the low bits leaves at most half of the digits in each part.
  int64_t mask = isDouble ? -(int64_t(1) << 27) : -(int64_t(1) << 12);
  Value cut = arith::AndIOp::create(builder, loc, bitsOf(a), integer(mask));
  return fromBits(cut);
}

Pair MathEmitter::twoProduct(Value a, Value b) {
  Value product = mul(a, b);
  if (machine.fma)
    return {product, math::FmaOp::create(builder, loc, a, b, neg(product))};
  Value aHigh = upperHalf(a), bHigh = upperHalf(b);
  Value aLow = sub(a, aHigh), bLow = sub(b, bHigh);
  Value error = sub(mul(aHigh, bHigh), product);
  error = add(error, mul(aHigh, bLow));
  error = add(error, mul(aLow, bHigh));
  return {product, add(error, mul(aLow, bLow))};
}

Pair MathEmitter::addTo(Value a, Pair b) {
  Pair sum = fastTwoSum(a, b.hi);
  return {sum.hi, add(sum.lo, b.lo)};
}

Pair MathEmitter::multiply(Pair a, Pair b) {
  Pair product = twoProduct(a.hi, b.hi);
  Value cross = mulAdd(a.hi, b.lo, product.lo);
  return {product.hi, mulAdd(a.lo, b.hi, cross)};
}

Pair MathEmitter::divide(Pair a, Pair b) {
  Value reciprocal = div(constant(1), b.hi);
  Value quotient = mul(a.hi, reciprocal);
  Pair back = twoProduct(quotient, b.hi);
  Value rest = sub(sub(a.hi, back.hi), back.lo);
  rest = add(rest, sub(a.lo, mul(quotient, b.lo)));
  return {quotient, mul(rest, reciprocal)};
}

Pair MathEmitter::negate(Pair a) {
  return {neg(a.hi), neg(a.lo)};
}

Value MathEmitter::round(Pair a) {
  return add(a.hi, a.lo);
}

Value MathEmitter::multiplyRounded(Value a, Pair b) {
  return mulAdd(a, b.hi, mul(a, b.lo));
}

//===----------------------------------------------------------------------===//
// Powers of two
//===----------------------------------------------------------------------===//

Value MathEmitter::bitsOf(Value a) {
  return arith::BitcastOp::create(builder, loc, bitsType, a);
}

Value MathEmitter::fromBits(Value bits) {
  return arith::BitcastOp::create(builder, loc, type, bits);
}

MathEmitter::Exponent MathEmitter::zeroExponent() {
  return {integer(0)};
}

MathEmitter::Exponent MathEmitter::select(Value condition, Exponent a,
                                          Exponent b) {
  return {select(condition, a.bits, b.bits)};
}

Value MathEmitter::isZero(Exponent n) {
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, n.bits,
                               integer(0));
}

Value MathEmitter::powerOfTwo(Value n) {
  Value biased = arith::AddIOp::create(builder, loc, n, integer(bias()));
  return fromBits(
      arith::ShLIOp::create(builder, loc, biased, integer(mantissaBits())));
}

Value MathEmitter::scale(Value a, Exponent n) {
  auto vector = dyn_cast<VectorType>(type);
  if (machine.avx512 && vector && !isDouble && vector.getNumElements() == 16)
    return LLVM::CallIntrinsicOp::create(
               builder, loc, type,
               builder.getStringAttr("llvm.ldexp.v16f32.v16i32"),
               ValueRange{a, n.bits})
        .getResults();
  // In two steps, the first of which is exact: 2^n itself may be no number.
  Value half = arith::ShRSIOp::create(builder, loc, n.bits, integer(1));
  Value rest = arith::SubIOp::create(builder, loc, n.bits, half);
  return mul(mul(a, powerOfTwo(half)), powerOfTwo(rest));
}

Pair MathEmitter::scale(Pair a, Exponent n) {
  return {scale(a.hi, n), scale(a.lo, n)};
}

} // namespace tactus
