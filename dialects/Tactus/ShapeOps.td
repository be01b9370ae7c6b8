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
    along `axes`; with a negative step, backward. Negative starts and ends count from
    the end; both are clamped to the dimension, and where an end is below its first
    element, a negative step reaches that one. A start below it is that one too, where
    NumPy takes nothing. Absent `axes` are the first ones,
    absent `steps` are 1.
    Source: ONNX Slice.

    Constraints:
    - (C1) `starts`, `ends`, `axes` and `steps` have one length.
    - (C2) `axes` are dimensions of `input`, each once; negative ones count from the end.
    - (C3) `steps` are not 0.

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

def Tactus_SqueezeOp : Tactus_InferringOp<"squeeze", "Shape"> {
  let summary = "Drops dimensions of size 1.";
  let description = [{
    Gives the elements of `input` without the dimensions `axes`, which are of size 1.
    Absent `axes` are all dimensions of size 1.
    Source: ONNX Squeeze.

    Constraints:
    - (C1) `axes` are dimensions of `input`, each once; negative ones count from the end.
    - (C2) The dimensions `axes` have size 1.
    - (C3) Without `axes`, the sizes of `input` are known.

    Example:
    ```mlir
    %r = tactus.squeeze %x {axes = array<i64: 1>} : (tensor<4x1x8xf32>) -> tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_AnyTensor:$input,
                       OptionalAttr<DenseI64ArrayAttr>:$axes);
  let results = (outs Tactus_AnyTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_ExpandDimsOp : Tactus_InferringOp<"expand_dims", "Shape"> {
  let summary = "Adds dimensions of size 1.";
  let description = [{
    Gives the elements of `input` with more dimensions, of size 1, which are the
    dimensions `axes` of `result`.
    Source: ONNX Unsqueeze.

    Constraints:
    - (C1) `axes` are dimensions of `result`, each once; negative ones count from the end.

    Example:
    ```mlir
    %r = tactus.expand_dims %x {axes = array<i64: 0, -1>} : (tensor<4x8xf32>) -> tensor<1x4x8x1xf32>
    ```
  }];
  let arguments = (ins Tactus_AnyTensor:$input, DenseI64ArrayAttr:$axes);
  let results = (outs Tactus_AnyTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_TileOp : Tactus_InferringOp<"tile", "Shape"> {
  let summary = "Repeats a tensor along its dimensions.";
  let description = [{
    Puts `repeats[i]` copies of `input` one after another along dimension i:
    `result[.., j, ..] = input[.., j mod size, ..]`.
    Source: ONNX Tile.

    Constraints:
    - (C1) `repeats` holds one number for each dimension of `input`, none negative.

    Example:
    ```mlir
    %r = tactus.tile %x {repeats = array<i64: 3, 2>} : (tensor<4x8xf32>) -> tensor<12x16xf32>
    ```
  }];
  let arguments = (ins Tactus_AnyTensor:$input, DenseI64ArrayAttr:$repeats);
  let results = (outs Tactus_AnyTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_ReverseOp : Tactus_InferringOp<"reverse", "Shape"> {
  let summary = "Turns dimensions around.";
  let description = [{
    Gives the elements of `input` in the opposite order along each of `axes`.
    Absent `axes` are all.
    Source: NumPy flip.

    Constraints:
    - (C1) `axes` are dimensions of `input`, each once; negative ones count from the end.

    Example:
    ```mlir
    %r = tactus.reverse %x {axes = array<i64: 1>} : (tensor<4x8xf32>) -> tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_AnyTensor:$input,
                       OptionalAttr<DenseI64ArrayAttr>:$axes);
  let results = (outs Tactus_AnyTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_TriluOp : Tactus_InferringOp<"trilu", "Shape"> {
  let summary = "One triangle of matrices.";
  let description = [{
    Keeps the elements of each matrix, of the last two dimensions, whose column is at
    least row + `k`, or with `upper` false at most row + `k`; the others become 0.
    Source: ONNX Trilu.

    Constraints:
    - (C1) `input` has rank 2 or more.

    Example:
    ```mlir
    %r = tactus.trilu %x {k = 1 : i64} : (tensor<4x8xf32>) -> tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_AnyTensor:$input,
                       DefaultValuedAttr<BoolAttr, "true">:$upper,
                       DefaultValuedAttr<I64Attr, "0">:$k);
  let results = (outs Tactus_AnyTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_ConcatOp : Tactus_InferringOp<"concat", "Shape"> {
  let summary = "Tensors one after another.";
  let description = [{
    Puts `inputs` one after another along dimension `axis`.
    Source: ONNX Concat.

    Constraints:
    - (C1) There is one input or more.
    - (C2) `inputs` have one element type and one rank.
    - (C3) `axis` is a dimension of `inputs`; a negative one counts from the end.
    - (C4) `inputs` have the same sizes, but along `axis`.

    Example:
    ```mlir
    %r = tactus.concat %x, %y {axis = 1 : i64} : (tensor<4x8xf32>, tensor<4x3xf32>) -> tensor<4x11xf32>
    ```
  }];
  let arguments = (ins Variadic<Tactus_AnyTensor>:$inputs, I64Attr:$axis);
  let results = (outs Tactus_AnyTensor:$result);
  let assemblyFormat = "$inputs attr-dict `:` functional-type(operands, results)";
}

def Tactus_SplitOp : Tactus_InferringOp<"split", "Shape"> {
  let summary = "A tensor in parts.";
  let description = [{
    Cuts `input` along dimension `axis` into `results`, which have the sizes `sizes`
    there. With `num_outputs` in their place, each part has the size of the dimension
    divided by `num_outputs`, rounded up, and the last ones have what is left.
    Source: ONNX Split.

    Constraints:
    - (C1) `axis` is a dimension of `input`; a negative one counts from the end.
    - (C2) One of `sizes` and `num_outputs` is there.
    - (C3) `sizes` are not negative, and their sum is the size of the dimension.
    - (C4) There are 1 to 4096 parts.

    Example:
    ```mlir
    %r:2 = tactus.split %x {axis = 1 : i64, sizes = array<i64: 6, 2>} : (tensor<4x8xf32>) -> (tensor<4x6xf32>, tensor<4x2xf32>)
    ```
  }];
  let arguments = (ins Tactus_AnyTensor:$input,
                       DefaultValuedAttr<I64Attr, "0">:$axis,
                       OptionalAttr<DenseI64ArrayAttr>:$sizes,
                       OptionalAttr<I64Attr>:$num_outputs);
  let results = (outs Variadic<Tactus_AnyTensor>:$results);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_PadModeEnum : I32EnumAttr<"PadMode", "What stands around a tensor", [
    I32EnumAttrCase<"constant", 0>, I32EnumAttrCase<"edge", 1>,
    I32EnumAttrCase<"reflect", 2>, I32EnumAttrCase<"wrap", 3>]> {
  let cppNamespace = "::tactus::ir";
  let genSpecializedAttr = 0;
}
def Tactus_PadMode : EnumAttr<Tactus_Dialect, Tactus_PadModeEnum, "pad_mode"> {
  let assemblyFormat = "`<` $value `>`";
}

def Tactus_PadOp : Tactus_InferringOp<"pad", "Shape"> {
  let summary = "Adds elements around a tensor.";
  let description = [{
    Adds `pads[i]` elements before, and `pads[rank + i]` after, those of dimension i of
    `input`; negative pads take elements away first. What is added is, by `mode`:
    `constant`, `value` cast to the element type; `edge`, the nearest element;
    `reflect`, the elements mirrored at the first and the last, which are not doubled,
    back and forth as often as needed, so that a dimension of size 1 repeats its one
    element; `wrap`, the elements over again, as if the tensor were a ring.
    Source: ONNX Pad; NumPy pad where pads are larger than the dimension.

    Constraints:
    - (C1) `pads` holds two numbers for each dimension of `input`.
    - (C2) No dimension of `result` is negative, nor one of `input` once negative pads
      have taken from it.
    - (C3) A dimension of no elements grows in mode `constant` only.
    - (C4) `value` is a value of the element type; a float may round.

    Example:
    ```mlir
    %r = tactus.pad %x {pads = array<i64: 0, 2, 1, 0>, value = 5.000000e-01 : f64} : (tensor<4x8xf32>) -> tensor<5x10xf32>
    ```
  }];
  let arguments = (ins Tactus_AnyTensor:$input, DenseI64ArrayAttr:$pads,
                       DefaultValuedAttr<Tactus_PadMode, "PadMode::constant">:$mode,
                       DefaultValuedAttr<F64Attr, "0.0">:$value);
  let results = (outs Tactus_AnyTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

#endif // TACTUS_SHAPE_OPS
