//===- QuantizationOps.td - Between floats and small integers *- tablegen -*-===//
#ifndef TACTUS_QUANTIZATION_OPS
#define TACTUS_QUANTIZATION_OPS

include "dialects/Tactus/TactusBase.td"

// An integer q stands for (q - zero_point) * scale. Both are tensors that are
// broadcast: of shape [] per tensor, of shape [channels, 1, 1] per channel of an
// image.
class Tactus_QuantizingOp<string mnemonic, Constraint input, Constraint output>
    : Tactus_InferringOp<mnemonic, "Quantization", [Tactus_ElementwiseOpInterface]> {
  dag quantizingOperands = (ins input:$input,
                                Tactus_ElementwiseOperand<[F32], "f32">:$scale,
                                Optional<Tactus_ElementwiseOperand<[I32], "i32">>:$zero_point);
  let arguments = quantizingOperands;
  let results = (outs output:$result);
  let assemblyFormat = [{
    $input `,` $scale (`,` $zero_point^)? attr-dict `:` functional-type(operands, results)
  }];
}

def Tactus_Bytes : Tactus_ElementwiseOperand<[I8, UI8], "i8 or ui8">;

def Tactus_QuantizeOp
    : Tactus_QuantizingOp<"quantize", Tactus_ElementwiseOperand<[F32], "f32">, Tactus_Bytes> {
  let summary = "From floats to 8-bit integers.";
  let description = [{
    Computes `result = saturate(roundeven(input / scale) + saturate(zero_point))`, the
    quotient in f32. A NaN quotient gives the zero point, as 0 does; absent, it is 0.
    With shapes such as [channels, 1, 1] it is per channel.
    Source: ONNX QuantizeLinear.

    Constraints:
    - (C1) The shapes of the operands broadcast as in NumPy.
    - (C2) `to` is i8 or ui8.

    Example:
    ```mlir
    %r = tactus.quantize %x, %s, %z {to = i8} : (tensor<4x8xf32>, tensor<f32>, tensor<i32>) -> tensor<4x8xi8>
    ```
  }];
  let arguments = !con(quantizingOperands, (ins Tactus_ElementTypeAttr:$to));
}

def Tactus_DequantizeOp
    : Tactus_QuantizingOp<"dequantize",
                          Tactus_ElementwiseOperand<[I8, UI8, I32], "i8, ui8 or i32">,
                          Tactus_ElementwiseOperand<[F32], "f32">> {
  let summary = "From integers to floats.";
  let description = [{
    Computes `result = (input - zero_point) * scale`, the difference in i32, where it
    wraps, and rounded to f32, the product in f32. An absent zero point is 0. With shapes
    such as [channels, 1, 1] it is per channel.
    Source: ONNX DequantizeLinear.

    Constraints:
    - (C1) The shapes of the operands broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.dequantize %x, %s : (tensor<4x8xi8>, tensor<8xf32>) -> tensor<4x8xf32>
    ```
  }];
}

def Tactus_RequantizeOp
    : Tactus_QuantizingOp<"requantize", Tactus_ElementwiseOperand<[I32], "i32">,
                          Tactus_Bytes> {
  let summary = "From sums to 8-bit integers.";
  let description = [{
    Computes `result = saturate(roundeven(f32(input) * scale) + saturate(zero_point))`:
    `input` is rounded to f32, multiplied in f32, and rounded to the nearest integer, ties
    to even. A NaN product gives the zero point; absent, it is 0. With a scale for each
    column of a product it is per channel.
    Source: the output stage of integer matrix units; ONNX QLinearMatMul.

    Constraints:
    - (C1) The shapes of the operands broadcast as in NumPy.
    - (C2) `to` is i8 or ui8.

    Example:
    ```mlir
    %r = tactus.requantize %x, %s {to = i8} : (tensor<4x8xi32>, tensor<8xf32>) -> tensor<4x8xi8>
    ```
  }];
  let arguments = !con(quantizingOperands, (ins Tactus_ElementTypeAttr:$to));
}

def Tactus_DynamicQuantizeOp : Tactus_InferringOp<"dynamic_quantize", "Quantization"> {
  let summary = "To 8-bit integers with the scale that the data need.";
  let description = [{
    Quantizes with the least scale at which `input` and 0 fit: with low and high the
    bounds of `to`, and min and max those of `input` along `axes` and of 0,
    `scale = (max - min) / (high - low)`, 1 where that is 0, and
    `zero_point = roundeven(low - min / scale)` within low and high, 0 for NaN, each step
    in f32; then `result = quantize(input, scale, zero_point)`. Absent `axes` are all, and
    `scale` and `zero_point` have shape []; else the dimensions `axes` are 1 in their
    shapes. What no element is in has scale 1.
    Source: ONNX DynamicQuantizeLinear, which has neither i8 nor `axes`, and gives the
    zero point as u8.

    Constraints:
    - (C1) `axes` are dimensions of `input`, each once; negative ones count from the end.
    - (C2) `to` is i8 or ui8.

    Example:
    ```mlir
    %q, %s, %z = tactus.dynamic_quantize %x {axes = array<i64: -1>, to = ui8} : (tensor<4x8xf32>) -> (tensor<4x8xui8>, tensor<4x1xf32>, tensor<4x1xi32>)
    ```
  }];
  let arguments = (ins Tactus_TensorOf<[F32]>:$input, OptionalAttr<DenseI64ArrayAttr>:$axes,
                       Tactus_ElementTypeAttr:$to);
  let results = (outs Tactus_TensorOf<[I8, UI8]>:$result, Tactus_TensorOf<[F32]>:$scale,
                      Tactus_TensorOf<[I32]>:$zero_point);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

#endif // TACTUS_QUANTIZATION_OPS
