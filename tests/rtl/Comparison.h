//===- Comparison.h - Simulator and register model --------------*- C++ -*-===//
#ifndef TACTUS_TESTS_RTL_COMPARISON_H
#define TACTUS_TESTS_RTL_COMPARISON_H

#include "runtime/Systolic/Timing.h"
#include "tests/rtl/ArrayModel.h"

namespace tactus::rtl {

/// Something that is changed on one side.
struct Fault {
  std::string_view name;
  std::string_view meaning;
};

std::span<const Fault> faults();

/// What the runs of a model took.
struct Effort {
  int64_t runs = 0;
  int64_t cycles = 0;
  int64_t sums = 0;
  /// Of the processor.
  double seconds = 0;
};

/// Plays the program of `seed` on the simulator and on the model, twice: with
/// tiles and inputs coming when they come in the simulator, and with all there
/// as early as can be. Returns the first difference, in a cycle or a value;
/// empty where there is none.
std::string findDifference(ArrayModel &model, uint64_t seed,
                           systolic::WeightLoading loading, const Fault *fault,
                           Effort &effort);

} // namespace tactus::rtl

#endif // TACTUS_TESTS_RTL_COMPARISON_H
