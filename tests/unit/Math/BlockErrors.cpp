//===- BlockErrors.cpp - Many results held against references -------------===//
//
// Eight f64 at once, compiled for AVX-512; nothing here runs without it.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Math/BlockErrors.h"
#include <cstring>
#include <limits>

using V = double __attribute__((vector_size(64)));
using Bits = int64_t __attribute__((vector_size(64)));
using Floats = float __attribute__((vector_size(32)));

namespace tactus::test {

static V absolute(V x) {
  return (V)((Bits)x & INT64_MAX);
}

/// As distanceInUnits, eight at once.
static V distances(V result, V exact) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  // What rounds to infinity.
  Bits isHuge = absolute(exact) >= 0x1.ffffffp127;
  V rounded = isHuge ? exact * infinity : exact;
  // The exponent of the unit is 23 below that of the result, -149 at least.
  Bits exponent = (((Bits)exact >> 52) & 0x7ff) - 23;
  exponent = exponent < 1023 - 149 ? 1023 - 149 + Bits{} : exponent;
  V perUnit = (V)((2046 - exponent) << 52);
  V off = absolute(result - exact) * perUnit;
  V no = V{}, wrong = infinity - V{};
  V special = rounded == result ? no : wrong;
  Bits isSpecial = (absolute(result) == infinity) | (result != result);
  off = (isHuge | isSpecial) ? special : off;
  return exact != exact ? (result != result ? no : wrong) : off;
}

BlockErrors judge(const float *results, const double *references,
                  int64_t count) {
  BlockErrors errors;
  V largest{};
  Bits where{}, misrounded{};
  for (int64_t i = 0; i < count; i += 8) {
    Floats in;
    V exact;
    std::memcpy(&in, results + i, sizeof(in));
    std::memcpy(&exact, references + i, sizeof(exact));
    V off = distances(__builtin_convertvector(in, V), exact);
    Bits isMore = off > largest;
    where = isMore ? i + Bits{} : where;
    largest = isMore ? off : largest;
    Bits isOff = off > 0.5 + referenceMargin;
    misrounded -= isOff;
    Bits isNear = (off >= 0.5 - referenceMargin) & ~isOff;
    if (__builtin_reduce_or(isNear))
      for (int lane = 0; lane < 8; ++lane)
        if (isNear[lane])
          errors.undecided.push_back(i + lane);
  }
  int best = 0;
  for (int lane = 1; lane < 8; ++lane)
    if (largest[lane] > largest[best])
      best = lane;
  errors.at = where[best] + best;
  errors.largest = largest[best];
  errors.misrounded = uint64_t(__builtin_reduce_add(misrounded));
  return errors;
}

} // namespace tactus::test
