//===- MagnitudeRange.h - How large numbers are -----------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_TENSOR_MAGNITUDERANGE_H
#define TACTUS_RUNTIME_TENSOR_MAGNITUDERANGE_H

#include "tactus/Tensor.h"
#include <array>
#include <memory>

namespace tactus {

/// Sums up the magnitudes of numbers, in memory that does not grow with how
/// many there are. Their order does not matter.
class MagnitudeRange {
public:
  /// Throws `Error` for elements that are not f16, bf16 or f32, and where one
  /// is not finite.
  void add(const Tensor &tensor);

  /// 0 for no numbers.
  float greatest() const { return most; }
  /// The magnitude that at least `percent` % of the numbers do not exceed, in
  /// steps of 1/256 of itself, and never above the greatest. `percent` is above
  /// 0 and at most 100.
  float percentile(double percent) const;
  uint64_t count() const { return numbers; }

private:
  void add(float value);

  /// Bits of the significand that tell bins apart.
  static constexpr int significandBits = 8;
  using Bins = std::array<uint64_t, 1 << significandBits>;
  /// By exponent; made when a number has it.
  std::array<std::unique_ptr<Bins>, 255> bins;
  float most = 0;
  uint64_t numbers = 0;
};

} // namespace tactus

#endif // TACTUS_RUNTIME_TENSOR_MAGNITUDERANGE_H
