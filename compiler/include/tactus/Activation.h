//===- Activation.h - Activation functions ----------------------*- C++ -*-===//
#ifndef TACTUS_ACTIVATION_H
#define TACTUS_ACTIVATION_H

#include "tactus/Graph.h"

namespace tactus {

// Each takes a tensor of floats, and throws `Error` at once where it gets
// another or where a parameter is out of range. `relu` takes integers too.

/// Returns `max(input, 0)`.
Value relu(Operand input);

/// Returns `min(max(input, 0), 6)`.
Value relu6(Operand input);

/// Returns `input` from 0 on, `alpha * input` below.
Value leakyRelu(Operand input, double alpha = 0.01);

/// Returns `input` from 0 on, `slope * input` below; `slope` broadcasts to the
/// shape of `input`.
Value prelu(Operand input, Operand slope);

/// Returns `input` from 0 on, `alpha * (e^input - 1)` below.
Value elu(Operand input, double alpha = 1);

/// Returns `gamma * elu(input, alpha)`; the defaults keep mean 0 and variance
/// 1.
Value selu(Operand input, double alpha = 1.67326319217681884765625,
           double gamma = 1.05070102214813232421875);

/// Returns `max(input, 0) + min(alpha * (e^(input / alpha) - 1), 0)`.
Value celu(Operand input, double alpha = 1);

/// Returns `1 / (1 + e^-input)`.
Value sigmoid(Operand input);

/// Returns the hyperbolic tangent.
Value tanh(Operand input);

/// How GELU is computed.
enum class Gelu {
  /// With the error function, exactly.
  Erf,
  /// With the usual approximation by the hyperbolic tangent.
  Tanh
};

/// Returns `input * P(X <= input)` for a standard normal X.
Value gelu(Operand input, Gelu form = Gelu::Erf);

/// Returns `input * sigmoid(input)`.
Value silu(Operand input);

/// Returns `input * tanh(softplus(input))`.
Value mish(Operand input);

/// Returns `ln(1 + e^input)`.
Value softplus(Operand input);

/// Returns `input / (1 + |input|)`.
Value softsign(Operand input);

/// Returns `alpha * input + beta` between 0 and 1.
Value hardSigmoid(Operand input, double alpha = 0.2, double beta = 0.5);

/// Returns `input * max(0, min(1, input / 6 + 1 / 2))`.
Value hardSwish(Operand input);

/// Returns `input` between `min` and `max`.
Value hardTanh(Operand input, double min = -1, double max = 1);

/// Returns `input` above `alpha`, else 0.
Value thresholdedRelu(Operand input, double alpha = 1);

/// Returns exponentials that sum to 1 along `axis`; negative ones count from
/// the end.
Value softmax(Operand input, int64_t axis = -1);

/// Returns the logarithm of `softmax`.
Value logSoftmax(Operand input, int64_t axis = -1);

} // namespace tactus

#endif // TACTUS_ACTIVATION_H
