//===- PreciseFunctions.cpp - Elementwise functions in 400 bits -----------===//
#include "tests/unit/Math/PreciseFunctions.h"
#include "tests/unit/Support/ExactActivations.h"
#include <algorithm>
#include <cmath>

namespace tactus::test {

namespace {

constexpr long double seluGamma = 1.05070102214813232421875L;
constexpr long double seluAlpha = 1.67326319217681884765625L;

#define TACTUS_MPFR(name)                                                      \
  {#name, [](const Exact &x) { return Exact::of(mpfr_##name, x); }}

const PreciseFunction functions[] = {
    TACTUS_MPFR(sqrt),
    TACTUS_MPFR(exp),
    TACTUS_MPFR(log),
    TACTUS_MPFR(log1p),
    TACTUS_MPFR(expm1),
    TACTUS_MPFR(sinh),
    TACTUS_MPFR(cosh),
    TACTUS_MPFR(tanh),
    TACTUS_MPFR(asinh),
    TACTUS_MPFR(acosh),
    TACTUS_MPFR(atanh),
    TACTUS_MPFR(erf),
    TACTUS_MPFR(erfc),
    TACTUS_MPFR(cbrt),
    TACTUS_MPFR(sin),
    TACTUS_MPFR(cos),
    TACTUS_MPFR(tan),
    TACTUS_MPFR(asin),
    TACTUS_MPFR(acos),
    TACTUS_MPFR(atan),
    {"floor", [](const Exact &x) { return Exact::of(mpfr_rint_floor, x); }},
    {"ceil", [](const Exact &x) { return Exact::of(mpfr_rint_ceil, x); }},
    {"trunc", [](const Exact &x) { return Exact::of(mpfr_rint_trunc, x); }},
    {"round", [](const Exact &x) { return Exact::of(mpfr_rint_roundeven, x); }},
    {"reciprocal", [](const Exact &x) { return Exact(1) / x; }},
    {"rsqrt",
     [](const Exact &x) { return Exact(1) / Exact::of(mpfr_sqrt, x); }},
    {"sigmoid", sigmoidOf},
    {"silu", siluOf, 0.5, 0.5},
    {"mish", mishOf},
    {"softplus", softplusOf},
    {"softsign", softsignOf},
    {"gelu_tanh", geluTanhOf, 0.5, 0.5},
    {"gelu_erf", geluErfOf, 0.5, 0.5},
    {"elu",
     [](const Exact &x) {
       return x.isNegative() ? Exact(0.75L) * expm1(x) : x;
     },
     0.75},
    {"selu",
     [](const Exact &x) {
       return Exact(seluGamma) *
              (x.isNegative() ? Exact(seluAlpha) * expm1(x) : x);
     }},
    {"celu",
     [](const Exact &x) {
       return x.isNegative() ? Exact(3) * expm1(x / Exact(3)) : x;
     }},
    {"hard_sigmoid",
     [](const Exact &x) {
       return clamped(Exact(0.19921875L) * x + Exact(0.5L), 0, 1);
     }},
    {"relu6", [](const Exact &x) { return clamped(x, 0, 6); }},
    {"leaky_relu",
     [](const Exact &x) { return x.isNegative() ? Exact(0.25L) * x : x; }},
    {"hard_tanh", [](const Exact &x) { return clamped(x, -2, 1); }},
    {"thresholded_relu",
     [](const Exact &x) {
       return (x - Exact(1)).isNegative() || x.toDouble() == 1 ? Exact(0) : x;
     }},
    {"hard_swish", hardSwishOf, 0.5, 0.5},
};
#undef TACTUS_MPFR

} // namespace

float nearestToTangent(double slope, float x) {
  double line = slope * x;
  float near = float(line);
  float other = std::nextafter(near, line > near ? HUGE_VALF : -HUGE_VALF);
  bool isMiddle = line != near && (double(near) + double(other)) / 2 == line;
  return isMiddle ? std::max(near, other) : near;
}

float PreciseFunction::nearest(float x) const {
  double slope = x < 0 ? slopeBelow : x > 0 ? slopeAbove : 0;
  if (slope != 0 && std::fabs(x) < tinyForTangent)
    return nearestToTangent(slope, x);
  return compute(Exact(x)).toFloat();
}

const PreciseFunction *findPreciseFunction(std::string_view name) {
  for (const PreciseFunction &function : functions)
    if (name == function.name)
      return &function;
  return nullptr;
}

} // namespace tactus::test
