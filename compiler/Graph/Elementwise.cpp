//===- Elementwise.cpp - Arithmetic element by element ------------------===//
#include "tactus/Elementwise.h"
#include "compiler/Graph/OpCall.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

Value add(Operand lhs, Operand rhs) {
  return OpCall::on<ir::AddOp>({&lhs, &rhs}).value();
}

Value sub(Operand lhs, Operand rhs) {
  return OpCall::on<ir::SubOp>({&lhs, &rhs}).value();
}

Value mul(Operand lhs, Operand rhs) {
  return OpCall::on<ir::MulOp>({&lhs, &rhs}).value();
}

Value div(Operand lhs, Operand rhs) {
  return OpCall::on<ir::DivOp>({&lhs, &rhs}).value();
}

Value maximum(Operand lhs, Operand rhs) {
  return OpCall::on<ir::MaximumOp>({&lhs, &rhs}).value();
}

Value minimum(Operand lhs, Operand rhs) {
  return OpCall::on<ir::MinimumOp>({&lhs, &rhs}).value();
}

Value neg(Operand input) {
  return OpCall::on<ir::NegOp>({&input}).value();
}

Value exp(Operand input) {
  return OpCall::on<ir::ExpOp>({&input}).value();
}

Value log(Operand input) {
  return OpCall::on<ir::LogOp>({&input}).value();
}

Value sqrt(Operand input) {
  return OpCall::on<ir::SqrtOp>({&input}).value();
}

Value cast(Operand input, ElementType to) {
  return OpCall::on<ir::CastOp>({&input}).set("to", to).value();
}

Value operator+(Operand lhs, Operand rhs) {
  return add(std::move(lhs), std::move(rhs));
}

Value operator-(Operand lhs, Operand rhs) {
  return sub(std::move(lhs), std::move(rhs));
}

Value operator*(Operand lhs, Operand rhs) {
  return mul(std::move(lhs), std::move(rhs));
}

Value operator/(Operand lhs, Operand rhs) {
  return div(std::move(lhs), std::move(rhs));
}

Value operator-(Operand input) {
  return neg(std::move(input));
}

} // namespace tactus
