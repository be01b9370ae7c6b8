//===- QuickFunctions.cpp - Functions for a scan of all floats ------------===//
//
// Eight f64 at once, compiled for AVX-512; nothing here runs without it.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Math/QuickFunctions.h"
#include "tests/unit/Math/QuarterTurns.h"
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

using V = double __attribute__((vector_size(64)));
using Bits = int64_t __attribute__((vector_size(64)));
using Floats = float __attribute__((vector_size(32)));

namespace tactus::test {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

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

//===----------------------------------------------------------------------===//
// The C library's functions
//===----------------------------------------------------------------------===//

// They call the scalar ones, which is slow, where a lane overflows or has no
// result. Past `bound` the results are the same in f32; `outside` is what the
// function is where `isOutside`, and `inside` an input that it takes.
#define TACTUS_LIBRARY(name)                                                   \
  } /* namespace */                                                            \
  extern "C" V _ZGVeN8v_##name(V);                                             \
  namespace {                                                                  \
  V name(V x) {                                                                \
    return _ZGVeN8v_##name(x);                                                 \
  }
#define TACTUS_BOUNDED(name, bound)                                            \
  } /* namespace */                                                            \
  extern "C" V _ZGVeN8v_##name(V);                                             \
  namespace {                                                                  \
  V name(V x) {                                                                \
    return _ZGVeN8v_##name(clamp(x, -(bound), bound));                         \
  }
#define TACTUS_WITHIN(name, inside, isOutside, outside)                        \
  } /* namespace */                                                            \
  extern "C" V _ZGVeN8v_##name(V);                                             \
  namespace {                                                                  \
  V name(V x) {                                                                \
    Bits isOut = isOutside;                                                    \
    V result = _ZGVeN8v_##name(isOut ? spread(inside) : x);                    \
    return isOut ? (outside) : result;                                         \
  }
TACTUS_BOUNDED(exp, 200.0)
TACTUS_WITHIN(log, 1, x <= 0.0, x < 0.0 ? spread(none) : spread(-infinity))
TACTUS_WITHIN(log1p, 0, x <= -1.0, x < -1.0 ? spread(none) : spread(-infinity))
TACTUS_BOUNDED(expm1, 200.0)
TACTUS_BOUNDED(sinh, 200.0)
TACTUS_BOUNDED(cosh, 200.0)
TACTUS_BOUNDED(tanh, 50.0)
TACTUS_LIBRARY(asinh)
TACTUS_WITHIN(acosh, 1, x < 1.0, spread(none))
TACTUS_WITHIN(atanh, 0, absolute(x) >= 1.0,
              absolute(x) > 1.0 ? spread(none) : withSign(spread(infinity), x))
TACTUS_BOUNDED(erf, 10.0)
TACTUS_BOUNDED(erfc, 26.0)
TACTUS_LIBRARY(cbrt)
TACTUS_LIBRARY(tan)
TACTUS_WITHIN(asin, 0, absolute(x) > 1.0, spread(none))
TACTUS_WITHIN(acos, 0, absolute(x) > 1.0, spread(none))
TACTUS_LIBRARY(atan)
#undef TACTUS_WITHIN
#undef TACTUS_BOUNDED
#undef TACTUS_LIBRARY

} // namespace
extern "C" V _ZGVeN8v_sin(V);
extern "C" V _ZGVeN8v_cos(V);
namespace {

/// From here on those two are slow, too.
constexpr int firstLargeExponent = 20;

/// x less the quarters of a turn that are in it, where one lane is large.
struct Angle {
  V rest;
  Bits quarters;
};

/// x / (pi / 2) less its integer part: x is an integer m of 24 bits times its
/// last place, and the upper parts of that in quarters of a turn have so few
/// bits that m times them is exact.
Angle reduce(V x, Bits isLarge) {
  Bits bits = (Bits)x, exponent = ((bits >> 52) & 0x7ff) - 1023;
  exponent = isLarge ? exponent : firstLargeExponent + Bits{};
  V m = (V)((bits & ~(int64_t(0x7ff) << 52)) | int64_t(1023 + 23) << 52);
  const QuarterTurns &turns = quarterTurns();
  V high, middle, low;
  for (int i = 0; i < 8; ++i) {
    high[i] = turns.high[exponent[i]];
    middle[i] = turns.middle[exponent[i]];
    low[i] = turns.low[exponent[i]];
  }
  V product = m * high, whole = __builtin_elementwise_roundeven(product);
  V a = product - whole, b = m * middle, sum = a + b, back = sum - a;
  V rest = (a - (sum - back)) + (b - back);
  V fraction = sum + (rest + m * low);
  return {isLarge ? fraction * M_PI_2 : x,
          isLarge ? __builtin_convertvector(whole, Bits) : Bits{}};
}

/// sin(x + `shift` pi / 2), shift being 0 or 1.
V sinOrCos(V x, int64_t shift) {
  V size = absolute(x);
  Bits isLarge = (size >= double(1 << firstLargeExponent)) & (size < infinity);
  if (!__builtin_reduce_or(isLarge))
    return shift ? _ZGVeN8v_cos(x) : _ZGVeN8v_sin(x);
  Angle angle = reduce(x, isLarge);
  Bits quarters = angle.quarters + shift;
  V sine = _ZGVeN8v_sin(angle.rest), cosine = _ZGVeN8v_cos(angle.rest);
  V result = (quarters & 1) != 0 ? cosine : sine;
  return (quarters & 2) != 0 ? -result : result;
}
V sin(V x) {
  return sinOrCos(x, 0);
}
V cos(V x) {
  return sinOrCos(x, 1);
}

//===----------------------------------------------------------------------===//
// Activations
//===----------------------------------------------------------------------===//

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

} // namespace tactus::test
