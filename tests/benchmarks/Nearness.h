//===- Nearness.h - Whether two sides did the same work ---------*- C++ -*-===//
#ifndef TACTUS_TESTS_BENCHMARKS_NEARNESS_H
#define TACTUS_TESTS_BENCHMARKS_NEARNESS_H

#include "tactus/Tensor.h"

namespace tactus::benchmarks {

/// Throws `Error`, naming the rival, where two results are not those of one
/// program: integers that are not equal; floats farther apart than 1e-4 (f16
/// and bf16: 2e-2) of the largest number, which is far more than both sides
/// round.
void requireNear(const Tensor &ours, const Tensor &theirs,
                 const std::string &rival);

} // namespace tactus::benchmarks

#endif // TACTUS_TESTS_BENCHMARKS_NEARNESS_H
