//===- Groups.h - What is compared, and the bars ----------------*- C++ -*-===//
#ifndef TACTUS_TESTS_BENCHMARKS_GROUPS_H
#define TACTUS_TESTS_BENCHMARKS_GROUPS_H

#include "tests/benchmarks/Workloads.h"
#include <optional>

namespace tactus::benchmarks {

/// Beside whom the programs of a group are timed.
enum class Rival {
  /// The fastest library, for each program anew.
  Fastest,
  OnnxRuntime,
  OneDnn,
  /// Ourselves on one thread.
  OneThread,
  /// A time for a call, or for compiling it.
  CallLimit,
  CompileLimit
};

struct Group {
  std::string name = {}, title = {};
  std::vector<Workload> workloads = {};
  Rival rival = Rival::Fastest;
  /// The most that may be taken of the rival's time: as the geometric mean of
  /// the programs, and by any of them.
  std::optional<double> meanBar = {}, worstBar = {};
  /// The least share of the measured peak of multiply-adds, for products none
  /// of whose sizes is below 128 and whose largest is 256 or more.
  std::optional<double> peakBar = {};
  /// Milliseconds for each program, where the rival is a limit.
  std::vector<double> limits = {};
};

/// All that this processor and so many threads can run.
std::vector<Group> allGroups(int threads);

/// Whether it is a single product of f32, with or without what rides on it.
bool isFloatProduct(const Workload &workload);

/// Whether the bar for the share of the peak is meant for a product.
bool isLargeProduct(const Workload &workload);

} // namespace tactus::benchmarks

#endif // TACTUS_TESTS_BENCHMARKS_GROUPS_H
