//===- NormOps.td - Norms and other numbers for a whole row -*- tablegen -*-===//
#ifndef TACTUS_NORM_OPS
#define TACTUS_NORM_OPS

include "dialects/Tactus/TactusBase.td"

def Tactus_LogSumExpOp : Tactus_InferringOp<"log_sum_exp", "Reduction"> {
  let summary = "The logarithm of a sum of exponentials.";
  let description = [{
    Computes `m + ln(sum of e^(input - m))` along `axes`, m being the largest element,
    so that no exponential overflows. An infinity anywhere gives infinity; elements that
    are all negative infinity, or none, give negative infinity; NaN anywhere gives NaN.
    Absent `axes` are all. With `keepdims` the reduced dimensions stay, of size 1.
    Source: ONNX ReduceLogSumExp.

    Constraints:
    - (C1) `axes` are dimensions of `input`, each once; negative ones count from the end.

    Example:
    ```mlir
    %r = tactus.log_sum_exp %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins Tactus_FloatTensor:$input,
                       OptionalAttr<DenseI64ArrayAttr>:$axes,
                       DefaultValuedAttr<BoolAttr, "false">:$keepdims);
  let results = (outs Tactus_FloatTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_L1NormOp : Tactus_InferringOp<"l1_norm", "Reduction"> {
  let summary = "The sum of absolute values.";
  let description = [{
    Computes the sum of `|input|` along `axes`, 0 where there are no elements; summed
    wider and rounded once. NaN anywhere gives NaN.
    Absent `axes` are all. With `keepdims` the reduced dimensions stay, of size 1.
    Source: ONNX ReduceL1.

    Constraints:
    - (C1) `axes` are dimensions of `input`, each once; negative ones count from the end.

    Example:
    ```mlir
    %r = tactus.l1_norm %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins Tactus_FloatTensor:$input,
                       OptionalAttr<DenseI64ArrayAttr>:$axes,
                       DefaultValuedAttr<BoolAttr, "false">:$keepdims);
  let results = (outs Tactus_FloatTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_L2NormOp : Tactus_InferringOp<"l2_norm", "Reduction"> {
  let summary = "The Euclidean norm.";
  let description = [{
    Computes the square root of the sum of `input^2` along `axes`, 0 where there are no
    elements. Squares are taken of elements divided by the largest one, so none
    overflows, and none that matters underflows. NaN anywhere gives NaN, else an infinity
    anywhere gives infinity.
    Absent `axes` are all. With `keepdims` the reduced dimensions stay, of size 1.
    Source: ONNX ReduceL2.

    Constraints:
    - (C1) `axes` are dimensions of `input`, each once; negative ones count from the end.

    Example:
    ```mlir
    %r = tactus.l2_norm %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins Tactus_FloatTensor:$input,
                       OptionalAttr<DenseI64ArrayAttr>:$axes,
                       DefaultValuedAttr<BoolAttr, "false">:$keepdims);
  let results = (outs Tactus_FloatTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_VarianceOp : Tactus_InferringOp<"variance", "Reduction"> {
  let summary = "How far elements are from their mean.";
  let description = [{
    Computes the sum of `(input - mean)^2` along `axes`, divided by the number of elements
    less `correction`: 0 for the variance of a population, 1 for an estimate from a
    sample. Where that number is not positive, and where an element is not finite, the
    result is NaN.
    Absent `axes` are all. With `keepdims` the reduced dimensions stay, of size 1.
    Source: NumPy var, whose ddof is `correction`.

    Constraints:
    - (C1) `axes` are dimensions of `input`, each once; negative ones count from the end.
    - (C2) `correction` is 0 or 1.

    Example:
    ```mlir
    %r = tactus.variance %x {axes = array<i64: 1>, correction = 1 : i64} : (tensor<4x8xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins Tactus_FloatTensor:$input,
                       OptionalAttr<DenseI64ArrayAttr>:$axes,
                       DefaultValuedAttr<BoolAttr, "false">:$keepdims,
                       DefaultValuedAttr<I64Attr, "0">:$correction);
  let results = (outs Tactus_FloatTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

#endif // TACTUS_NORM_OPS
