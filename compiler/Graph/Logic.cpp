//===- Logic.cpp - Comparison, choice, logic and bits ---------------------===//
#include "tactus/Logic.h"
#include "compiler/Graph/OpCall.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

static Value compare(const Operand &lhs, const Operand &rhs,
                     ir::Predicate predicate) {
  return OpCall::on<ir::CompareOp>({&lhs, &rhs})
      .setCase<ir::PredicateAttr>("predicate", predicate)
      .value();
}

Value equal(Operand lhs, Operand rhs) {
  return compare(lhs, rhs, ir::Predicate::equal);
}

Value notEqual(Operand lhs, Operand rhs) {
  return compare(lhs, rhs, ir::Predicate::not_equal);
}

Value less(Operand lhs, Operand rhs) {
  return compare(lhs, rhs, ir::Predicate::less);
}

Value lessEqual(Operand lhs, Operand rhs) {
  return compare(lhs, rhs, ir::Predicate::less_equal);
}

Value greater(Operand lhs, Operand rhs) {
  return compare(lhs, rhs, ir::Predicate::greater);
}

Value greaterEqual(Operand lhs, Operand rhs) {
  return compare(lhs, rhs, ir::Predicate::greater_equal);
}

Value select(Operand condition, Operand onTrue, Operand onFalse) {
  return OpCall::on<ir::SelectOp>({&condition, &onTrue, &onFalse}).value();
}

Value isNan(Operand input) {
  return OpCall::on<ir::IsNanOp>({&input}).value();
}

Value isInf(Operand input) {
  return OpCall::on<ir::IsInfOp>({&input}).value();
}

Value isFinite(Operand input) {
  return OpCall::on<ir::IsFiniteOp>({&input}).value();
}

Value logicalNot(Operand input) {
  return OpCall::on<ir::LogicalNotOp>({&input}).value();
}

Value bitwiseNot(Operand input) {
  return OpCall::on<ir::BitwiseNotOp>({&input}).value();
}

Value logicalAnd(Operand lhs, Operand rhs) {
  return OpCall::on<ir::LogicalAndOp>({&lhs, &rhs}).value();
}

Value logicalOr(Operand lhs, Operand rhs) {
  return OpCall::on<ir::LogicalOrOp>({&lhs, &rhs}).value();
}

Value logicalXor(Operand lhs, Operand rhs) {
  return OpCall::on<ir::LogicalXorOp>({&lhs, &rhs}).value();
}

Value bitwiseAnd(Operand lhs, Operand rhs) {
  return OpCall::on<ir::BitwiseAndOp>({&lhs, &rhs}).value();
}

Value bitwiseOr(Operand lhs, Operand rhs) {
  return OpCall::on<ir::BitwiseOrOp>({&lhs, &rhs}).value();
}

Value bitwiseXor(Operand lhs, Operand rhs) {
  return OpCall::on<ir::BitwiseXorOp>({&lhs, &rhs}).value();
}

Value shiftLeft(Operand lhs, Operand rhs) {
  return OpCall::on<ir::ShiftLeftOp>({&lhs, &rhs}).value();
}

Value shiftRight(Operand lhs, Operand rhs) {
  return OpCall::on<ir::ShiftRightOp>({&lhs, &rhs}).value();
}

} // namespace tactus
