//===- TransformerProgram.h - A layer of a transformer by hand --*- C++ -*-===//
#ifndef TACTUS_TESTS_BENCHMARKS_TRANSFORMERPROGRAM_H
#define TACTUS_TESTS_BENCHMARKS_TRANSFORMERPROGRAM_H

#include "runtime/Systolic/Program.h"

namespace tactus::systolic {

struct TransformerShape {
  int64_t tokens = 128, hidden = 768, heads = 12, inner = 3072;
};

/// A program of `tpu-v2` from x, bf16[tokens, hidden], to y: attention and two
/// products with GELU, each with a residual and a layer norm. Weights are any
/// small numbers. Stages are ordered by fences.
Program assembleTransformer(const TransformerShape &shape);

} // namespace tactus::systolic

#endif // TACTUS_TESTS_BENCHMARKS_TRANSFORMERPROGRAM_H
