//===- ElementwiseOps.td - Arithmetic element by element ---*- tablegen -*-===//
#ifndef TACTUS_ELEMENTWISE_OPS
#define TACTUS_ELEMENTWISE_OPS

include "dialects/Tactus/TactusBase.td"

def Tactus_AddOp : Tactus_BinaryElementwiseOp<"add", "Elementwise",
                                              Tactus_NumericElementwise, [Commutative]> {
  let summary = "Adds elements.";
  let description = [{
    Computes `result = lhs + rhs`. Floats round to nearest even; integers wrap.
    Source: ONNX Add.

    Constraints:
    - (C1) `lhs` and `rhs` have one element type.
    - (C2) The shapes of `lhs` and `rhs` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.add %a, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    ```
  }];
}

#endif // TACTUS_ELEMENTWISE_OPS
