//===- Shape.h - Ops that move elements -------------------------*- C++ -*-===//
#ifndef TACTUS_SHAPE_H
#define TACTUS_SHAPE_H

#include "tactus/Graph.h"

namespace tactus {

/// Returns the same elements in another shape, of which one size may be -1:
/// what makes the number of elements fit. Throws where it cannot fit.
Value reshape(Operand input, const std::vector<int64_t> &shape);

/// Returns `input` with dimension `perm[i]` as dimension i. Throws unless
/// `perm` holds each dimension once.
Value transpose(Operand input, const std::vector<int64_t> &perm);

/// Repeats `input` along dimensions of size 1, and along new ones in front,
/// until it has the shape that `shape` and its own broadcast to.
Value broadcast(Operand input, const std::vector<int64_t> &shape);

/// Returns every `steps`-th element from `starts` up to, not including, `ends`
/// along `axes`.
///
/// Negative starts and ends count from the end; both are clamped to the
/// dimension. Without `axes`, the first ones are meant, and without `steps`,
/// steps of 1.
Value slice(Operand input, const std::vector<int64_t> &starts,
            const std::vector<int64_t> &ends,
            const std::vector<int64_t> &axes = {},
            const std::vector<int64_t> &steps = {});

} // namespace tactus

#endif // TACTUS_SHAPE_H
