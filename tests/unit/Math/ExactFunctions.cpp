//===- ExactFunctions.cpp - Elementwise functions in long double ----------===//
#include "tests/unit/Math/ExactFunctions.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace tactus::test {

namespace {

using Exact = long double;
constexpr Exact infinity = std::numeric_limits<Exact>::infinity();

//===----------------------------------------------------------------------===//
// Exact functions
//===----------------------------------------------------------------------===//

Exact sigmoid(Exact x) {
  return x < 0 ? expl(x) / (1 + expl(x)) : 1 / (1 + expl(-x));
}
Exact gate(Exact x, Exact factor) {
  return x == -infinity ? -0.0L : x * factor;
}
Exact geluTanh(Exact x) {
  if (fabsl(x) > 100)
    return x > 0 ? x : 0;
  return gate(x, sigmoid(2 * sqrtl(2 / M_PIl) * (x + 0.044715L * x * x * x)));
}
Exact geluErf(Exact x) {
  return gate(x, erfcl(-x / sqrtl(2)) / 2);
}
Exact softplus(Exact x) {
  return fmaxl(x, 0) + log1pl(expl(-fabsl(x)));
}
Exact mish(Exact x) {
  Exact e = expl(-fabsl(x));
  return gate(x, x < 0 ? (e * e + 2 * e) / (e * e + 2 * e + 2)
                       : (1 + 2 * e) / (1 + 2 * e + 2 * e * e));
}
Exact elu(Exact x, Exact alpha) {
  return x < 0 ? alpha * expm1l(x) : x;
}

const ExactFunction functions[] = {
    {"sqrt", "sqrt %v", sqrtl},
    {"floor", "floor %v", floorl},
    {"ceil", "ceil %v", ceill},
    {"round", "round %v", rintl},
    {"trunc", "trunc %v", truncl},
    {"exp", "exp %v", expl},
    {"log", "log %v", logl},
    {"reciprocal", "reciprocal %v", [](Exact x) { return 1 / x; }},
    {"rsqrt", "rsqrt %v", [](Exact x) { return 1 / sqrtl(x); }},
    {"log1p", "log1p %v", log1pl},
    {"expm1", "expm1 %v", expm1l},
    {"sinh", "sinh %v", sinhl},
    {"cosh", "cosh %v", coshl},
    {"asinh", "asinh %v", asinhl},
    {"acosh", "acosh %v", acoshl},
    {"atanh", "atanh %v", atanhl},
    {"erf", "erf %v", erfl},
    {"erfc", "erfc %v", erfcl},
    {"cbrt", "cbrt %v", cbrtl},
    {"sin", "sin %v", sinl},
    {"cos", "cos %v", cosl},
    {"tan", "tan %v", tanl},
    {"asin", "asin %v", asinl},
    {"acos", "acos %v", acosl},
    {"atan", "atan %v", atanl},
    {"tanh", "tanh %v", tanhl},
    {"sigmoid", "sigmoid %v", sigmoid},
    {"silu", "silu %v", [](Exact x) { return gate(x, sigmoid(x)); }},
    {"mish", "mish %v", mish},
    {"softplus", "softplus %v", softplus},
    {"softsign", "softsign %v",
     [](Exact x) {
       return std::isinf(x) ? copysignl(1, x) : x / (1 + fabsl(x));
     }},
    {"gelu_tanh", "gelu %v {approximate = #tactus.gelu_form<tanh>}", geluTanh},
    {"gelu_erf", "gelu %v", geluErf},
    {"elu", "elu %v {alpha = 7.500000e-01 : f64}",
     [](Exact x) { return elu(x, 0.75L); }},
    {"selu", "selu %v",
     [](Exact x) {
       Exact gamma = 1.05070102214813232421875f;
       return x > 0 ? gamma * x
                    : gamma * 1.67326319217681884765625f * expm1l(x);
     }},
    {"celu", "celu %v {alpha = 3.000000e+00 : f64}",
     [](Exact x) { return x > 0 ? x : 3 * expm1l(x / 3); }},
    {"hard_sigmoid", "hard_sigmoid %v {alpha = 1.992187500e-01 : f64}",
     [](Exact x) {
       return std::isnan(x) ? x : fmaxl(0, fminl(1, 0.19921875L * x + 0.5L));
     }},
    {"relu6", "relu6 %v",
     [](Exact x) { return std::isnan(x) ? x : fmaxl(0, fminl(6, x)); }},
    {"leaky_relu", "leaky_relu %v {alpha = 2.500000e-01 : f64}",
     [](Exact x) { return x < 0 ? 0.25L * x : x; }},
    {"hard_tanh", "hard_tanh %v {min = -2.000000e+00 : f64}",
     [](Exact x) { return std::isnan(x) ? x : fmaxl(-2, fminl(1, x)); }},
    {"thresholded_relu", "thresholded_relu %v",
     [](Exact x) { return x <= 1 ? 0 : x; }},
    {"hard_swish", "hard_swish %v",
     [](Exact x) {
       Exact gateOfX = fmaxl(0, fminl(1, x / 6 + 0.5L));
       return gateOfX == 0 ? 0 : x * gateOfX;
     }},
};

} // namespace

std::span<const ExactFunction> exactFunctions() {
  return functions;
}

template <typename T> double distanceInUnits(T result, long double exact) {
  if (std::isnan(exact))
    return std::isnan(result) ? 0 : infinity;
  T rounded = T(exact);
  if (std::isinf(rounded) || std::isnan(result) || std::isinf(result))
    return rounded == result ? 0 : infinity;
  constexpr int digits = std::numeric_limits<T>::digits;
  constexpr int least = std::numeric_limits<T>::min_exponent - digits;
  int exponent;
  frexpl(exact, &exponent);
  Exact unit =
      ldexpl(1, exact == 0 ? least : std::max(exponent - digits, least));
  return double(fabsl(Exact(result) - exact) / unit);
}

template double distanceInUnits(float result, long double exact);
template double distanceInUnits(double result, long double exact);

} // namespace tactus::test
