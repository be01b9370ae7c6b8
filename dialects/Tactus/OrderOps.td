//===- OrderOps.td - Ops that go along a dimension in order -*- tablegen -*-===//
#ifndef TACTUS_ORDER_OPS
#define TACTUS_ORDER_OPS

include "dialects/Tactus/TactusBase.td"

class Tactus_CumulativeOp<string mnemonic>
    : Tactus_InferringOp<mnemonic, "Reduction"> {
  let arguments = (ins Tactus_NumericTensor:$input, DefaultValuedAttr<I64Attr, "-1">:$axis,
                       DefaultValuedAttr<BoolAttr, "false">:$exclusive,
                       DefaultValuedAttr<BoolAttr, "false">:$reverse);
  let results = (outs Tactus_NumericTensor:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_CumsumOp : Tactus_CumulativeOp<"cumsum"> {
  let summary = "Sums of all elements up to each one.";
  let description = [{
    Computes the sum of each element and those before it along `axis`; with `exclusive`
    of those before it alone, the first being 0; with `reverse` from the end. Floats sum
    in order, wider, and each sum is rounded once; integers wrap. From a NaN on, and from
    the second of two infinities of opposite signs, all sums are NaN.
    Source: ONNX CumSum, with its axis as an attribute.

    Constraints:
    - (C1) `axis` is a dimension of `input`; negative ones count from the end.

    Example:
    ```mlir
    %r = tactus.cumsum %x {axis = 0 : i64, reverse = true} : (tensor<4x8xf32>) -> tensor<4x8xf32>
    ```
  }];
}

def Tactus_CumprodOp : Tactus_CumulativeOp<"cumprod"> {
  let summary = "Products of all elements up to each one.";
  let description = [{
    Computes the product of each element and those before it along `axis`; with
    `exclusive` of those before it alone, the first being 1; with `reverse` from the end.
    Floats multiply in order, wider, and each product is rounded once; integers wrap.
    From a NaN on, and from where an infinity and a 0 have met, all products are NaN.
    Targets that multiply in f32 stay infinite or 0 once a product has left its range.
    Source: NumPy cumprod; `exclusive` and `reverse` as in ONNX CumSum.

    Constraints:
    - (C1) `axis` is a dimension of `input`; negative ones count from the end.

    Example:
    ```mlir
    %r = tactus.cumprod %x {axis = 0 : i64, exclusive = true} : (tensor<4x8xf32>) -> tensor<4x8xf32>
    ```
  }];
}

def Tactus_SortOp : Tactus_InferringOp<"sort", "Reduction"> {
  let summary = "Elements in order, and where they were.";
  let description = [{
    Gives the elements along `axis` in ascending order, or with `descending` in
    descending order, and the index that each had. Equal elements, which zeros of both
    signs are, stay in the order they had. NaN counts as the largest.
    Source: NumPy sort and argsort of kind stable.

    Constraints:
    - (C1) `axis` is a dimension of `input`; negative ones count from the end.

    Example:
    ```mlir
    %v, %i = tactus.sort %x {axis = 0 : i64, descending = true} : (tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xi64>)
    ```
  }];
  let arguments = (ins Tactus_NumericTensor:$input, DefaultValuedAttr<I64Attr, "-1">:$axis,
                       DefaultValuedAttr<BoolAttr, "false">:$descending);
  let results = (outs Tactus_NumericTensor:$values, Tactus_IndexTensor:$indices);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

def Tactus_TopKOp : Tactus_InferringOp<"top_k", "Reduction"> {
  let summary = "The first few elements in order, and where they were.";
  let description = [{
    Gives the `k` largest elements along `axis`, the largest first, or without `largest`
    the `k` smallest, the smallest first, and the index that each has. Of equal elements
    the one of lower index goes first. NaN counts as the largest.
    Source: ONNX TopK with sorted 1.

    Constraints:
    - (C1) `axis` is a dimension of `input`; negative ones count from the end.
    - (C2) `k` is from 0 to the size of that dimension.

    Example:
    ```mlir
    %v, %i = tactus.top_k %x {k = 3 : i64} : (tensor<4x8xf32>) -> (tensor<4x3xf32>, tensor<4x3xi64>)
    ```
  }];
  let arguments = (ins Tactus_NumericTensor:$input, I64Attr:$k,
                       DefaultValuedAttr<I64Attr, "-1">:$axis,
                       DefaultValuedAttr<BoolAttr, "true">:$largest);
  let results = (outs Tactus_NumericTensor:$values, Tactus_IndexTensor:$indices);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
}

#endif // TACTUS_ORDER_OPS
