//===- Functions.h - The functions that activations need --------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_MATH_FUNCTIONS_H
#define TACTUS_COMPILER_CONVERSION_MATH_FUNCTIONS_H

#include "compiler/Conversion/Math/MathEmitter.h"

namespace tactus::math {

// Each computes the op of its name on one value of the emitter's type, within 2
// units in the last place of the exact result. Parameters are exact numbers of
// the element type. Infinite inputs give the limit.

mlir::Value exp(MathEmitter &m, mlir::Value x);
mlir::Value log(MathEmitter &m, mlir::Value x);
mlir::Value log1p(MathEmitter &m, mlir::Value x);
mlir::Value expm1(MathEmitter &m, mlir::Value x);
mlir::Value sinh(MathEmitter &m, mlir::Value x);
mlir::Value cosh(MathEmitter &m, mlir::Value x);
mlir::Value asinh(MathEmitter &m, mlir::Value x);
mlir::Value acosh(MathEmitter &m, mlir::Value x);
mlir::Value atanh(MathEmitter &m, mlir::Value x);
mlir::Value erf(MathEmitter &m, mlir::Value x);
mlir::Value erfc(MathEmitter &m, mlir::Value x);
mlir::Value cbrt(MathEmitter &m, mlir::Value x);
mlir::Value sin(MathEmitter &m, mlir::Value x);
mlir::Value cos(MathEmitter &m, mlir::Value x);
mlir::Value tan(MathEmitter &m, mlir::Value x);
mlir::Value asin(MathEmitter &m, mlir::Value x);
mlir::Value acos(MathEmitter &m, mlir::Value x);
mlir::Value atan(MathEmitter &m, mlir::Value x);
mlir::Value pow(MathEmitter &m, mlir::Value x, mlir::Value y);
mlir::Value tanh(MathEmitter &m, mlir::Value x);
mlir::Value sigmoid(MathEmitter &m, mlir::Value x);
mlir::Value silu(MathEmitter &m, mlir::Value x);
mlir::Value mish(MathEmitter &m, mlir::Value x);
mlir::Value softplus(MathEmitter &m, mlir::Value x);
mlir::Value softsign(MathEmitter &m, mlir::Value x);
mlir::Value geluErf(MathEmitter &m, mlir::Value x);
mlir::Value geluTanh(MathEmitter &m, mlir::Value x);
mlir::Value elu(MathEmitter &m, mlir::Value x, double alpha);
mlir::Value selu(MathEmitter &m, mlir::Value x, double alpha, double gamma);
mlir::Value celu(MathEmitter &m, mlir::Value x, double alpha);
mlir::Value sign(MathEmitter &m, mlir::Value x);
/// Exact, but for the one addition that gives it the sign of `b`.
mlir::Value modulo(MathEmitter &m, mlir::Value a, mlir::Value b, bool isFmod);
mlir::Value relu(MathEmitter &m, mlir::Value x);
mlir::Value leakyRelu(MathEmitter &m, mlir::Value x, mlir::Value slope);
mlir::Value clamp(MathEmitter &m, mlir::Value x, double low, double high);
mlir::Value hardSigmoid(MathEmitter &m, mlir::Value x, double alpha,
                        double beta);
mlir::Value hardSwish(MathEmitter &m, mlir::Value x);
mlir::Value thresholdedRelu(MathEmitter &m, mlir::Value x, double alpha);

} // namespace tactus::math

#endif // TACTUS_COMPILER_CONVERSION_MATH_FUNCTIONS_H
