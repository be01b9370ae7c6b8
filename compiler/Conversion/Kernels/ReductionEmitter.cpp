//===- ReductionEmitter.cpp - The state of one reduction ------------------===//
#include "compiler/Conversion/Kernels/ReductionEmitter.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace tactus {

/// Narrow floats accumulate in f32; ui8 compares as i32, which holds it
/// exactly.
static Type accumulatorOf(Operation *op) {
  bool isSum = isa<ir::SumOp, ir::ProdOp, ir::MeanOp>(op);
  Value typed = isSum ? op->getResult(0) : op->getOperand(0);
  Type type = getElementTypeOrSelf(typed.getType());
  if (type.isF16() || type.isBF16())
    return Float32Type::get(op->getContext());
  if (type.isUnsignedInteger())
    return IntegerType::get(op->getContext(), 32);
  return type;
}

ReductionEmitter::ReductionEmitter(OpBuilder &builder, Operation *op)
    : builder(builder), op(op), loc(op->getLoc()),
      accumulator(accumulatorOf(op)) {}

bool ReductionEmitter::needsPosition() const {
  return isa<ir::ArgmaxOp, ir::ArgminOp>(op);
}

bool ReductionEmitter::hasKeys() const {
  return isa<ir::MaxOp, ir::MinOp>(op) && isa<FloatType>(accumulator);
}

static Value constantOf(OpBuilder &builder, Location loc, TypedAttr value,
                        int64_t lanes) {
  if (lanes == 1)
    return arith::ConstantOp::create(builder, loc, value);
  auto type = VectorType::get({lanes}, value.getType());
  return arith::ConstantOp::create(
      builder, loc, type, DenseElementsAttr::get(type, Attribute(value)));
}

static int64_t lanesOf(Value value) {
  auto vector = dyn_cast<VectorType>(value.getType());
  return vector ? vector.getNumElements() : 1;
}

static Type withElementType(Value value, Type elementType) {
  if (auto vector = dyn_cast<VectorType>(value.getType()))
    return vector.clone(elementType);
  return elementType;
}

static Value castTo(OpBuilder &builder, Location loc, Value value,
                    Type elementType) {
  if (getElementTypeOrSelf(value.getType()) == elementType)
    return value;
  return ir::CastOp::create(builder, loc, withElementType(value, elementType),
                            value, TypeAttr::get(elementType));
}

//===----------------------------------------------------------------------===//
// Floats as ordered integers
//===----------------------------------------------------------------------===//

/// Flips the lower bits of negative floats: as signed integers, bits of floats
/// are then in order, -0 before 0. Its own inverse.
static Value flipNegative(OpBuilder &builder, Location loc, Value bits) {
  Type type = getElementTypeOrSelf(bits.getType());
  int64_t width = type.getIntOrFloatBitWidth(), lanes = lanesOf(bits);
  auto constant = [&](const APInt &value) {
    return constantOf(builder, loc, builder.getIntegerAttr(type, value), lanes);
  };
  Value sign = arith::ShRSIOp::create(builder, loc, bits,
                                      constant(APInt(width, width - 1)));
  Value mask = arith::AndIOp::create(builder, loc, sign,
                                     constant(APInt::getSignedMaxValue(width)));
  return arith::XOrIOp::create(builder, loc, bits, mask);
}

/// An integer whose order is that of the floats, NaN going before any number.
static Value keyOf(OpBuilder &builder, Location loc, Value value, bool isMin) {
  auto type = cast<FloatType>(getElementTypeOrSelf(value.getType()));
  auto keyType = builder.getIntegerType(type.getWidth());
  Value key =
      flipNegative(builder, loc,
                   arith::BitcastOp::create(
                       builder, loc, withElementType(value, keyType), value));
  APInt nan =
      APFloat::getQNaN(type.getFloatSemantics(), isMin).bitcastToAPInt();
  if (isMin)
    nan ^= APInt::getSignedMaxValue(nan.getBitWidth());
  Value isNaN = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::UNO,
                                      value, value);
  Value first = constantOf(builder, loc, builder.getIntegerAttr(keyType, nan),
                           lanesOf(value));
  return arith::SelectOp::create(builder, loc, isNaN, first, key);
}

