//===- IndexingOps.td - Ops that move elements by index ----*- tablegen -*-===//
#ifndef TACTUS_INDEXING_OPS
#define TACTUS_INDEXING_OPS

include "dialects/Tactus/TactusBase.td"

def Tactus_IndicesTensor : Tactus_TensorOf<[I32, I64]>;

class Tactus_IndexingOp<string mnemonic>
    : Tactus_InferringOp<mnemonic, "Shape", [Tactus_IndexingOpInterface]> {
  let results = (outs Tactus_AnyTensor:$result);
}

//===----------------------------------------------------------------------===//
// Gather
//===----------------------------------------------------------------------===//

def Tactus_GatherOp : Tactus_IndexingOp<"gather"> {
  let summary = "Slices of a tensor by index.";
  let description = [{
    Takes the slices of `data` along dimension `axis` that `indices` name; the
    dimensions of `indices` stand in the place of that dimension:
    `result[a.., i.., b..] = data[a.., indices[i..], b..]`. Negative indices count from
    the end; one out of range fails the run.
    Source: ONNX Gather.

    Constraints:
    - (C1) `axis` is a dimension of `data`; a negative one counts from the end.

    Example:
    ```mlir
    %r = tactus.gather %x, %i : (tensor<4x8xf32>, tensor<2x3xi64>) -> tensor<2x3x8xf32>
    ```
  }];
  let arguments = (ins Tactus_AnyTensor:$data, Tactus_IndicesTensor:$indices,
                       DefaultValuedAttr<I64Attr, "0">:$axis);
  let assemblyFormat = "$data `,` $indices attr-dict `:` functional-type(operands, results)";
}

def Tactus_GatherElementsOp : Tactus_IndexingOp<"gather_elements"> {
  let summary = "Elements along a dimension by index.";
  let description = [{
    Takes for each element of `indices` the element of `data` at the same place, but
    for dimension `axis`, where the index says which:
    `result[i, j, k] = data[i, indices[i, j, k], k]` for `axis` 1. Negative indices
    count from the end; one out of range fails the run.
    Source: ONNX GatherElements.

    Constraints:
    - (C1) `axis` is a dimension of `data`; a negative one counts from the end.
    - (C2) `indices` has the rank of `data`, and no dimension but `axis` is larger.

    Example:
    ```mlir
    %r = tactus.gather_elements %x, %i {axis = 1 : i64} : (tensor<4x8xf32>, tensor<4x3xi64>) -> tensor<4x3xf32>
    ```
  }];
  let arguments = (ins Tactus_AnyTensor:$data, Tactus_IndicesTensor:$indices,
                       DefaultValuedAttr<I64Attr, "0">:$axis);
  let assemblyFormat = "$data `,` $indices attr-dict `:` functional-type(operands, results)";
}

def Tactus_GatherNdOp : Tactus_IndexingOp<"gather_nd"> {
  let summary = "Slices of a tensor by several indices.";
  let description = [{
    Each row of the last dimension of `indices` names an element, or a slice where the
    row is shorter than the rank, of `data`. The first `batch_dims` dimensions are the
    same in both: `result[b.., i.., c..] = data[b.., indices[b.., i.., :].., c..]`.
    Negative indices count from the end; one out of range fails the run.
    Source: ONNX GatherND.

    Constraints:
    - (C1) `batch_dims` is not negative, and less than either rank.
    - (C2) The first `batch_dims` sizes of `data` and `indices` are the same.
    - (C3) The size of the last dimension of `indices` is known, at least 1, and at most
      the rank of `data` less `batch_dims`.

    Example:
    ```mlir
    %r = tactus.gather_nd %x, %i : (tensor<4x8xf32>, tensor<3x2xi64>) -> tensor<3xf32>
    ```
  }];
  let arguments = (ins Tactus_AnyTensor:$data, Tactus_IndicesTensor:$indices,
                       DefaultValuedAttr<I64Attr, "0">:$batch_dims);
  let assemblyFormat = "$data `,` $indices attr-dict `:` functional-type(operands, results)";
}

