//===- ReductionOps.td - Ops that remove dimensions --------*- tablegen -*-===//
#ifndef TACTUS_REDUCTION_OPS
#define TACTUS_REDUCTION_OPS

include "dialects/Tactus/TactusBase.td"

def Tactus_SumOp : Tactus_InferringOp<"sum", "Reduction"> {
  let summary = "Adds elements along dimensions.";
  let description = [{
    Computes the sum of the elements along `axes`, 0 where there are none. Floats sum
    wider and round once to `element_type`; integers wrap in it. It defaults to i32
    for i8 and ui8, else to the element type of `input`. NaN anywhere gives NaN, as
    infinities of both signs do.
    With `sequential`, floats sum in `element_type` from +0 on, one after the other in
    row-major order, as a unit with one adder does, and round each time. The CPU keeps its
    own order here too, within the bounds of such a sum.
    Absent `axes` are all. With `keepdims` the reduced dimensions stay, of size 1.
    Source: ONNX ReduceSum.

    Constraints:
    - (C1) `axes` are dimensions of `input`, each once; negative ones count from the end.
    - (C2) `element_type` is i32 for i8 and ui8; the type of `input` or f32 for f16 and
      bf16; else the type of `input`.

    Example:
    ```mlir
    %r = tactus.sum %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins Tactus_NumericTensor:$input,
                       OptionalAttr<DenseI64ArrayAttr>:$axes,
                       DefaultValuedAttr<BoolAttr, "false">:$keepdims,
                       OptionalAttr<Tactus_ElementTypeAttr>:$element_type,
                       DefaultValuedAttr<BoolAttr, "false">:$sequential);
  let results = (outs Tactus_NumericTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_ProdOp : Tactus_InferringOp<"prod", "Reduction"> {
  let summary = "Multiplies elements along dimensions.";
  let description = [{
    Computes the product of the elements along `axes`, 1 where there are none. Floats
    multiply wider and round once to `element_type`; integers wrap in it. Targets that
    multiply in f32 may leave its range on the way, in an order of their own.
    `element_type` defaults to i32 for i8 and ui8, else to the element type of `input`.
    NaN anywhere gives NaN, as an infinity beside a 0 does.
    Absent `axes` are all. With `keepdims` the reduced dimensions stay, of size 1.
    Source: ONNX ReduceProd.

    Constraints:
    - (C1) `axes` are dimensions of `input`, each once; negative ones count from the end.
    - (C2) `element_type` is i32 for i8 and ui8; the type of `input` or f32 for f16 and
      bf16; else the type of `input`.

    Example:
    ```mlir
    %r = tactus.prod %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins Tactus_NumericTensor:$input,
                       OptionalAttr<DenseI64ArrayAttr>:$axes,
                       DefaultValuedAttr<BoolAttr, "false">:$keepdims,
                       OptionalAttr<Tactus_ElementTypeAttr>:$element_type);
  let results = (outs Tactus_NumericTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_MeanOp : Tactus_InferringOp<"mean", "Reduction"> {
  let summary = "Averages elements along dimensions.";
  let description = [{
    Computes the sum of the elements along `axes`, divided by their number; summed
    wider and rounded once. No elements give NaN, as NaN anywhere and infinities of both
    signs do.
    Absent `axes` are all. With `keepdims` the reduced dimensions stay, of size 1.
    Source: ONNX ReduceMean.

    Constraints:
    - (C1) `axes` are dimensions of `input`, each once; negative ones count from the end.

    Example:
    ```mlir
    %r = tactus.mean %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins Tactus_FloatTensor:$input,
                       OptionalAttr<DenseI64ArrayAttr>:$axes,
                       DefaultValuedAttr<BoolAttr, "false">:$keepdims);
  let results = (outs Tactus_FloatTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_MaxOp : Tactus_InferringOp<"max", "Reduction"> {
  let summary = "The largest element along dimensions.";
  let description = [{
    Computes the largest element along `axes`. NaN anywhere gives NaN.
    Absent `axes` are all. With `keepdims` the reduced dimensions stay, of size 1.
    Source: ONNX ReduceMax.

    Constraints:
    - (C1) `axes` are dimensions of `input`, each once; negative ones count from the end.
    - (C2) The reduced dimensions are not empty.

    Example:
    ```mlir
    %r = tactus.max %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins Tactus_NumericTensor:$input,
                       OptionalAttr<DenseI64ArrayAttr>:$axes,
                       DefaultValuedAttr<BoolAttr, "false">:$keepdims);
  let results = (outs Tactus_NumericTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_MinOp : Tactus_InferringOp<"min", "Reduction"> {
  let summary = "The smallest element along dimensions.";
  let description = [{
    Computes the smallest element along `axes`. NaN anywhere gives NaN.
    Absent `axes` are all. With `keepdims` the reduced dimensions stay, of size 1.
    Source: ONNX ReduceMin.

    Constraints:
    - (C1) `axes` are dimensions of `input`, each once; negative ones count from the end.
    - (C2) The reduced dimensions are not empty.

    Example:
    ```mlir
    %r = tactus.min %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins Tactus_NumericTensor:$input,
                       OptionalAttr<DenseI64ArrayAttr>:$axes,
                       DefaultValuedAttr<BoolAttr, "false">:$keepdims);
  let results = (outs Tactus_NumericTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_ArgmaxOp : Tactus_InferringOp<"argmax", "Reduction"> {
  let summary = "The place of the largest element along a dimension.";
  let description = [{
    Computes the index along `axis` of the largest element, the first where several
    are equal; NaN counts as the largest. With `keepdims` the dimension stays, of
    size 1.
    Source: ONNX ArgMax with select_last_index 0.

    Constraints:
    - (C1) `axis` is a dimension of `input`; negative ones count from the end.
    - (C2) The dimension is not empty.

    Example:
    ```mlir
    %r = tactus.argmax %x {axis = 0 : i64} : (tensor<4x8xf32>) -> tensor<8xi64>
    ```
  }];
  let arguments = (ins Tactus_NumericTensor:$input, DefaultValuedAttr<I64Attr, "-1">:$axis,
                       DefaultValuedAttr<BoolAttr, "false">:$keepdims);
  let results = (outs Tactus_IndexTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_ArgminOp : Tactus_InferringOp<"argmin", "Reduction"> {
  let summary = "The place of the smallest element along a dimension.";
  let description = [{
    Computes the index along `axis` of the smallest element, the first where several
    are equal; NaN counts as the smallest. With `keepdims` the dimension stays, of
    size 1.
    Source: ONNX ArgMin with select_last_index 0; NumPy argmin for NaN.

    Constraints:
    - (C1) `axis` is a dimension of `input`; negative ones count from the end.
    - (C2) The dimension is not empty.

    Example:
    ```mlir
    %r = tactus.argmin %x {axis = 0 : i64} : (tensor<4x8xf32>) -> tensor<8xi64>
    ```
  }];
  let arguments = (ins Tactus_NumericTensor:$input, DefaultValuedAttr<I64Attr, "-1">:$axis,
                       DefaultValuedAttr<BoolAttr, "false">:$keepdims);
  let results = (outs Tactus_IndexTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_AnyOp : Tactus_InferringOp<"any", "Reduction"> {
  let summary = "Whether one element at least is true.";
  let description = [{
    Computes whether an element along `axes` is true; false where there are none.
    Absent `axes` are all. With `keepdims` the reduced dimensions stay, of size 1.
    Source: NumPy any.

    Constraints:
    - (C1) `axes` are dimensions of `input`, each once; negative ones count from the end.

    Example:
    ```mlir
    %r = tactus.any %x {axes = array<i64: 1>} : (tensor<4x8xi1>) -> tensor<4xi1>
    ```
  }];
  let arguments = (ins Tactus_BoolTensor:$input,
                       OptionalAttr<DenseI64ArrayAttr>:$axes,
                       DefaultValuedAttr<BoolAttr, "false">:$keepdims);
  let results = (outs Tactus_BoolTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_AllOp : Tactus_InferringOp<"all", "Reduction"> {
  let summary = "Whether every element is true.";
  let description = [{
    Computes whether all elements along `axes` are true; true where there are none.
    Absent `axes` are all. With `keepdims` the reduced dimensions stay, of size 1.
    Source: NumPy all.

    Constraints:
    - (C1) `axes` are dimensions of `input`, each once; negative ones count from the end.

    Example:
    ```mlir
    %r = tactus.all %x {axes = array<i64: 1>} : (tensor<4x8xi1>) -> tensor<4xi1>
    ```
  }];
  let arguments = (ins Tactus_BoolTensor:$input,
                       OptionalAttr<DenseI64ArrayAttr>:$axes,
                       DefaultValuedAttr<BoolAttr, "false">:$keepdims);
  let results = (outs Tactus_BoolTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_LayerNormOp : Tactus_InferringOp<"layer_norm", "Reduction", [AttrSizedOperandSegments]> {
  let summary = "Normalizes to mean 0 and variance 1.";
  let description = [{
    Computes `result = (input - mean) / sqrt(variance + epsilon) * scale + bias`, mean
    and variance being taken over `axis` and all dimensions after it. An absent
    `scale` is 1, an absent `bias` 0. NaN or an infinity among the elements of a mean
    makes all their results NaN.
    Source: ONNX LayerNormalization.

    Constraints:
    - (C1) `axis` is a dimension of `input`; negative ones count from the end.
    - (C2) `scale` and `bias` have the element type of `input` and broadcast to its shape.
    - (C3) `epsilon` is finite and not negative.

    Example:
    ```mlir
    %r = tactus.layer_norm %x scale %s bias %b : (tensor<4x8xf32>, tensor<8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_FloatTensor:$input, Optional<Tactus_FloatTensor>:$scale,
                       Optional<Tactus_FloatTensor>:$bias,
                       DefaultValuedAttr<I64Attr, "-1">:$axis,
                       DefaultValuedAttr<F64Attr, "1.0e-5">:$epsilon);
  let results = (outs Tactus_FloatTensor:$result);
  let assemblyFormat = [{
    $input (`scale` $scale^)? (`bias` $bias^)? attr-dict `:` functional-type(operands, results)
  }];
}

#endif // TACTUS_REDUCTION_OPS