static Value valueOfKey(OpBuilder &builder, Location loc, Value key,
                        Type type) {
  return arith::BitcastOp::create(builder, loc, withElementType(key, type),
                                  flipNegative(builder, loc, key));
}

//===----------------------------------------------------------------------===//
// The state
//===----------------------------------------------------------------------===//

/// The value that changes nothing.
static TypedAttr identityOf(OpBuilder &builder, Operation *op, Type type) {
  if (isa<ir::SumOp, ir::MeanOp, ir::AnyOp>(op))
    return builder.getZeroAttr(type);
  if (isa<ir::ProdOp, ir::AllOp>(op))
    return builder.getOneAttr(type);
  bool isMin = isa<ir::MinOp, ir::ArgminOp>(op);
  if (auto floatType = dyn_cast<FloatType>(type))
    return FloatAttr::get(
        type, APFloat::getInf(floatType.getFloatSemantics(), !isMin));
  unsigned width = type.getIntOrFloatBitWidth();
  return IntegerAttr::get(type, isMin ? APInt::getSignedMaxValue(width)
                                      : APInt::getSignedMinValue(width));
}

SmallVector<Value> ReductionEmitter::initial(int64_t lanes) {
  TypedAttr identity = identityOf(builder, op, accumulator);
  if (hasKeys()) {
    // The key of an infinity.
    APInt key = cast<FloatAttr>(identity).getValue().bitcastToAPInt();
    if (key.isNegative())
      key ^= APInt::getSignedMaxValue(key.getBitWidth());
    identity =
        builder.getIntegerAttr(builder.getIntegerType(key.getBitWidth()), key);
  }
  SmallVector<Value> state = {constantOf(builder, loc, identity, lanes)};
  if (needsPosition())
    state.push_back(
        constantOf(builder, loc, builder.getI64IntegerAttr(0), lanes));
  return state;
}

Value ReductionEmitter::positionOf(Value start, bool alongLanes,
                                   int64_t lanes) {
  Value position =
      arith::IndexCastOp::create(builder, loc, builder.getI64Type(), start);
  if (lanes == 1)
    return position;
  auto type = VectorType::get({lanes}, builder.getI64Type());
  Value all = vector::BroadcastOp::create(builder, loc, type, position);
  if (!alongLanes)
    return all;
  Value steps = arith::ConstantOp::create(
      builder, loc, type,
      DenseElementsAttr::get(
          type, ArrayRef(llvm::to_vector(llvm::seq<int64_t>(0, lanes)))));
  return arith::AddIOp::create(builder, loc, all, steps);
}

/// True where `lhs` goes before `rhs` whatever their places: greater, or less
/// for argmin, or the first NaN.
static Value goesBefore(OpBuilder &builder, Location loc, Value lhs, Value rhs,
                        bool isMin) {
  if (!isa<FloatType>(getElementTypeOrSelf(lhs.getType())))
    return arith::CmpIOp::create(builder, loc,
                                 isMin ? arith::CmpIPredicate::slt
                                       : arith::CmpIPredicate::sgt,
                                 lhs, rhs);
  Value before = arith::CmpFOp::create(
      builder, loc,
      isMin ? arith::CmpFPredicate::ULT : arith::CmpFPredicate::UGT, lhs, rhs);
  Value ordered =
      arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::ORD, rhs, rhs);
  return arith::AndIOp::create(builder, loc, before, ordered);
}

