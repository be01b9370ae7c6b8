//===- ContractionOps.td - Matrix products -----------------*- tablegen -*-===//
#ifndef TACTUS_CONTRACTION_OPS
#define TACTUS_CONTRACTION_OPS

include "dialects/Tactus/TactusBase.td"

def Tactus_MatmulOp : Tactus_InferringOp<"matmul", "Contraction"> {
  let summary = "Multiplies two matrices.";
  let description = [{
    Computes `result[..., m, n] = init + sum over k of lhs[..., m, k] * rhs[..., k, n]`.
    Leading dimensions broadcast. The sum runs in ascending k from `init`, or from 0
    where there is none: floats sum wider or in one chain of fused multiply-adds and
    round once to `element_type`; integers wrap in it. An empty k gives `init`, or 0. No 0
    hides a NaN or an infinity, whose product with it is NaN.
    `element_type` defaults to i32 for i8 and ui8, else to the operands' element type.

    With `block`, floats sum in f32 as an array of multiply-add cells of that depth does:
    each `block` of consecutive k is one chain of fused multiply-adds from +0,
    `s = fma(lhs, rhs, s)`, and its end is added to `init`, or is the sum where there is
    no `init` and no block before it. The last block may be shorter. Integers are the
    same with any `block`. The CPU keeps its own order here too, within the bounds of a
    sum.
    Source: ONNX MatMul and MatMulInteger, without the 1-D promotion.

    Constraints:
    - (C1) `lhs` and `rhs` have rank 2 or more.
    - (C2) `dim(lhs, -1) = dim(rhs, -2)`.
    - (C3) `lhs` and `rhs` have one element type, or are i8 and ui8.
    - (C4) The leading dimensions broadcast as in NumPy.
    - (C5) `element_type` is i32 for i8 and ui8 operands; the operands' type or
      f32 for f16 and bf16; else the operands' type.
    - (C6) `init` has the element type of `result` and broadcasts to its shape.
    - (C7) `block` is 1 or more, and the element type of `result` f32 or an integer.

    Example:
    ```mlir
    %y = tactus.matmul %x, %w : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_NumericTensor:$lhs, Tactus_NumericTensor:$rhs,
                       Optional<Tactus_NumericTensor>:$init,
                       OptionalAttr<Tactus_ElementTypeAttr>:$element_type,
                       OptionalAttr<I64Attr>:$block);
  let results = (outs Tactus_NumericTensor:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs (`init` $init^)? attr-dict `:` functional-type(operands, results)
  }];
}

#endif // TACTUS_CONTRACTION_OPS
