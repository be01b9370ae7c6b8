//===- Creation.h - Tensors from nothing ------------------------*- C++ -*-===//
#ifndef TACTUS_CREATION_H
#define TACTUS_CREATION_H

#include "tactus/Graph.h"

namespace tactus {

// Types are of static shape; anything else throws `Error` at once.

/// Returns a tensor of one value, which may be rounded to a float type but must
/// be an element of an integer one.
Value fill(Graph &graph, const TensorType &type, double value,
           const std::source_location &where = std::source_location::current());

/// Returns a tensor whose elements are their index along `axis`.
Value iota(Graph &graph, const TensorType &type, int64_t axis = 0,
           const std::source_location &where = std::source_location::current());

enum class Distribution {
  /// In [-1, 1) for floats, [-8, 8) for integers, [0, 16) for unsigned ones.
  Uniform,
  /// Floats of mean 0 and variance 1.
  Normal
};

/// Returns numbers that depend on the seed alone, the same on every target.
Value random(
    Graph &graph, const TensorType &type, Seed seed,
    Distribution distribution = Distribution::Uniform,
    const std::source_location &where = std::source_location::current());

} // namespace tactus

#endif // TACTUS_CREATION_H
