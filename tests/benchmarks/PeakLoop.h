//===- PeakLoop.h - As many multiply-adds as a core can do ------*- C++ -*-===//
#ifndef TACTUS_TESTS_BENCHMARKS_PEAKLOOP_H
#define TACTUS_TESTS_BENCHMARKS_PEAKLOOP_H

#include "tests/benchmarks/Peer.h"

namespace tactus::benchmarks {

/// Fused multiply-adds of f32 in registers, in more chains than a core needs to
/// keep its units busy: a program that takes its turn beside others, since a
/// core is not as fast at one time as at another. Half a millisecond a run.
class PeakLoop final : public Program {
public:
  PeakLoop();

  /// Operations of a run, a multiply-add being two; 0 where the processor has
  /// no fused ones and a run does nothing.
  double operations() const;

  void run() override;
  /// Each chain ends near 2 from wherever it starts.
  const Tensor &result() const override { return chains; }

private:
  using Loop = void (*)(float *chains, int64_t count);

  Tensor chains;
  Loop loop = nullptr;
  int64_t lanes = 0;
};

} // namespace tactus::benchmarks

#endif // TACTUS_TESTS_BENCHMARKS_PEAKLOOP_H
