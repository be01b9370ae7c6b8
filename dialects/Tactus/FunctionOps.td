//===- FunctionOps.td - Functions of one number ------------*- tablegen -*-===//
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

#endif // TACTUS_FUNCTION_OPS
