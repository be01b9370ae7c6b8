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

def Tactus_ModOp : Tactus_InferringOp<"mod", "Elementwise", [Tactus_ElementwiseOpInterface]> {
  let summary = "What division leaves over.";
  let description = [{
    Computes `result = lhs - rhs * q`, q being `lhs / rhs` rounded down, so that the result
    has the sign of `rhs`; with `fmod`, q is rounded toward zero, and the result has the
    sign of `lhs` and is exact. A result of zero has that sign too. Integers modulo 0 give
    0; floats modulo 0, and infinities modulo anything, NaN. A finite `lhs` modulo an
    infinity is `lhs`, or that infinity where their signs differ and `fmod` is false.
    Source: ONNX Mod; NumPy mod and fmod; the result for integers modulo 0 is NumPy's.

    Constraints:
    - (C1) `lhs` and `rhs` have one element type.
    - (C2) The shapes of `lhs` and `rhs` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.mod %a, %b {fmod = true} : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_NumericElementwise:$lhs, Tactus_NumericElementwise:$rhs,
                       DefaultValuedAttr<BoolAttr, "false">:$fmod);
  let results = (outs Tactus_NumericElementwise:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` functional-type(operands, results)";
}

def Tactus_ClampOp : Tactus_InferringOp<"clamp", "Elementwise", [Tactus_ElementwiseOpInterface]> {
  let summary = "Elements brought between two bounds.";
  let description = [{
    Computes `result = minimum(maximum(input, min), max)`; where `min` is above `max` it is
    `max`. NaN in any of the three gives NaN.
    Source: ONNX Clip; NumPy clip.

    Constraints:
    - (C1) `input`, `min` and `max` have one element type.
    - (C2) The shapes of `input`, `min` and `max` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.clamp %x, %low, %high : (tensor<4x8xf32>, tensor<f32>, tensor<8xf32>) -> tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_NumericElementwise:$input, Tactus_NumericElementwise:$min,
                       Tactus_NumericElementwise:$max);
  let results = (outs Tactus_NumericElementwise:$result);
  let assemblyFormat = "$input `,` $min `,` $max attr-dict `:` functional-type(operands, results)";
}

def Tactus_AbsOp : Tactus_UnaryElementwiseOp<"abs", "Elementwise",
                                             Tactus_NumericElementwise> {
  let summary = "The distance from zero.";
  let description = [{
    Computes `result = |input|`. Integers wrap: the lowest stays.
    Source: ONNX Abs.

    Example:
    ```mlir
    %r = tactus.abs %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_SignOp : Tactus_UnaryElementwiseOp<"sign", "Elementwise",
                                             Tactus_NumericElementwise> {
  let summary = "-1, 0 or 1.";
  let description = [{
    Computes 1 for positive elements, -1 for negative ones and 0 for zeros of both signs;
    NaN stays.
    Source: ONNX Sign.

    Example:
    ```mlir
    %r = tactus.sign %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_FloorOp : Tactus_UnaryElementwiseOp<"floor", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "Rounds down.";
  let description = [{
    Computes the largest integer that is not above `input`. Infinities, NaN and -0 stay.
    Source: ONNX Floor.

    Example:
    ```mlir
    %r = tactus.floor %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_CeilOp : Tactus_UnaryElementwiseOp<"ceil", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "Rounds up.";
  let description = [{
    Computes the least integer that is not below `input`; -0 for elements between -1 and 0.
    Infinities, NaN and -0 stay.
    Source: ONNX Ceil.

    Example:
    ```mlir
    %r = tactus.ceil %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_RoundOp : Tactus_UnaryElementwiseOp<"round", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "Rounds to the nearest integer.";
  let description = [{
    Computes the integer nearest to `input`, the even one of two that are equally near. The
    sign of `input` stays, also on zeros; infinities and NaN stay.
    Source: ONNX Round; IEEE 754-2019 roundToIntegralTiesToEven.

    Example:
    ```mlir
    %r = tactus.round %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_TruncOp : Tactus_UnaryElementwiseOp<"trunc", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "Rounds toward zero.";
  let description = [{
    Computes `input` without its fraction. The sign of `input` stays, also on zeros;
    infinities and NaN stay.
    Source: NumPy trunc; IEEE 754-2019 roundToIntegralTowardZero.

    Example:
    ```mlir
    %r = tactus.trunc %x : tensor<4x8xf32>
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
