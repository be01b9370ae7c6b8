//===- Random.h - Draws for graphs ------------------------------*- C++ -*-===//
#ifndef TACTUS_TESTS_DIFFERENTIAL_RANDOM_H
#define TACTUS_TESTS_DIFFERENTIAL_RANDOM_H

#include <cstdint>
#include <random>

namespace tactus::differential {

/// The same draws for a seed on every system, which the standard library's
/// distributions do not promise.
class Random {
public:
  explicit Random(uint64_t seed) : engine(seed) {}

  /// In [0, count).
  int64_t below(int64_t count) { return int64_t(engine() % uint64_t(count)); }
  int64_t between(int64_t first, int64_t last) {
    return first + below(last - first + 1);
  }
  bool percent(int64_t chance) { return below(100) < chance; }
  template <typename List> const auto &pick(const List &list) {
    return list[size_t(below(int64_t(std::size(list))))];
  }
  uint64_t seed() { return engine(); }

private:
  std::mt19937_64 engine;
};

} // namespace tactus::differential

#endif // TACTUS_TESTS_DIFFERENTIAL_RANDOM_H
