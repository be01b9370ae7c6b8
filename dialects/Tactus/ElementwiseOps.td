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

def Tactus_SubOp : Tactus_BinaryElementwiseOp<"sub", "Elementwise",
                                              Tactus_NumericElementwise> {
  let summary = "Subtracts elements.";
  let description = [{
    Computes `result = lhs - rhs`. Floats round to nearest even; integers wrap.
    Source: ONNX Sub.

    Constraints:
    - (C1) `lhs` and `rhs` have one element type.
    - (C2) The shapes of `lhs` and `rhs` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.sub %a, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    ```
  }];
}

def Tactus_MulOp : Tactus_BinaryElementwiseOp<"mul", "Elementwise",
                                              Tactus_NumericElementwise, [Commutative]> {
  let summary = "Multiplies elements.";
  let description = [{
    Computes `result = lhs * rhs`. Floats round to nearest even; integers wrap.
    Source: ONNX Mul.

    Constraints:
    - (C1) `lhs` and `rhs` have one element type.
    - (C2) The shapes of `lhs` and `rhs` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.mul %a, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    ```
  }];
}

def Tactus_DivOp : Tactus_BinaryElementwiseOp<"div", "Elementwise",
                                              Tactus_NumericElementwise> {
  let summary = "Divides elements.";
  let description = [{
    Computes `result = lhs / rhs`. Floats round to nearest even. Integers
    truncate toward zero; division by zero gives 0, and the lowest integer divided
    by -1 gives itself.
    Source: ONNX Div; the results at zero are ours.

    Constraints:
    - (C1) `lhs` and `rhs` have one element type.
    - (C2) The shapes of `lhs` and `rhs` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.div %a, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    ```
  }];
}

def Tactus_MaximumOp : Tactus_BinaryElementwiseOp<"maximum", "Elementwise",
                                              Tactus_NumericElementwise, [Commutative]> {
  let summary = "The larger of two elements.";
  let description = [{
    Computes `result = max(lhs, rhs)`. NaN in either gives NaN; +0 is larger
    than -0.
    Source: ONNX Max; IEEE 754-2019 maximum.

    Constraints:
    - (C1) `lhs` and `rhs` have one element type.
    - (C2) The shapes of `lhs` and `rhs` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.maximum %a, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    ```
  }];
}

def Tactus_MinimumOp : Tactus_BinaryElementwiseOp<"minimum", "Elementwise",
                                              Tactus_NumericElementwise, [Commutative]> {
  let summary = "The smaller of two elements.";
  let description = [{
    Computes `result = min(lhs, rhs)`. NaN in either gives NaN; -0 is smaller
    than +0.
    Source: ONNX Min; IEEE 754-2019 minimum.

    Constraints:
    - (C1) `lhs` and `rhs` have one element type.
    - (C2) The shapes of `lhs` and `rhs` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.minimum %a, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    ```
  }];
}

def Tactus_NegOp : Tactus_UnaryElementwiseOp<"neg", "Elementwise",
                                             Tactus_NumericElementwise> {
  let summary = "Changes the sign.";
  let description = [{
    Computes `result = -input`. Integers wrap: the lowest stays.
    Source: ONNX Neg.

    Example:
    ```mlir
    %r = tactus.neg %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_ExpOp : Tactus_UnaryElementwiseOp<"exp", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "Exponential function.";
  let description = [{
    Computes `result = e^input`. Overflow gives infinity.
    Source: ONNX Exp.

    Example:
    ```mlir
    %r = tactus.exp %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_LogOp : Tactus_UnaryElementwiseOp<"log", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "Natural logarithm.";
  let description = [{
    Computes `result = ln(input)`; 0 gives -infinity, negative inputs NaN.
    Source: ONNX Log.

    Example:
    ```mlir
    %r = tactus.log %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_SqrtOp : Tactus_UnaryElementwiseOp<"sqrt", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "Square root.";
  let description = [{
    Computes `result = sqrt(input)`; negative inputs give NaN, -0 gives -0.
    Source: ONNX Sqrt.

    Example:
    ```mlir
    %r = tactus.sqrt %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_CastOp : Tactus_InferringOp<"cast", "Elementwise", [Tactus_ElementwiseOpInterface]> {
  let summary = "Changes the element type.";
  let description = [{
    Computes the value of `input` in the type `to`. To a float: rounds to nearest
    even. Float to integer: truncates toward zero, the nearest end of the range
    where outside it, 0 for NaN. Integer to integer: wraps. To i1: true where the
    input is not 0, NaN included. From i1: 0 or 1.
    Source: ONNX Cast; the results out of range are ours.

    Constraints:
    - (C1) `to` is an element type of the dialect.

    Example:
    ```mlir
    %r = tactus.cast %x {to = i32} : (tensor<4x8xf32>) -> tensor<4x8xi32>
    ```
  }];
  let arguments = (ins Tactus_AnyElementwise:$input, Tactus_ElementTypeAttr:$to);
  let results = (outs Tactus_AnyElementwise:$result);
  let assemblyFormat = "$input attr-dict `:` functional-type(operands, results)";
  let hasFolder = 1;
}

#endif // TACTUS_ELEMENTWISE_OPS
