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

Value mod(Operand lhs, Operand rhs, ModSign sign) {
  return OpCall::on<ir::ModOp>({&lhs, &rhs})
      .set("fmod", sign == ModSign::Dividend)
      .value();
}

Value clamp(Operand input, Operand min, Operand max) {
  return OpCall::on<ir::ClampOp>({&input, &min, &max}).value();
}

Value abs(Operand input) {
  return OpCall::on<ir::AbsOp>({&input}).value();
}

Value sign(Operand input) {
  return OpCall::on<ir::SignOp>({&input}).value();
}

Value floor(Operand input) {
  return OpCall::on<ir::FloorOp>({&input}).value();
}

Value ceil(Operand input) {
  return OpCall::on<ir::CeilOp>({&input}).value();
}

Value round(Operand input) {
  return OpCall::on<ir::RoundOp>({&input}).value();
}

Value trunc(Operand input) {
  return OpCall::on<ir::TruncOp>({&input}).value();
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

Value reciprocal(Operand input) {
  return OpCall::on<ir::ReciprocalOp>({&input}).value();
}

Value rsqrt(Operand input) {
  return OpCall::on<ir::RsqrtOp>({&input}).value();
}

Value log1p(Operand input) {
  return OpCall::on<ir::Log1pOp>({&input}).value();
}

Value expm1(Operand input) {
  return OpCall::on<ir::Expm1Op>({&input}).value();
}

Value sinh(Operand input) {
  return OpCall::on<ir::SinhOp>({&input}).value();
}

Value cosh(Operand input) {
  return OpCall::on<ir::CoshOp>({&input}).value();
}

Value asinh(Operand input) {
  return OpCall::on<ir::AsinhOp>({&input}).value();
}

Value acosh(Operand input) {
  return OpCall::on<ir::AcoshOp>({&input}).value();
}

Value atanh(Operand input) {
  return OpCall::on<ir::AtanhOp>({&input}).value();
}

Value erf(Operand input) {
  return OpCall::on<ir::ErfOp>({&input}).value();
}

Value erfc(Operand input) {
  return OpCall::on<ir::ErfcOp>({&input}).value();
}

Value pow(Operand lhs, Operand rhs) {
  return OpCall::on<ir::PowOp>({&lhs, &rhs}).value();
}

Value cbrt(Operand input) {
  return OpCall::on<ir::CbrtOp>({&input}).value();
}

Value sin(Operand input) {
  return OpCall::on<ir::SinOp>({&input}).value();
}

Value cos(Operand input) {
  return OpCall::on<ir::CosOp>({&input}).value();
}

Value tan(Operand input) {
  return OpCall::on<ir::TanOp>({&input}).value();
}

Value asin(Operand input) {
  return OpCall::on<ir::AsinOp>({&input}).value();
}

Value acos(Operand input) {
  return OpCall::on<ir::AcosOp>({&input}).value();
}

Value atan(Operand input) {
  return OpCall::on<ir::AtanOp>({&input}).value();
}

Value piecewiseLinear(Operand input, Operand values, Operand slopes,
                      const Lines &lines) {
  return OpCall::on<ir::PiecewiseLinearOp>({&input, &values, &slopes})
      .set("low", lines.low)
      .set("step", lines.step)
      .set("below_slope", lines.belowSlope)
      .set("above_slope", lines.aboveSlope)
      .value();
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
