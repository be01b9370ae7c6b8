//===- Compare.h - Timing programs in turns ---------------------*- C++ -*-===//
#ifndef TACTUS_TESTS_BENCHMARKS_COMPARE_H
#define TACTUS_TESTS_BENCHMARKS_COMPARE_H

#include "tests/benchmarks/Groups.h"
#include "tests/benchmarks/Peer.h"

namespace tactus::benchmarks {

/// A program of ours beside its rival, or what kept them from being compared.
struct Comparison {
  std::string name = {};
  /// Milliseconds a call, medians.
  double ours = 0, theirs = 0;
  /// The median of ours / theirs over the pairs of turns.
  double ratio = 0;
  std::string rival = {};
  /// Of the peak of multiply-adds on as many cores, the median over the pairs;
  /// for products of f32.
  std::optional<double> peakShare = {};
  std::string problem = {};
  /// False where there is no library for it here, which is nobody's fault.
  bool hasRival = true;
};

class Comparer {
public:
  Comparer(const Options &options, const Peers &peers)
      : options(options), peers(peers) {}

  /// The group's program of that index.
  Comparison compare(const Group &group, size_t index) const;

private:
  /// Throws `Error` where the results of a rival are others.
  void compareWithRivals(Comparison &result, const Group &group,
                         const Task &task, Program &ours) const;

  const Options &options;
  const Peers &peers;
};

double median(std::vector<double> values);

} // namespace tactus::benchmarks

#endif // TACTUS_TESTS_BENCHMARKS_COMPARE_H
