//===- Quantization.cpp - Between floats and small integers -------------===//
#include "tactus/Quantization.h"
#include "compiler/Graph/OpCall.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

Value quantize(Operand input, const Quantized &form) {
  return OpCall::on<ir::QuantizeOp>({&input})
      .set("scale", form.scale)
      .set("zero_point", form.zeroPoint)
      .set("to", form.to)
      .value();
}

Value dequantize(Operand input, double scale, int64_t zeroPoint) {
  return OpCall::on<ir::DequantizeOp>({&input})
      .set("scale", scale)
      .set("zero_point", zeroPoint)
      .value();
}

Value requantize(Operand input, const Quantized &form) {
  return OpCall::on<ir::RequantizeOp>({&input})
      .set("scale", form.scale)
      .set("zero_point", form.zeroPoint)
      .set("to", form.to)
      .value();
}

} // namespace tactus
