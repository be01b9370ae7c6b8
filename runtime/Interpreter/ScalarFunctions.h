//===- ScalarFunctions.h - What float ops mean ------------------*- C++ -*-===//
//
// Each function takes and gives a wider type than the op's elements: double for
// f32, f16 and bf16, long double for f64. None subtracts numbers that nearly
// cancel, so that the relative error stays below 2^-40 (2^-58 for long double)
// and the one rounding to the element type decides.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_INTERPRETER_SCALARFUNCTIONS_H
#define TACTUS_RUNTIME_INTERPRETER_SCALARFUNCTIONS_H

#include <cmath>
#include <limits>

namespace tactus::interpreter {

template <typename W> W maximum(W a, W b) {
  if (std::isnan(a) || std::isnan(b))
    return a + b;
  if (a == b)
    return std::signbit(a) ? b : a;
  return a > b ? a : b;
}

template <typename W> W minimum(W a, W b) {
  return -maximum(-a, -b);
}

template <typename W> W sign(W x) {
  return x > 0 ? W(1) : x < 0 ? W(-1) : x == 0 ? W(0) : x;
}

/// With the sign of the divisor, as NumPy's mod.
template <typename W> W flooredMod(W a, W b) {
  W rest = std::fmod(a, b);
  if (rest == 0)
    return std::copysign(rest, b);
  return (rest < 0) != (b < 0) ? rest + b : rest;
}

template <typename W> W relu(W x) {
  return x <= 0 ? W(0) : x;
}

template <typename W> W relu6(W x) {
  return x > 6 ? W(6) : relu(x);
}

template <typename W> W leakyRelu(W x, W slope) {
  return x < 0 ? slope * x : x;
}

template <typename W> W elu(W x, W alpha) {
  return x < 0 ? alpha * std::expm1(x) : x;
}

template <typename W> W selu(W x, W alpha, W gamma) {
  return x > 0 ? gamma * x : gamma * (alpha * std::expm1(x));
}

template <typename W> W celu(W x, W alpha) {
  return x > 0 ? x : alpha * std::expm1(x / alpha);
}

template <typename W> W sigmoid(W x) {
  if (x >= 0)
    return 1 / (1 + std::exp(-x));
  W e = std::exp(x);
  return e / (1 + e);
}

/// x times a factor that vanishes at -infinity; the product's limit there is
/// -0.
template <typename W> W gated(W x, W factor) {
  return std::isinf(x) && x < 0 ? -W(0) : x * factor;
}

template <typename W> W silu(W x) {
  return gated(x, sigmoid(x));
}

/// With e = exp(-|x|), the tanh of softplus is (e^2 + 2 e) / (e^2 + 2 e + 2)
/// for negative x, else (1 + 2 e) / (1 + 2 e + 2 e^2).
template <typename W> W mish(W x) {
  W e = std::exp(-std::fabs(x));
  if (std::isnan(x))
    return x;
  if (x < 0)
    return gated(x, e * (e + 2) / (e * (e + 2) + 2));
  return x * ((1 + 2 * e) / (1 + 2 * e + 2 * e * e));
}

template <typename W> W softplus(W x) {
  W base = x < 0 ? W(0) : x;
  return base + std::log1p(std::exp(-std::fabs(x)));
}

template <typename W> W softsign(W x) {
  return std::isinf(x) ? std::copysign(W(1), x) : x / (1 + std::fabs(x));
}

template <typename W> W clamp(W x, W low, W high) {
  return x < low ? low : x > high ? high : x;
}

template <typename W> W hardSigmoid(W x, W alpha, W beta) {
  // Rounded once, as the sum may cancel.
  return clamp(std::fma(alpha, x, beta), W(0), W(1));
}

/// x (x + 3) / 6 between -3 and 3.
template <typename W> W hardSwish(W x) {
  if (x >= 3)
    return x;
  return x <= -3 ? -W(0) : x * ((x + 3) / 6);
}

template <typename W> W thresholdedRelu(W x, W alpha) {
  return x <= alpha ? W(0) : x;
}

/// x P(X <= x) for a standard normal X, P(X <= x) = erfc(-x / sqrt 2) / 2.
template <typename W> W geluErf(W x) {
  // The argument's rounding error, which erfc multiplies, is taken back.
  constexpr __float128 rootHalf = 0.7071067811865475244008443621048490393Q;
  if (std::isinf(x) || std::isnan(x))
    return gated(x, W(1));
  __float128 exact = -__float128(x) * rootHalf;
  W argument = W(exact), rest = W(exact - argument);
  constexpr W slope = W(1.1283791670955125738961589031215451717L);
  W tail = std::erfc(argument);
  W correction = slope * std::exp(-argument * argument) * rest;
  return x * ((tail - correction) / 2);
}

/// x / (1 + e^-y), y = 2 sqrt(2 / pi) (x + 0.044715 x^3).
template <typename W> W geluTanh(W x) {
  if (std::isnan(x) || std::fabs(x) > 1000)
    return x < 0 ? -W(0) : x;
  constexpr __float128 linear = 1.5957691216057307117597842397375275Q;
  __float128 wide = x;
  __float128 exact = -linear * (wide + 0.044715Q * wide * wide * wide);
  W argument = W(exact), rest = W(exact - argument);
  // e^(argument + rest), of the sign that cannot overflow.
  if (argument > 0) {
    W e = std::exp(-argument) * (1 - rest);
    return x * (e / (1 + e));
  }
  W e = std::exp(argument) * (1 + rest);
  return x / (1 + e);
}

} // namespace tactus::interpreter

#endif // TACTUS_RUNTIME_INTERPRETER_SCALARFUNCTIONS_H
