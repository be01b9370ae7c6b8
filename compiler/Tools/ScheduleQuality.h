//===- ScheduleQuality.h - Chosen plans beside the others -------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TOOLS_SCHEDULEQUALITY_H
#define TACTUS_COMPILER_TOOLS_SCHEDULEQUALITY_H

#include "dialects/Systolic/Machine.h"
#include <functional>

namespace tactus {

/// A product of matrices on a machine, run by every plan that the compiler
/// weighs.
struct PlannedProduct {
  systolic::Machine machine;
  int64_t rows = 1, depth = 1, columns = 1;
  bool hasBias = false;
  /// In the narrow type of the array, with ReLU; else the sums.
  bool isActivated = false;

  /// Cycles of the plan that the compiler chooses.
  int64_t chosen = 0;
  /// By plan, the one estimated cheapest first.
  std::vector<int64_t> cycles;

  size_t best() const;
  /// Of the cycles of the chosen plan to those of the best.
  double ratio() const;
};

/// The same products for the same seed, on one machine after the other.
std::vector<PlannedProduct>
drawProducts(std::span<const systolic::Machine> machines, uint64_t count,
             uint64_t seed);

/// Compiles and simulates `product` with each plan.
void runPlans(PlannedProduct &product);

} // namespace tactus

#endif // TACTUS_COMPILER_TOOLS_SCHEDULEQUALITY_H