//===----------------------------------------------------------------------===//
// Scatter
//===----------------------------------------------------------------------===//

def Tactus_ScatterReductionEnum
    : I32EnumAttr<"ScatterReduction", "What an update does to an element", [
    I32EnumAttrCase<"none", 0>, I32EnumAttrCase<"add", 1>,
    I32EnumAttrCase<"mul", 2>, I32EnumAttrCase<"max", 3>,
    I32EnumAttrCase<"min", 4>]> {
  let cppNamespace = "::tactus::ir";
  let genSpecializedAttr = 0;
}
def Tactus_ScatterReduction
    : EnumAttr<Tactus_Dialect, Tactus_ScatterReductionEnum, "scatter_reduction"> {
  let assemblyFormat = "`<` $value `>`";
}

def Tactus_ScatterElementsOp : Tactus_IndexingOp<"scatter_elements"> {
  let summary = "Updates elements along a dimension by index.";
  let description = [{
    Gives `data` after each element of `updates`, in row-major order, has been put at
    its own place, but for dimension `axis`, where the index says which:
    `result[i, indices[i, j, k], k] = updates[i, j, k]` for `axis` 1. `reduction` says
    what becomes of the element that is there: `none` replaces it, so that the last of
    several updates stays; the others combine both as `tactus.add`, `tactus.mul`,
    `tactus.maximum` and `tactus.minimum` do, rounding each time. Negative indices count
    from the end; one out of range fails the run.
    Source: ONNX ScatterElements.

    Constraints:
    - (C1) `axis` is a dimension of `data`; a negative one counts from the end.
    - (C2) `indices` has the rank of `data`, and no dimension but `axis` is larger.
    - (C3) `updates` has the shape of `indices` and the element type of `data`.
    - (C4) Elements of i1 are replaced: `reduction` is `none`.

    Example:
    ```mlir
    %r = tactus.scatter_elements %x, %i, %u {axis = 1 : i64, reduction = #tactus.scatter_reduction<add>} : (tensor<4x8xf32>, tensor<4x3xi64>, tensor<4x3xf32>) -> tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_AnyTensor:$data, Tactus_IndicesTensor:$indices,
                       Tactus_AnyTensor:$updates,
                       DefaultValuedAttr<I64Attr, "0">:$axis,
                       DefaultValuedAttr<Tactus_ScatterReduction, "ScatterReduction::none">:$reduction);
  let assemblyFormat = "$data `,` $indices `,` $updates attr-dict `:` functional-type(operands, results)";
}

def Tactus_ScatterNdOp : Tactus_IndexingOp<"scatter_nd"> {
  let summary = "Updates slices of a tensor by several indices.";
  let description = [{
    Gives `data` after each slice of `updates`, in row-major order, has been put where a
    row of the last dimension of `indices` says:
    `result[indices[i.., :].., c..] = updates[i.., c..]`. `reduction` says what becomes
    of the elements that are there: `none` replaces them, so that the last of several
    updates stays; the others combine both as `tactus.add`, `tactus.mul`,
    `tactus.maximum` and `tactus.minimum` do, rounding each time. Negative indices count
    from the end; one out of range fails the run.
    Source: ONNX ScatterND.

    Constraints:
    - (C1) The size of the last dimension of `indices` is known, at least 1, and at most
      the rank of `data`.
    - (C2) `updates` has the sizes of `indices` but the last, then those of `data` after
      the dimensions that a row names, and the element type of `data`.
    - (C3) Elements of i1 are replaced: `reduction` is `none`.

    Example:
    ```mlir
    %r = tactus.scatter_nd %x, %i, %u : (tensor<4x8xf32>, tensor<3x1xi64>, tensor<3x8xf32>) -> tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_AnyTensor:$data, Tactus_IndicesTensor:$indices,
                       Tactus_AnyTensor:$updates,
                       DefaultValuedAttr<Tactus_ScatterReduction, "ScatterReduction::none">:$reduction);
  let assemblyFormat = "$data `,` $indices `,` $updates attr-dict `:` functional-type(operands, results)";
}

#endif // TACTUS_INDEXING_OPS
