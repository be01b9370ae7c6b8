//===- QuantizationOps.td - Between floats and small integers *- tablegen -*-===//
#ifndef TACTUS_QUANTIZATION_OPS
#define TACTUS_QUANTIZATION_OPS

include "dialects/Tactus/TactusBase.td"

def Tactus_QuantizeOp : Tactus_InferringOp<"quantize", "Quantization", [Tactus_ElementwiseOpInterface]> {
  let summary = "From floats to 8-bit integers.";
  let description = [{
    Computes `result = saturate(roundeven(input / scale) + zero_point)` in f32, `scale`
    rounded to f32. NaN gives `zero_point`.
    Source: ONNX QuantizeLinear, per tensor.

    Constraints:
    - (C1) `scale`, rounded to f32, is positive and finite.
    - (C2) `zero_point` is a value of `to`.
    - (C3) `to` is i8 or ui8.

    Example:
    ```mlir
    %r = tactus.quantize %x {scale = 5.000000e-01 : f64, to = i8} : (tensor<4x8xf32>) -> tensor<4x8xi8>
    ```
  }];
  let arguments = (ins Tactus_ElementwiseOperand<[F32], "f32">:$input,
                       F64Attr:$scale, DefaultValuedAttr<I64Attr, "0">:$zero_point,
                       Tactus_ElementTypeAttr:$to);
  let results = (outs Tactus_ElementwiseOperand<[I8, UI8], "i8 or ui8">:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_DequantizeOp : Tactus_InferringOp<"dequantize", "Quantization", [Tactus_ElementwiseOpInterface]> {
  let summary = "From integers to floats.";
  let description = [{
    Computes `result = (input - zero_point) * scale`, the difference in i32 and rounded
    to f32, the product in f32, `scale` rounded to f32.
    Source: ONNX DequantizeLinear, per tensor.

    Constraints:
    - (C1) `scale`, rounded to f32, is positive and finite.

    Example:
    ```mlir
    %r = tactus.dequantize %x {scale = 5.000000e-01 : f64} : (tensor<4x8xi8>) -> tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_ElementwiseOperand<[I8, UI8, I32], "i8, ui8 or i32">:$input,
                       F64Attr:$scale, DefaultValuedAttr<I64Attr, "0">:$zero_point);
  let results = (outs Tactus_ElementwiseOperand<[F32], "f32">:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_RequantizeOp : Tactus_InferringOp<"requantize", "Quantization", [Tactus_ElementwiseOpInterface]> {
  let summary = "From sums to 8-bit integers.";
  let description = [{
    Computes `result = saturate(roundeven(f32(input) * scale) + zero_point)`: `input` is
    rounded to f32, multiplied in f32 by `scale` rounded to f32, rounded to the
    nearest integer, ties to even; adding `zero_point` saturates.
    Source: the output stage of integer matrix units; ONNX QLinearMatMul.

    Constraints:
    - (C1) `scale`, rounded to f32, is positive and finite.
    - (C2) `zero_point` is a value of `to`.
    - (C3) `to` is i8 or ui8.

    Example:
    ```mlir
    %r = tactus.requantize %x {scale = 1.562500e-02 : f64, to = i8} : (tensor<4x8xi32>) -> tensor<4x8xi8>
    ```
  }];
  let arguments = (ins Tactus_ElementwiseOperand<[I32], "i32">:$input,
                       F64Attr:$scale, DefaultValuedAttr<I64Attr, "0">:$zero_point,
                       Tactus_ElementTypeAttr:$to);
  let results = (outs Tactus_ElementwiseOperand<[I8, UI8], "i8 or ui8">:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

#endif // TACTUS_QUANTIZATION_OPS
