//===- Quantization.cpp - Between floats and small integers ---------------===//
#include "tactus/Quantization.h"
#include "compiler/Graph/OpCall.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

/// An operand that is left out where it is the number 0.
static const Operand *unlessZero(const Operand &operand) {
  bool isZero = operand.scalar() && !operand.value() &&
                std::visit([](auto number) { return double(number) == 0; },
                           *operand.scalar());
  return isZero ? nullptr : &operand;
}

Value quantize(Operand input, const Quantized &form) {
  return OpCall::on<ir::QuantizeOp>(
             {&input, &form.scale, unlessZero(form.zeroPoint)})
      .set("to", form.to)
      .value();
}

Value dequantize(Operand input, Operand scale, Operand zeroPoint) {
  return OpCall::on<ir::DequantizeOp>({&input, &scale, unlessZero(zeroPoint)})
      .value();
}

Value requantize(Operand input, const Quantized &form) {
  return OpCall::on<ir::RequantizeOp>(
             {&input, &form.scale, unlessZero(form.zeroPoint)})
      .set("to", form.to)
      .value();
}

DynamicallyQuantized
dynamicQuantize(Operand input, ElementType to,
                const std::optional<std::vector<int64_t>> &axes) {
  std::vector<Value> results = OpCall::on<ir::DynamicQuantizeOp>({&input})
                                   .set("to", to)
                                   .set("axes", axes)
                                   .values();
  return {results[0], results[1], results[2]};
}

} // namespace tactus
