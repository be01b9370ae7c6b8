//===- CreationOps.td - Tensors from nothing ---------------*- tablegen -*-===//
#ifndef TACTUS_CREATION_OPS
#define TACTUS_CREATION_OPS

include "dialects/Tactus/TactusBase.td"

def Tactus_ConstantOp : Tactus_Op<"constant", "Creation",
    [Pure, ConstantLike, AllTypesMatch<["value", "result"]>]> {
  let summary = "A small tensor written in the program.";
  let description = [{
    Gives `value`. Meant for small tensors; weights are `tactus.parameter`.
    Source: ONNX Constant.

    Example:
    ```mlir
    %c = tactus.constant dense<[1.0, 2.0]> : tensor<2xf32>
    ```
  }];
  let arguments = (ins ElementsAttr:$value);
  let results = (outs Tactus_AnyTensor:$result);
  let assemblyFormat = "attr-dict $value";
  let hasFolder = 1;
}

def Tactus_ParameterOp : Tactus_Op<"parameter", "Creation", [Pure]> {
  let summary = "A named weight of the parameter store.";
  let description = [{
    Gives the tensor that the program's parameter store holds under `name`. Its
    elements never pass through the program's text.

    Example:
    ```mlir
    %w = tactus.parameter @w0 : tensor<784x512xf32>
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$name);
  let results = (outs Tactus_AnyTensor:$result);
  let assemblyFormat = "$name attr-dict `:` type($result)";
  // Graphs list parameters apart from their nodes.
  let inGraphs = 0;
}

class Tactus_CreationOp<string mnemonic, dag extra>
    : Tactus_InferringOp<mnemonic, "Creation"> {
  let arguments = !con((ins TypeAttr:$type), extra);
  let results = (outs Tactus_AnyTensor:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}

def Tactus_FillOp : Tactus_CreationOp<"fill", (ins F64Attr:$value)> {
  let summary = "A tensor of one value.";
  let description = [{
    Gives a tensor of the type `type` whose elements are all `value`, cast to the
    element type.
    Source: ONNX ConstantOfShape.

    Constraints:
    - (C1) `type` is a tensor type of static shape.
    - (C2) `value` is a value of the element type; a float may round.

    Example:
    ```mlir
    %r = tactus.fill {type = tensor<4x8xf32>, value = 2.500000e+00 : f64} : tensor<4x8xf32>
    ```
  }];
}

def Tactus_IotaOp : Tactus_CreationOp<"iota", (ins DefaultValuedAttr<I64Attr, "0">:$axis)> {
  let summary = "Counts along a dimension.";
  let description = [{
    Gives a tensor of the type `type` whose elements are their index along `axis`, cast
    to the element type.
    Source: StableHLO iota.

    Constraints:
    - (C1) `type` is a tensor type of static shape.
    - (C2) `axis` is a dimension of `type`; negative ones count from the end.

    Example:
    ```mlir
    %r = tactus.iota {type = tensor<4x8xi32>, axis = 1 : i64} : tensor<4x8xi32>
    ```
  }];
  let extraClassDeclaration = [{
    /// The axis counted from the front.
    int64_t getFrontAxis() {
      int64_t axis = getAxis();
      return axis < 0 ? axis + getResult().getType().getRank() : axis;
    }
  }];
}

// What ONNX allows.
def Tactus_RangeTensor : Tactus_TensorOf<[F32, F64, I16, I32, I64]>;

def Tactus_EyeOp : Tactus_CreationOp<"eye", (ins DefaultValuedAttr<I64Attr, "0">:$k)> {
  let summary = "A matrix that is 1 on a diagonal.";
  let description = [{
    Gives a matrix of the type `type` that is 1 where `column = row + k` and 0 elsewhere;
    a diagonal that is outside leaves zeros.
    Source: ONNX EyeLike.

    Constraints:
    - (C1) `type` is a tensor type of static shape and rank 2.

    Example:
    ```mlir
    %r = tactus.eye {type = tensor<4x8xf32>, k = 1 : i64} : tensor<4x8xf32>
    ```
  }];
}

def Tactus_LinspaceOp : Tactus_CreationOp<"linspace", (ins F64Attr:$start, F64Attr:$stop)> {
  let summary = "Numbers at equal distances.";
  let description = [{
    Gives a vector of the type `type`, of n elements: element i is `start + i * step`,
    step being `(stop - start) / (n - 1)`, each operation rounded in f64, and the result
    once more to the element type. The last element is `stop` itself; a single one is
    `start`.
    Source: NumPy linspace.

    Constraints:
    - (C1) `type` is a tensor type of static shape, rank 1 and float elements.
    - (C2) `start`, `stop` and their difference are finite.

    Example:
    ```mlir
    %r = tactus.linspace {type = tensor<5xf32>, start = 0.0 : f64, stop = 1.0 : f64} : tensor<5xf32>
    ```
  }];
  let results = (outs Tactus_FloatTensor:$result);
}

def Tactus_OneHotOp : Tactus_InferringOp<"one_hot", "Creation"> {
  let summary = "Marks the places that indices name.";
  let description = [{
    Adds a dimension of size `depth` in front of dimension `axis` of `indices`, behind all
    where that is their rank: `result[..., d, ...]` is `values[1]` where d is the index,
    else `values[0]`. Negative indices count from the end; one out of range fails the run.
    Source: ONNX OneHot, where an index out of range marks nothing.

    Constraints:
    - (C1) `axis` is a dimension of the result; negative ones count from the end.
    - (C2) `depth` is not negative.
    - (C3) `values` has the shape [2].

    Example:
    ```mlir
    %r = tactus.one_hot %i, %v {depth = 8 : i64} : (tensor<4xi64>, tensor<2xf32>) -> tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_IntegerTensor:$indices, Tactus_AnyTensor:$values,
                       I64Attr:$depth, DefaultValuedAttr<I64Attr, "-1">:$axis);
  let results = (outs Tactus_AnyTensor:$result);
  let assemblyFormat = "$indices `,` $values attr-dict `:` functional-type(operands, results)";
}

def Tactus_RangeOp : Tactus_InferringOp<"range", "Creation"> {
  let summary = "Numbers from one to another at equal distances.";
  let description = [{
    Gives `start + i * delta` for each i from 0 up to the last before `limit`:
    `max(0, ceil((limit - start) / delta))` elements. For floats both are computed in
    f64, and elements rounded once more to the element type.

    Where all operands are constants the size of the result is known, else it is `?`, and
    a run fails for a `delta` of 0 and a bound that is not finite. A processor's target
    finds the size before each run, by interpreting what the bounds depend on, and
    compiles anew for each size that it meets; it refuses such a range in a region.
    Source: ONNX Range.

    Constraints:
    - (C1) `start`, `limit` and `delta` have rank 0 and one element type.
    - (C2) `delta` is not 0, and bounds are finite, where they are constants.

    Example:
    ```mlir
    %r = tactus.range %start, %limit, %delta : (tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<?xi64>
    ```
  }];
  let arguments = (ins Tactus_RangeTensor:$start, Tactus_RangeTensor:$limit,
                       Tactus_RangeTensor:$delta);
  let results = (outs Tactus_RangeTensor:$result);
  let assemblyFormat = [{
    $start `,` $limit `,` $delta attr-dict `:` functional-type(operands, results)
  }];
}

def Tactus_DistributionEnum : I32EnumAttr<"Distribution", "A distribution of numbers", [
      I32EnumAttrCase<"uniform", 0>, I32EnumAttrCase<"normal", 1>]> {
  let cppNamespace = "::tactus::ir";
  let genSpecializedAttr = 0;
}
def Tactus_Distribution
    : EnumAttr<Tactus_Dialect, Tactus_DistributionEnum, "distribution"> {
  let assemblyFormat = "`<` $value `>`";
}

def Tactus_RandomOp : Tactus_CreationOp<"random", (ins I64Attr:$seed,
    DefaultValuedAttr<Tactus_Distribution, "Distribution::uniform">:$distribution)> {
  let summary = "Numbers that depend on a seed alone.";
  let description = [{
    Gives a tensor of the type `type`: with `uniform`, floats in [-1, 1), signed
    integers in [-8, 8), unsigned ones in [0, 16), fair bits for i1; with `normal`,
    floats of mean 0 and variance 1. The same seed gives the same bits on every target.
    Source: Philox4x32-10 (Salmon et al., Parallel Random Numbers: As Easy as 1, 2, 3, 2011).

    Constraints:
    - (C1) `type` is a tensor type of static shape.
    - (C2) `normal` goes with float element types.

    Example:
    ```mlir
    %r = tactus.random {type = tensor<4x8xf32>, seed = 1 : i64} : tensor<4x8xf32>
    ```
  }];
}

#endif // TACTUS_CREATION_OPS
