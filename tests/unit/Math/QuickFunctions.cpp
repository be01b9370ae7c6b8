//===- QuickFunctions.cpp - Functions for a scan of all floats ------------===//
//
// Eight f64 at once, compiled for AVX-512; nothing here runs without it.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Math/QuickFunctions.h"
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

using V = double __attribute__((vector_size(64)));
using Bits = int64_t __attribute__((vector_size(64)));
using Floats = float __attribute__((vector_size(32)));

// The C library's, which are slow where they overflow; past `bound` the results
// are the same in f32.
#define TACTUS_BOUNDED(name, bound)                                            \
  extern "C" V _ZGVeN8v_##name(V);                                             \
  namespace {                                                                  \
  V name(V x) {                                                                \
    V low = x < -(bound) ? -(bound) - V{} : x;                                 \
    return _ZGVeN8v_##name(low > (bound) ? (bound) - V{} : low);               \
  }                                                                            \
  }
#define TACTUS_LIBRARY(name)                                                   \
  extern "C" V _ZGVeN8v_##name(V);                                             \
  namespace {                                                                  \
  V name(V x) {                                                                \
    return _ZGVeN8v_##name(x);                                                 \
  }                                                                            \
  }
TACTUS_BOUNDED(exp, 200.0)
TACTUS_LIBRARY(log)
TACTUS_LIBRARY(log1p)
TACTUS_BOUNDED(expm1, 200.0)
TACTUS_BOUNDED(sinh, 200.0)
TACTUS_BOUNDED(cosh, 200.0)
TACTUS_BOUNDED(tanh, 50.0)
TACTUS_LIBRARY(asinh)
TACTUS_LIBRARY(acosh)
TACTUS_LIBRARY(atanh)
TACTUS_BOUNDED(erf, 10.0)
TACTUS_BOUNDED(erfc, 26.0)
TACTUS_LIBRARY(cbrt)
TACTUS_LIBRARY(sin)
TACTUS_LIBRARY(cos)
TACTUS_LIBRARY(tan)
TACTUS_LIBRARY(asin)
TACTUS_LIBRARY(acos)
TACTUS_LIBRARY(atan)
#undef TACTUS_BOUNDED
#undef TACTUS_LIBRARY

