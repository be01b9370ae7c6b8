//===- Logic.cpp - Comparison, choice, logic and bits ---------------------===//
#include "compiler/Conversion/Math/Expander.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace tactus {

Value Expander::widened(unsigned index) {
  Value value = op->getOperand(index);
  Type from = getElementTypeOrSelf(value.getType());
  return conversions.convert(value, from, Conversions::computed(from));
}

static arith::CmpFPredicate floatPredicate(ir::Predicate predicate) {
  switch (predicate) {
  case ir::Predicate::equal:
    return arith::CmpFPredicate::OEQ;
  case ir::Predicate::not_equal:
    return arith::CmpFPredicate::UNE;
  case ir::Predicate::less:
    return arith::CmpFPredicate::OLT;
  case ir::Predicate::less_equal:
    return arith::CmpFPredicate::OLE;
  case ir::Predicate::greater:
    return arith::CmpFPredicate::OGT;
  case ir::Predicate::greater_equal:
    return arith::CmpFPredicate::OGE;
  }
  llvm_unreachable("all predicates are handled");
}

static arith::CmpIPredicate integerPredicate(ir::Predicate predicate,
                                             bool isUnsigned) {
  using P = arith::CmpIPredicate;
  switch (predicate) {
  case ir::Predicate::equal:
    return P::eq;
  case ir::Predicate::not_equal:
    return P::ne;
  case ir::Predicate::less:
    return isUnsigned ? P::ult : P::slt;
  case ir::Predicate::less_equal:
    return isUnsigned ? P::ule : P::sle;
  case ir::Predicate::greater:
    return isUnsigned ? P::ugt : P::sgt;
  case ir::Predicate::greater_equal:
    return isUnsigned ? P::uge : P::sge;
  }
  llvm_unreachable("all predicates are handled");
}

Value Expander::expandCompare(ir::CompareOp compare) {
  Type type = getElementTypeOrSelf(compare.getLhs().getType());
  if (isa<FloatType>(type))
    return arith::CmpFOp::create(builder, loc,
                                 floatPredicate(compare.getPredicate()),
                                 widened(0), widened(1));
  bool isUnsigned = type.isUnsignedInteger() || type.isInteger(1);
  return arith::CmpIOp::create(
      builder, loc, integerPredicate(compare.getPredicate(), isUnsigned),
      operand(0), operand(1));
}

/// Half floats are chosen by their bits: a processor without instructions for
/// them would take each through a library call.
Value Expander::expandSelect() {
  Value onTrue = operand(1), onFalse = operand(2);
  Type type = onTrue.getType();
  bool isHalf = elementType.isF16() || elementType.isBF16();
  if (isHalf) {
    Type bits = withElementType(type, builder.getI16Type());
    onTrue = arith::BitcastOp::create(builder, loc, bits, onTrue);
    onFalse = arith::BitcastOp::create(builder, loc, bits, onFalse);
  }
  Value chosen =
      arith::SelectOp::create(builder, loc, operand(0), onTrue, onFalse);
  return isHalf ? arith::BitcastOp::create(builder, loc, type, chosen) : chosen;
}

/// A shift by the width or more has no meaning in LLVM, so the amount is
/// brought below it and the result for the others chosen.
Value Expander::expandShift() {
  Value value = operand(0), by = operand(1);
  Type type = value.getType();
  Value last = integer(type, elementType.getIntOrFloatBitWidth() - 1);
  Value least = arith::MinUIOp::create(builder, loc, by, last);
  bool isLeft = isa<ir::ShiftLeftOp>(op);
  if (!isLeft && !elementType.isUnsignedInteger())
    // The last place of an arithmetic shift is the sign, and so are all beyond.
    return arith::ShRSIOp::create(builder, loc, value, least);
  Value shifted =
      isLeft ? arith::ShLIOp::create(builder, loc, value, least).getResult()
             : arith::ShRUIOp::create(builder, loc, value, least).getResult();
  Value isOut =
      arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ugt, by, last);
  return arith::SelectOp::create(builder, loc, isOut, integer(type, 0),
                                 shifted);
}

Value Expander::expandLogic() {
  auto ofMagnitude = [&](arith::CmpFPredicate predicate) -> Value {
    Value x = widened(0);
    MathEmitter m(builder, loc, x.getType(), machine);
    return arith::CmpFOp::create(builder, loc, predicate, m.abs(x),
                                 m.constant(INFINITY));
  };
  auto inverted = [&](Value value) -> Value {
    return arith::XOrIOp::create(builder, loc, value,
                                 integer(value.getType(), -1));
  };
  return llvm::TypeSwitch<Operation *, Value>(op)
      .Case([&](ir::CompareOp compare) { return expandCompare(compare); })
      .Case([&](ir::SelectOp) { return expandSelect(); })
      .Case([&](ir::IsNanOp) { return ofMagnitude(arith::CmpFPredicate::UNO); })
      .Case([&](ir::IsInfOp) { return ofMagnitude(arith::CmpFPredicate::OEQ); })
      .Case([&](ir::IsFiniteOp) {
        return ofMagnitude(arith::CmpFPredicate::OLT);
      })
      .Case<ir::LogicalAndOp, ir::BitwiseAndOp>([&](auto) -> Value {
        return arith::AndIOp::create(builder, loc, operand(0), operand(1));
      })
      .Case<ir::LogicalOrOp, ir::BitwiseOrOp>([&](auto) -> Value {
        return arith::OrIOp::create(builder, loc, operand(0), operand(1));
      })
      .Case<ir::LogicalXorOp, ir::BitwiseXorOp>([&](auto) -> Value {
        return arith::XOrIOp::create(builder, loc, operand(0), operand(1));
      })
      .Case<ir::LogicalNotOp, ir::BitwiseNotOp>(
          [&](auto) { return inverted(operand(0)); })
      .Case<ir::ShiftLeftOp, ir::ShiftRightOp>(
          [&](auto) { return expandShift(); })
      .Default(Value());
}

} // namespace tactus
