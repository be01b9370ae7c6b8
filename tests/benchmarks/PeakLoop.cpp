//===- PeakLoop.cpp - As many multiply-adds as a core can do --------------===//
#include "tests/benchmarks/PeakLoop.h"
#include <cstring>

namespace tactus::benchmarks {

static constexpr int numChains = 12;
/// Of each chain in one iteration, so that counting them costs little.
static constexpr int numSteps = 8;
static constexpr int64_t numIterations = 8'000;

using Vector256 = float __attribute__((vector_size(32)));
using Vector512 = float __attribute__((vector_size(64)));

/// x = x / 2 + 1 in each chain.
template <typename Vector>
[[gnu::always_inline]] static inline void runChains(float *chains,
                                                    int64_t count) {
  Vector x[numChains];
  std::memcpy(&x, chains, sizeof(x));
  const Vector half = Vector{} + 0.5f, one = Vector{} + 1;
  for (int64_t i = 0; i < count; ++i)
#pragma clang loop unroll(full)
    for (int step = 0; step < numSteps; ++step)
#pragma clang loop unroll(full)
      for (int chain = 0; chain < numChains; ++chain)
        x[chain] = __builtin_elementwise_fma(x[chain], half, one);
  std::memcpy(chains, &x, sizeof(x));
}

[[gnu::target("avx512f"), gnu::noinline]] static void
runChains512(float *chains, int64_t count) {
  runChains<Vector512>(chains, count);
}

[[gnu::target("avx2,fma"), gnu::noinline]] static void
runChains256(float *chains, int64_t count) {
  runChains<Vector256>(chains, count);
}

PeakLoop::PeakLoop() : chains(Tensor::zeros(f32({numChains * 16}))) {
  if (__builtin_cpu_supports("avx512f")) {
    loop = runChains512;
    lanes = 16;
  } else if (__builtin_cpu_supports("fma")) {
    loop = runChains256;
    lanes = 8;
  }
}

double PeakLoop::operations() const {
  return 2.0 * double(numIterations * numSteps * numChains * lanes);
}

void PeakLoop::run() {
  if (loop)
    loop(chains.mutableData<float>().data(), numIterations);
}

} // namespace tactus::benchmarks
