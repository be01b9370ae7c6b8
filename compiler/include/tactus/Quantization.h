//===- Quantization.h - Between floats and small integers -------*- C++ -*-===//
#ifndef TACTUS_QUANTIZATION_H
#define TACTUS_QUANTIZATION_H

#include "tactus/Graph.h"
#include <optional>
#include <vector>

namespace tactus {

/// How integers stand for reals: `real = (integer - zeroPoint) * scale`. Both
/// are numbers, or tensors that are broadcast: of shape [channels, 1, 1] for
/// the channels of images.
struct Quantized {
  /// f32.
  Operand scale;
  /// i32; saturates to the values of `to`.
  Operand zeroPoint = 0;
  /// i8 or u8.
  ElementType to = ElementType::I8;
};

/// Returns f32 elements as small integers, `input / scale` rounded to nearest
/// even and saturated. Source: ONNX QuantizeLinear.
Value quantize(Operand input, const Quantized &form);

/// Returns `(input - zeroPoint) * scale` in f32, of i8, u8 or i32. Source: ONNX
/// DequantizeLinear.
Value dequantize(Operand input, Operand scale, Operand zeroPoint = 0);

/// Returns i32 sums as small integers, `input * scale` rounded to nearest even
/// and saturated. `form.scale` is what the sums are multiplied with.
Value requantize(Operand input, const Quantized &form);

/// What `dynamicQuantize` finds: integers, and what they stand for.
struct DynamicallyQuantized {
  Value values;
  /// f32, and i32; of shape [], or of that of the input with the axes of
  /// size 1.
  Value scale, zeroPoint;
};

/// Returns f32 elements as small integers with the least scale at which they
/// and 0 fit: of all of them, or of those along `axes`, so that axis -1 gives
/// each row its own. Source: ONNX DynamicQuantizeLinear.
DynamicallyQuantized
dynamicQuantize(Operand input, ElementType to = ElementType::U8,
                const std::optional<std::vector<int64_t>> &axes = std::nullopt);

} // namespace tactus

#endif // TACTUS_QUANTIZATION_H
