//===- AccuracyScan.h - Every float through implementations -----*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_MATH_ACCURACYSCAN_H
#define TACTUS_TESTS_UNIT_MATH_ACCURACYSCAN_H

#include "tests/unit/Math/BlockErrors.h"
#include "tests/unit/Math/CompiledFunction.h"
#include "tests/unit/Math/ExactFunctions.h"
#include "tests/unit/Math/PreciseFunctions.h"
#include "tests/unit/Math/QuickFunctions.h"
#include <optional>
#include <vector>

namespace tactus::test {

/// The largest error and the input that has it.
struct Worst {
  double distance = 0;
  uint32_t bits = 0;

  void take(const Worst &other) {
    if (other.distance > distance ||
        (other.distance == distance && other.bits < bits))
      *this = other;
  }
};

/// How one implementation does.
struct Score {
  Worst worst;
  /// Results that are not the f32 nearest to the exact one.
  uint64_t misrounded = 0;
};

/// One implementation: a kernel, or a function of the C library.
struct Column {
  KernelEntry kernel = nullptr;
  float (*library)(float) = nullptr;
  /// Whether all blocks of inputs run, and not only one in `blocksOfSample`.
  bool isWhole = true;

  /// Of `batch` numbers.
  void run(float *in, float *out) const;
};

/// A prime, so that the sample has blocks of every kind.
constexpr uint64_t blocksOfSample = 17;

/// The forms of one function that judge it.
struct Judges {
  ExactFunction exact;
  const QuickFunction *quick;
  const PreciseFunction *precise;
};

/// Throws where one is missing.
Judges findJudges(const ExactFunction &function);

/// How many of the undecided results are not the nearest.
uint64_t countMisrounded(const Judges &judges, const BlockErrors &errors,
                         const float *in, const float *out);

/// Runs each column on all floats whose bits are multiples of `stride`. What is
/// found does not depend on the number of threads.
std::vector<Score> scan(const Judges &judges,
                        const std::vector<std::optional<Column>> &columns,
                        uint64_t stride, unsigned threads);

} // namespace tactus::test

#endif // TACTUS_TESTS_UNIT_MATH_ACCURACYSCAN_H
