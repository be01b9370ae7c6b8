//===- BlockErrors.h - Many results held against references -----*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_MATH_BLOCKERRORS_H
#define TACTUS_TESTS_UNIT_MATH_BLOCKERRORS_H

#include <cstdint>
#include <vector>

namespace tactus::test {

/// What references that are within 2^-44 of themselves tell of a block of
/// results.
struct BlockErrors {
  /// The largest distance of a result from its reference in units of the last
  /// place of f32, infinite where special values differ, and its index.
  double largest = 0;
  int64_t at = 0;
  /// Results that are not the f32 nearest to the exact one.
  uint64_t misrounded = 0;
  /// Indices of results of which the reference cannot tell that: it is too near
  /// to the middle of two f32.
  std::vector<int64_t> undecided;
};

/// In units of the last place: 2^-44 of a result is at most that.
constexpr double referenceMargin = 0x1p-20;

/// `count` is a multiple of 8. Runs only where there is AVX-512.
BlockErrors judge(const float *results, const double *references,
                  int64_t count);

} // namespace tactus::test

#endif // TACTUS_TESTS_UNIT_MATH_BLOCKERRORS_H
