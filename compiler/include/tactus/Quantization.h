//===- Quantization.h - Between floats and small integers -------*- C++ -*-===//
#ifndef TACTUS_QUANTIZATION_H
#define TACTUS_QUANTIZATION_H

#include "tactus/Graph.h"

namespace tactus {

/// How integers stand for reals: `real = (integer - zeroPoint) * scale`.
struct Quantized {
  /// Used rounded to f32; positive and finite.
  double scale;
  int64_t zeroPoint = 0;
  /// i8 or u8.
  ElementType to = ElementType::I8;
};

/// Returns f32 elements as small integers, `input / scale` rounded to nearest
/// even and saturated.
Value quantize(Operand input, const Quantized &form);

/// Returns `(input - zeroPoint) * scale` in f32, of i8, u8 or i32.
Value dequantize(Operand input, double scale, int64_t zeroPoint = 0);

/// Returns i32 sums as small integers, `input * scale` rounded to nearest even
/// and saturated. `form.scale` is what the sums are multiplied with.
Value requantize(Operand input, const Quantized &form);

} // namespace tactus

#endif // TACTUS_QUANTIZATION_H