SmallVector<Value> ReductionEmitter::join(ValueRange lhs, ValueRange rhs) {
  if (needsPosition()) {
    // Elements of one lane come in ascending order, but lanes interleave: among
    // equals the lower position wins.
    bool isMin = isa<ir::ArgminOp>(op);
    Value better = goesBefore(builder, loc, rhs[0], lhs[0], isMin);
    Value worse = goesBefore(builder, loc, lhs[0], rhs[0], isMin);
    Value earlier = arith::CmpIOp::create(
        builder, loc, arith::CmpIPredicate::slt, rhs[1], lhs[1]);
    Value takes = arith::SelectOp::create(
        builder, loc, worse, better,
        arith::OrIOp::create(builder, loc, better, earlier));
    return {arith::SelectOp::create(builder, loc, takes, rhs[0], lhs[0]),
            arith::SelectOp::create(builder, loc, takes, rhs[1], lhs[1])};
  }
  Value a = lhs[0], b = rhs[0];
  if (isa<ir::MaxOp>(op))
    return {arith::MaxSIOp::create(builder, loc, a, b)};
  if (isa<ir::MinOp>(op))
    return {arith::MinSIOp::create(builder, loc, a, b)};
  if (isa<ir::AnyOp>(op))
    return {arith::OrIOp::create(builder, loc, a, b)};
  if (isa<ir::AllOp>(op))
    return {arith::AndIOp::create(builder, loc, a, b)};
  bool isFloat = isa<FloatType>(accumulator);
  if (isa<ir::ProdOp>(op))
    return {isFloat ? arith::MulFOp::create(builder, loc, a, b).getResult()
                    : arith::MulIOp::create(builder, loc, a, b).getResult()};
  return {isFloat ? arith::AddFOp::create(builder, loc, a, b).getResult()
                  : arith::AddIOp::create(builder, loc, a, b).getResult()};
}

SmallVector<Value> ReductionEmitter::combine(ValueRange state, Value element,
                                             Value position, Value mask) {
  Value value = castTo(builder, loc, element, accumulator);
  if (hasKeys())
    value = keyOf(builder, loc, value, isa<ir::MinOp>(op));
  SmallVector<Value> next = {value};
  if (position)
    next.push_back(position);
  next = join(state, next);
  if (mask)
    for (auto [value, old] : llvm::zip(next, state))
      value = arith::SelectOp::create(builder, loc, mask, value, old);
  return next;
}

SmallVector<Value> ReductionEmitter::acrossLanes(ValueRange state) {
  SmallVector<Value> values = llvm::to_vector(state);
  int64_t lanes = lanesOf(values.front());
  // The last lanes stay a vector, since a scalar integer is in another kind of
  // register, to and from which it would take longer than to be computed.
  constexpr int64_t leastLanes = 4;
  for (int64_t half = lanes / 2; half >= 1; half /= 2) {
    int64_t kept = std::max(half, leastLanes);
    SmallVector<int64_t> lowPart, highPart;
    for (int64_t lane = 0; lane < kept; ++lane) {
      lowPart.push_back(lane);
      highPart.push_back(lane % (2 * half) < half ? lane + half : lane - half);
    }
    SmallVector<Value> low, high;
    for (Value value : values) {
      low.push_back(
          vector::ShuffleOp::create(builder, loc, value, value, lowPart));
      high.push_back(
          vector::ShuffleOp::create(builder, loc, value, value, highPart));
    }
    values = join(low, high);
  }
  return values;
}

Value ReductionEmitter::finish(ValueRange state, int64_t count) {
  Type result = getElementTypeOrSelf(op->getResult(0).getType());
  if (needsPosition())
    return state[1];
  Value value = state[0];
  if (hasKeys())
    value = valueOfKey(builder, loc, value, accumulator);
  if (isa<ir::MeanOp>(op)) {
    auto divisor = builder.getFloatAttr(accumulator, double(count));
    value = arith::DivFOp::create(
        builder, loc, value, constantOf(builder, loc, divisor, lanesOf(value)));
  }
  return castTo(builder, loc, value, result);
}

} // namespace tactus