namespace tactus::test {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

V spread(double x) {
  return x - V{};
}
V absolute(V x) {
  return (V)((Bits)x & INT64_MAX);
}
V withSign(V x, V sign) {
  return (V)(((Bits)x & INT64_MAX) | ((Bits)sign & INT64_MIN));
}
/// NaN stays, as in every choice below.
V atLeast(V x, double low) {
  return x < low ? spread(low) : x;
}
V atMost(V x, double high) {
  return x > high ? spread(high) : x;
}
V clamp(V x, double low, double high) {
  return atMost(atLeast(x, low), high);
}
template <float (*function)(float)> V each(V x) {
  V y;
  for (int i = 0; i < 8; ++i)
    y[i] = function(float(x[i]));
  return y;
}

V sigmoid(V x) {
  V e = exp(-absolute(x));
  return (x < 0.0 ? e : spread(1)) / (1 + e);
}
/// x times a gate that vanishes for -infinity.
V gated(V x, V gate) {
  return x == -infinity ? spread(-0.0) : x * gate;
}
V geluErf(V x) {
  return gated(x, erfc(x * -M_SQRT1_2) * 0.5);
}
V geluTanh(V x) {
  V t = clamp(x, -100, 100);
  V gate = sigmoid(2 * std::sqrt(M_2_PI) * (t + 0.044715 * t * t * t));
  return x < -100.0 ? spread(-0.0) : gated(x, gate);
}
V softplus(V x) {
  return atLeast(x, 0) + log1p(exp(-absolute(x)));
}
V mish(V x) {
  V e = exp(-absolute(x)), square = e * e;
  V gate = x < 0.0 ? (square + 2 * e) / (square + 2 * e + 2)
                   : (1 + 2 * e) / (1 + 2 * e + 2 * square);
  return gated(x, gate);
}
V softsign(V x) {
  return absolute(x) == infinity ? withSign(spread(1), x)
                                 : x / (1 + absolute(x));
}
V hardSwish(V x) {
  V gate = clamp(x / 6 + 0.5, 0, 1);
  return gate == 0.0 ? withSign(spread(0), x) : x * gate;
}

constexpr double seluGamma = 1.05070102214813232421875f;
constexpr double seluAlpha = 1.67326319217681884765625f;

template <V (*function)(V)> void fill(const float *x, double *y, long count) {
  for (long i = 0; i < count; i += 8) {
    Floats in;
    std::memcpy(&in, x + i, sizeof(in));
    V out = function(__builtin_convertvector(in, V));
    std::memcpy(y + i, &out, sizeof(out));
  }
}

// The name, the reference of V x, what a user writes of float x, MLIR's op.
#define TACTUS_FUNCTION(name, reference, library, mlir)                        \
  {name, fill<[](V x) -> V { return reference; }>,                             \
   [](float x) -> float { return library; }, mlir}
#define TACTUS_ALONE(name, reference)                                          \
  {name, fill<[](V x) -> V { return reference; }>, nullptr, nullptr}
#define TACTUS_BOTH(name, mlir)                                                \
  {#name, fill<name>, [](float x) -> float { return name##f(x); }, mlir}

const QuickFunction functions[] = {
    TACTUS_ALONE("sqrt", (V)__builtin_elementwise_sqrt(x)),
    TACTUS_ALONE("floor", __builtin_elementwise_floor(x)),
    TACTUS_ALONE("ceil", __builtin_elementwise_ceil(x)),
    TACTUS_ALONE("round", __builtin_elementwise_roundeven(x)),
    TACTUS_ALONE("trunc", __builtin_elementwise_trunc(x)),
    TACTUS_ALONE("reciprocal", 1 / x),
    TACTUS_FUNCTION("rsqrt", 1 / __builtin_elementwise_sqrt(x), 1 / sqrtf(x),
                    nullptr),
    TACTUS_BOTH(exp, "exp"),
    TACTUS_BOTH(log, "log"),
    TACTUS_BOTH(log1p, "log1p"),
    TACTUS_BOTH(expm1, "expm1"),
    TACTUS_BOTH(sinh, nullptr),
    TACTUS_BOTH(cosh, nullptr),
    TACTUS_BOTH(asinh, nullptr),
    TACTUS_BOTH(acosh, nullptr),
    TACTUS_BOTH(atanh, nullptr),
    TACTUS_BOTH(erf, "erf"),
    TACTUS_BOTH(erfc, "erfc"),
    TACTUS_BOTH(cbrt, "cbrt"),
    TACTUS_BOTH(sin, "sin"),
    TACTUS_BOTH(cos, "cos"),
    TACTUS_BOTH(tan, nullptr),
    TACTUS_BOTH(asin, "asin"),
    TACTUS_BOTH(acos, "acos"),
    TACTUS_BOTH(atan, "atan"),
    TACTUS_BOTH(tanh, "tanh"),
    TACTUS_FUNCTION("sigmoid", sigmoid(x), 1 / (1 + expf(-x)), nullptr),
    TACTUS_FUNCTION("silu", gated(x, sigmoid(x)), x / (1 + expf(-x)), nullptr),
    TACTUS_FUNCTION("mish", mish(x), x *tanhf(log1pf(expf(x))), nullptr),
    TACTUS_FUNCTION("softplus", softplus(x), log1pf(expf(x)), nullptr),
    TACTUS_FUNCTION("softsign", softsign(x), x / (1 + fabsf(x)), nullptr),
    TACTUS_FUNCTION(
        "gelu_tanh", geluTanh(x),
        0.5f * x * (1 + tanhf(0.7978845608f * (x + 0.044715f * x * x * x))),
        nullptr),
    TACTUS_FUNCTION("gelu_erf", geluErf(x),
                    0.5f * x * (1 + erff(x * 0.7071067812f)), nullptr),
    TACTUS_FUNCTION("elu", x < 0.0 ? 0.75 * expm1(x) : x,
                    x < 0 ? 0.75f * expm1f(x) : x, nullptr),
    TACTUS_FUNCTION(
        "selu", x > 0.0 ? seluGamma * x : seluGamma * seluAlpha * expm1(x),
        float(seluGamma) * (x > 0 ? x : float(seluAlpha) * expm1f(x)), nullptr),
    TACTUS_FUNCTION("celu", x > 0.0 ? x : 3 * expm1(x / 3),
                    x > 0 ? x : 3 * expm1f(x / 3), nullptr),
    TACTUS_ALONE("hard_sigmoid", clamp(0.19921875 * x + 0.5, 0, 1)),
    TACTUS_ALONE("relu6", clamp(x, 0, 6)),
    TACTUS_ALONE("leaky_relu", x < 0.0 ? 0.25 * x : x),
    TACTUS_ALONE("hard_tanh", clamp(x, -2, 1)),
    TACTUS_ALONE("thresholded_relu", x <= 1.0 ? spread(0) : x),
    TACTUS_ALONE("hard_swish", hardSwish(x)),
};

} // namespace

const QuickFunction *findQuickFunction(std::string_view name) {
  for (const QuickFunction &function : functions)
    if (name == function.name)
      return &function;
  return nullptr;
}

/// As distanceInUnits, eight at once.
static V distances(V result, V exact) {
  V rounded =
      __builtin_convertvector(__builtin_convertvector(exact, Floats), V);
  // The exponent of the unit is 23 below that of the result, -149 at least.
  Bits exponent = (((Bits)exact >> 52) & 0x7ff) - 23;
  exponent = exponent < 1023 - 149 ? 1023 - 149 + Bits{} : exponent;
  V perUnit = (V)((2046 - exponent) << 52);
  V off = absolute(result - exact) * perUnit;
  V no = spread(0), wrong = spread(infinity);
  V special = rounded == result ? no : wrong;
  off = absolute(rounded) == infinity ? special : off;
  Bits isSpecial = (absolute(result) == infinity) | (result != result);
  off = isSpecial ? special : off;
  return exact != exact ? (result != result ? no : wrong) : off;
}

double largestDistance(const float *results, const double *references,
                       long count, long &at) {
  V largest{};
  Bits where{};
  for (long i = 0; i < count; i += 8) {
    Floats in;
    V exact;
    std::memcpy(&in, results + i, sizeof(in));
    std::memcpy(&exact, references + i, sizeof(exact));
    V off = distances(__builtin_convertvector(in, V), exact);
    Bits isMore = off > largest;
    where = isMore ? i + Bits{} : where;
    largest = isMore ? off : largest;
  }
  int best = 0;
  for (int lane = 1; lane < 8; ++lane)
    if (largest[lane] > largest[best])
      best = lane;
  at = where[best] + best;
  return largest[best];
}

} // namespace tactus::test
