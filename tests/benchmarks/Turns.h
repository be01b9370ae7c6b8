//===- Turns.h - Timing programs in turns -----------------------*- C++ -*-===//
#ifndef TACTUS_TESTS_BENCHMARKS_TURNS_H
#define TACTUS_TESTS_BENCHMARKS_TURNS_H

#include <algorithm>
#include <chrono>
#include <vector>

namespace tactus::benchmarks {

/// How often a program that takes `milliseconds` runs in one turn: long beside
/// the clock, short beside what disturbs the machine.
inline int runsOfTurn(double milliseconds) {
  return std::max(1, int(4 / milliseconds));
}

/// Milliseconds that `count` runs take.
template <typename Runnable> double timeOf(Runnable &runnable, int count) {
  auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < count; ++i)
    runnable.run();
  std::chrono::duration<double, std::milli> elapsed =
      std::chrono::steady_clock::now() - start;
  return elapsed.count();
}

inline double median(std::vector<double> values) {
  auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

} // namespace tactus::benchmarks

#endif // TACTUS_TESTS_BENCHMARKS_TURNS_H
