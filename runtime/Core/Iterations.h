//===- Iterations.h - Loops that never end ----------------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_CORE_ITERATIONS_H
#define TACTUS_RUNTIME_CORE_ITERATIONS_H

#include "tactus/Error.h"
#include <cstdint>
#include <optional>

namespace tactus {

/// How many iterations all loops of one run take together that nothing else
/// bounds: those that end by a condition, or go over slices without elements.
class IterationLimit {
public:
  /// At most `most`; without, a million.
  IterationLimit(std::optional<uint64_t> most = std::nullopt)
      : most(most.value_or(1'000'000)), left(this->most) {}

  /// Counts an iteration that begins. Throws `Error`, at the loop's place,
  /// where it is one too many.
  void count(const Error::Place &loop = {}) {
    if (left == 0)
      refuse(loop);
    --left;
  }

private:
  [[noreturn]] void refuse(const Error::Place &loop) const;

  uint64_t most, left;
};

} // namespace tactus

#endif // TACTUS_RUNTIME_CORE_ITERATIONS_H
