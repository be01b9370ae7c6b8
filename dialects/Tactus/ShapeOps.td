//===- ShapeOps.td - Ops that move elements ----------------*- tablegen -*-===//
#ifndef TACTUS_SHAPE_OPS
#define TACTUS_SHAPE_OPS

include "dialects/Tactus/TactusBase.td"

def Tactus_ReshapeOp : Tactus_InferringOp<"reshape", "Shape"> {
  let summary = "The same elements in another shape.";
  let description = [{
    Gives the elements of `input` in row-major order the dimensions `shape`; one of
    them may be -1, which makes the number of elements fit.
    Source: ONNX Reshape with allowzero 1.

    Constraints:
    - (C1) `shape` holds sizes, and -1 at most once.
    - (C2) The number of elements stays.

    Example:
    ```mlir
    %r = tactus.reshape %x {shape = array<i64: 2, -1>} : (tensor<4x8xf32>) -> tensor<2x16xf32>
    ```
  }];
  let arguments = (ins Tactus_AnyTensor:$input, DenseI64ArrayAttr:$shape);
  let results = (outs Tactus_AnyTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
  let hasFolder = 1;
}

def Tactus_TransposeOp : Tactus_InferringOp<"transpose", "Shape"> {
  let summary = "Reorders dimensions.";
  let description = [{
    Dimension i of `result` is dimension `perm[i]` of `input`.
    Source: ONNX Transpose.

    Constraints:
    - (C1) `perm` holds each dimension of `input` once.

    Example:
    ```mlir
    %r = tactus.transpose %x {perm = array<i64: 1, 0>} : (tensor<4x8xf32>) -> tensor<8x4xf32>
    ```
  }];
  let arguments = (ins Tactus_AnyTensor:$input, DenseI64ArrayAttr:$perm);
  let results = (outs Tactus_AnyTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
  let hasFolder = 1;
}

def Tactus_BroadcastOp : Tactus_InferringOp<"broadcast", "Shape"> {
  let summary = "Repeats dimensions of size 1.";
  let description = [{
    Repeats `input` along its dimensions of size 1, and along new ones in front, until
    it has the shape that `shape` and its own broadcast to.
    Source: ONNX Expand.

    Constraints:
    - (C1) `shape` holds sizes.
    - (C2) The shape of `input` and `shape` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.broadcast %x {shape = array<i64: 3, 4, 8>} : (tensor<4x1xf32>) -> tensor<3x4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_AnyTensor:$input, DenseI64ArrayAttr:$shape);
  let results = (outs Tactus_AnyTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
  let hasFolder = 1;
}

def Tactus_SliceOp : Tactus_InferringOp<"slice", "Shape"> {
  let summary = "Part of a tensor.";
  let description = [{
    Takes the elements from `starts` up to, not including, `ends`, every `steps`-th,
    along `axes`. Negative starts and ends count from the end; both are clamped to
    the dimension. Absent `axes` are the first ones, absent `steps` are 1.
    Source: ONNX Slice.

    Constraints:
    - (C1) `starts`, `ends`, `axes` and `steps` have one length.
    - (C2) `axes` are dimensions of `input`, each once; negative ones count from the end.
    - (C3) `steps` are positive.

    Example:
    ```mlir
    %r = tactus.slice %x {starts = array<i64: 1>, ends = array<i64: -1>} : (tensor<4x8xf32>) -> tensor<2x8xf32>
    ```
  }];
  let arguments = (ins Tactus_AnyTensor:$input, DenseI64ArrayAttr:$starts,
                       DenseI64ArrayAttr:$ends,
                       OptionalAttr<DenseI64ArrayAttr>:$axes,
                       OptionalAttr<DenseI64ArrayAttr>:$steps);
  let results = (outs Tactus_AnyTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
  let hasFolder = 1;
}

#endif // TACTUS_SHAPE_OPS
