//===- Activation.cpp - Activation functions ----------------------------===//
#include "tactus/Activation.h"
#include "compiler/Graph/OpCall.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

Value relu(Operand input) {
  return OpCall::on<ir::ReluOp>({&input}).value();
}

Value relu6(Operand input) {
  return OpCall::on<ir::Relu6Op>({&input}).value();
}

Value leakyRelu(Operand input, double alpha) {
  return OpCall::on<ir::LeakyReluOp>({&input}).set("alpha", alpha).value();
}

Value prelu(Operand input, Operand slope) {
  return OpCall::on<ir::PreluOp>({&input, &slope}).value();
}

Value elu(Operand input, double alpha) {
  return OpCall::on<ir::EluOp>({&input}).set("alpha", alpha).value();
}

Value selu(Operand input, double alpha, double gamma) {
  return OpCall::on<ir::SeluOp>({&input})
      .set("alpha", alpha)
      .set("gamma", gamma)
      .value();
}

Value celu(Operand input, double alpha) {
  return OpCall::on<ir::CeluOp>({&input}).set("alpha", alpha).value();
}

Value sigmoid(Operand input) {
  return OpCall::on<ir::SigmoidOp>({&input}).value();
}

Value tanh(Operand input) {
  return OpCall::on<ir::TanhOp>({&input}).value();
}

Value gelu(Operand input, Gelu form) {
  return OpCall::on<ir::GeluOp>({&input})
      .setCase<ir::GeluFormAttr>("approximate", form == Gelu::Tanh
                                                    ? ir::GeluForm::tanh
                                                    : ir::GeluForm::none)
      .value();
}

Value silu(Operand input) {
  return OpCall::on<ir::SiluOp>({&input}).value();
}

Value mish(Operand input) {
  return OpCall::on<ir::MishOp>({&input}).value();
}

Value softplus(Operand input) {
  return OpCall::on<ir::SoftplusOp>({&input}).value();
}

Value softsign(Operand input) {
  return OpCall::on<ir::SoftsignOp>({&input}).value();
}

Value hardSigmoid(Operand input, double alpha, double beta) {
  return OpCall::on<ir::HardSigmoidOp>({&input})
      .set("alpha", alpha)
      .set("beta", beta)
      .value();
}

Value hardSwish(Operand input) {
  return OpCall::on<ir::HardSwishOp>({&input}).value();
}

Value hardTanh(Operand input, double min, double max) {
  return OpCall::on<ir::HardTanhOp>({&input})
      .set("min", min)
      .set("max", max)
      .value();
}

Value thresholdedRelu(Operand input, double alpha) {
  return OpCall::on<ir::ThresholdedReluOp>({&input})
      .set("alpha", alpha)
      .value();
}

Value softmax(Operand input, int64_t axis) {
  return OpCall::on<ir::SoftmaxOp>({&input}).set("axis", axis).value();
}

Value logSoftmax(Operand input, int64_t axis) {
  return OpCall::on<ir::LogSoftmaxOp>({&input}).set("axis", axis).value();
}

} // namespace tactus
