//===- Compare.h - How far two tensors are apart ----------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_TENSOR_COMPARE_H
#define TACTUS_RUNTIME_TENSOR_COMPARE_H

#include "tactus/Tensor.h"
#include <cstdint>
#include <string>

namespace tactus {

/// What counts as the same. A float passes where it is within `ulps` of the
/// expected one, or finite and within absolute + relative * |expected| of it. A
/// NaN equals any NaN and nothing else; 0 equals -0. Integers are always
/// compared exactly.
struct Tolerance {
  uint64_t ulps = 0;
  double absolute = 0;
  double relative = 0;

  static Tolerance exact() { return {}; }
  static Tolerance ofUlps(uint64_t ulps) { return {ulps, 0, 0}; }
  static Tolerance close(double absolute, double relative) {
    return {0, absolute, relative};
  }
};

/// What a comparison found.
struct Comparison {
  /// Types and shapes are the same; all else is 0 where not.
  bool sameType = true;
  int64_t numElements = 0;
  /// Elements outside the tolerance, and the row-major offset of the first.
  int64_t numDifferent = 0;
  int64_t firstDifferent = -1;
  /// Greatest distances over all elements of which both values are numbers;
  /// infinite where one is infinite and the other not.
  uint64_t maxUlps = 0;
  double maxAbsolute = 0;
  /// Relative to the expected value; elements expected to be 0 do not count.
  double maxRelative = 0;
  /// The offset of the element with the greatest distance in ULPs.
  int64_t worst = -1;
  /// One sentence, without a stop.
  std::string report;

  bool equal() const { return sameType && numDifferent == 0; }
};

Comparison compare(const Tensor &actual, const Tensor &expected,
                   const Tolerance &tolerance = Tolerance::exact());

/// The number of steps between neighboring floats from `a` to `b`, counting 0
/// and -0 as one; 0 for two NaNs, 2^64 - 1 for one.
uint64_t ulpDistance(float a, float b);
uint64_t ulpDistance(double a, double b);
uint64_t ulpDistance(Float16 a, Float16 b);
uint64_t ulpDistance(BFloat16 a, BFloat16 b);

} // namespace tactus

#endif // TACTUS_RUNTIME_TENSOR_COMPARE_H
