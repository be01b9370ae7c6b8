//===- FunctionOps.td - Functions of numbers ------------*- tablegen -*-===//
#ifndef TACTUS_FUNCTION_OPS
#define TACTUS_FUNCTION_OPS

include "dialects/Tactus/TactusBase.td"

def Tactus_ReciprocalOp : Tactus_UnaryElementwiseOp<"reciprocal", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "One divided by elements.";
  let description = [{
    Computes `result = 1 / input`; zeros give infinities of their sign.
    Source: ONNX Reciprocal.

    Example:
    ```mlir
    %r = tactus.reciprocal %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_RsqrtOp : Tactus_UnaryElementwiseOp<"rsqrt", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "One divided by the square root.";
  let description = [{
    Computes `result = 1 / sqrt(input)`; zeros give infinities of their sign, negative
    inputs NaN.
    Source: IEEE 754-2019 rSqrt.

    Example:
    ```mlir
    %r = tactus.rsqrt %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_Log1pOp : Tactus_UnaryElementwiseOp<"log1p", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "The logarithm of one more.";
  let description = [{
    Computes `result = ln(1 + input)` without losing the digits of small inputs; -1 gives
    -infinity, inputs below it NaN.
    Source: IEEE 754-2019 logp1.

    Example:
    ```mlir
    %r = tactus.log1p %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_Expm1Op : Tactus_UnaryElementwiseOp<"expm1", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "One less than the exponential.";
  let description = [{
    Computes `result = e^input - 1` without losing the digits of small inputs.
    Source: IEEE 754-2019 expm1.

    Example:
    ```mlir
    %r = tactus.expm1 %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_SinhOp : Tactus_UnaryElementwiseOp<"sinh", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "Hyperbolic sine.";
  let description = [{
    Computes `result = (e^input - e^-input) / 2`.
    Source: ONNX Sinh.

    Example:
    ```mlir
    %r = tactus.sinh %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_CoshOp : Tactus_UnaryElementwiseOp<"cosh", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "Hyperbolic cosine.";
  let description = [{
    Computes `result = (e^input + e^-input) / 2`.
    Source: ONNX Cosh.

    Example:
    ```mlir
    %r = tactus.cosh %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_AsinhOp : Tactus_UnaryElementwiseOp<"asinh", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "Inverse of the hyperbolic sine.";
  let description = [{
    Computes `result = ln(input + sqrt(input^2 + 1))`.
    Source: ONNX Asinh.

    Example:
    ```mlir
    %r = tactus.asinh %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_AcoshOp : Tactus_UnaryElementwiseOp<"acosh", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "Inverse of the hyperbolic cosine.";
  let description = [{
    Computes `result = ln(input + sqrt(input^2 - 1))`; inputs below 1 give NaN.
    Source: ONNX Acosh.

    Example:
    ```mlir
    %r = tactus.acosh %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_AtanhOp : Tactus_UnaryElementwiseOp<"atanh", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "Inverse of the hyperbolic tangent.";
  let description = [{
    Computes `result = ln((1 + input) / (1 - input)) / 2`; 1 and -1 give infinities, inputs
    beyond them NaN.
    Source: ONNX Atanh.

    Example:
    ```mlir
    %r = tactus.atanh %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_ErfOp : Tactus_UnaryElementwiseOp<"erf", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "The error function.";
  let description = [{
    Computes `result = 2 / sqrt(pi)` times the integral of `e^(-t^2)` from 0 to `input`.
    Source: ONNX Erf.

    Example:
    ```mlir
    %r = tactus.erf %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_ErfcOp : Tactus_UnaryElementwiseOp<"erfc", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "What the error function lacks to one.";
  let description = [{
    Computes `result = 1 - erf(input)` without losing the digits of small results.
    Source: C17 erfc.

    Example:
    ```mlir
    %r = tactus.erfc %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_CbrtOp : Tactus_UnaryElementwiseOp<"cbrt", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "Cube root.";
  let description = [{
    Computes the real number whose cube `input` is, also of negative inputs.
    Source: C17 cbrt.

    Example:
    ```mlir
    %r = tactus.cbrt %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_SinOp : Tactus_UnaryElementwiseOp<"sin", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "Sine.";
  let description = [{
    Computes the sine of `input` in radians, however large; infinities give NaN.
    Source: ONNX Sin.

    Example:
    ```mlir
    %r = tactus.sin %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_CosOp : Tactus_UnaryElementwiseOp<"cos", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "Cosine.";
  let description = [{
    Computes the cosine of `input` in radians, however large; infinities give NaN.
    Source: ONNX Cos.

    Example:
    ```mlir
    %r = tactus.cos %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_TanOp : Tactus_UnaryElementwiseOp<"tan", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "Tangent.";
  let description = [{
    Computes the tangent of `input` in radians, however large; infinities give NaN.
    Source: ONNX Tan.

    Example:
    ```mlir
    %r = tactus.tan %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_AsinOp : Tactus_UnaryElementwiseOp<"asin", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "Inverse of the sine.";
  let description = [{
    Computes the angle between -pi/2 and pi/2 whose sine `input` is; inputs beyond 1 and -1
    give NaN.
    Source: ONNX Asin.

    Example:
    ```mlir
    %r = tactus.asin %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_AcosOp : Tactus_UnaryElementwiseOp<"acos", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "Inverse of the cosine.";
  let description = [{
    Computes the angle between 0 and pi whose cosine `input` is; inputs beyond 1 and -1 give
    NaN.
    Source: ONNX Acos.

    Example:
    ```mlir
    %r = tactus.acos %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_AtanOp : Tactus_UnaryElementwiseOp<"atan", "Elementwise",
                                             Tactus_FloatElementwise> {
  let summary = "Inverse of the tangent.";
  let description = [{
    Computes the angle between -pi/2 and pi/2 whose tangent `input` is.
    Source: ONNX Atan.

    Example:
    ```mlir
    %r = tactus.atan %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_PowOp : Tactus_BinaryElementwiseOp<"pow", "Elementwise", Tactus_NumericElementwise> {
  let summary = "Powers.";
  let description = [{
    Computes `result = lhs^rhs`. 1 to any power and anything to the power 0 are 1, NaN
    included; a negative base has results for whole exponents alone, NaN for others; 0 to
    a negative power is an infinity, with the sign of the base where `rhs` is odd.
    Integers wrap; to a negative power they give 1 over the power without its fraction,
    which is 0 but for 1 and -1, and 0 for 0 too, as where one divides by it.
    Source: ONNX Pow; IEEE 754-2019 pow; the results of integers to negative powers are
    ours.

    Constraints:
    - (C1) `lhs` and `rhs` have one element type.
    - (C2) The shapes of `lhs` and `rhs` broadcast as in NumPy.

    Example:
    ```mlir
    %r = tactus.pow %a, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    ```
  }];
}

def Tactus_PiecewiseLinearOp : Tactus_InferringOp<"piecewise_linear", "Elementwise"> {
  let summary = "A function as straight lines between knots.";
  let description = [{
    With n `slopes` and n + 1 `values`, the knots are `knot[i] = low + i * step`. From
    knot[i] to knot[i + 1], `result = values[i] + slopes[i] * (input - knot[i])`, where
    i is `(input - low) / step` without its fraction, n - 1 at most. Below `low`, `result =
    values[0] + below_slope * (input - low)`, and from knot[n] on `result = values[n] +
    above_slope * (input - knot[n])`; there a slope of 0 gives the value itself, for
    infinities too. Each step is rounded to f32. NaN gives NaN.
    Source: tables of activations in vector units; NumPy interp, which has no slopes.

    Constraints:
    - (C1) `slopes` has rank 1, 1 to 2^20 elements, and `values` one more.
    - (C2) `low` is finite, `step` positive, and `knot[n]` finite and above `low`, in f32.

    Example:
    ```mlir
    %r = tactus.piecewise_linear %x, %v, %s {low = -8.0 : f64, step = 0.25 : f64} : (tensor<4x8xf32>, tensor<65xf32>, tensor<64xf32>) -> tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_TensorOf<[F32]>:$input, Tactus_TensorOf<[F32]>:$values,
                       Tactus_TensorOf<[F32]>:$slopes, F64Attr:$low, F64Attr:$step,
                       DefaultValuedAttr<F64Attr, "0.0">:$below_slope,
                       DefaultValuedAttr<F64Attr, "0.0">:$above_slope);
  let results = (outs Tactus_TensorOf<[F32]>:$result);
  let assemblyFormat = [{
    $input `,` $values `,` $slopes attr-dict `:` functional-type(operands, results)
  }];
}

#endif // TACTUS_FUNCTION_OPS
