//===- ContractionOps.td - Matrix products -----------------*- tablegen -*-===//
#ifndef TACTUS_CONTRACTION_OPS
#define TACTUS_CONTRACTION_OPS

include "dialects/Tactus/TactusBase.td"

def Tactus_MatmulOp : Tactus_InferringOp<"matmul", "Contraction"> {
  let summary = "Multiplies two matrices.";
  let description = [{
    Computes `result[..., m, n] = sum over k of lhs[..., m, k] * rhs[..., k, n]`.
    Leading dimensions broadcast. The sum runs in ascending k: floats sum wider
    or in one chain of fused multiply-adds and round once to `element_type`;
    integers wrap in it. An empty k gives 0. `element_type` defaults to i32 for
    i8 and ui8, else to the operands' element type.
    Source: ONNX MatMul and MatMulInteger, without the 1-D promotion.

    Constraints:
    - (C1) `lhs` and `rhs` have rank 2 or more.
    - (C2) `dim(lhs, -1) = dim(rhs, -2)`.
    - (C3) `lhs` and `rhs` have one element type, or are i8 and ui8.
    - (C4) The leading dimensions broadcast as in NumPy.
    - (C5) `element_type` is i32 for i8 and ui8 operands; the operands' type or
      f32 for f16 and bf16; else the operands' type.

    Example:
    ```mlir
    %y = tactus.matmul %x, %w : (tensor<4x16xf32>, tensor<16x8xf32>) -> tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_NumericTensor:$lhs, Tactus_NumericTensor:$rhs,
                       OptionalAttr<Tactus_ElementTypeAttr>:$element_type);
  let results = (outs Tactus_NumericTensor:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` functional-type(operands, results)";
}

#endif // TACTUS_CONTRACTION_OPS
