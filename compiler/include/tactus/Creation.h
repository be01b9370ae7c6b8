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

/// Returns a tensor of zeros.
Value zeros(
    Graph &graph, const TensorType &type,
    const std::source_location &where = std::source_location::current());

/// Returns a tensor of ones.
Value ones(Graph &graph, const TensorType &type,
           const std::source_location &where = std::source_location::current());

/// Returns a tensor of one value: another name of `fill`.
Value full(Graph &graph, const TensorType &type, double value,
           const std::source_location &where = std::source_location::current());

/// Returns zeros of the type of `input`, whose dimensions may have names.
Value zerosLike(Operand input);

/// Returns ones of the type of `input`, whose dimensions may have names.
Value onesLike(Operand input);

/// Returns a matrix that is 1 where the column is the row plus `k`, else 0.
Value eye(Graph &graph, const TensorType &type, int64_t k = 0,
          const std::source_location &where = std::source_location::current());

/// Returns a vector of floats at equal distances, from `start` to `stop`, both
/// of which are elements. The type says how many there are.
Value linspace(
    Graph &graph, const TensorType &type, double start, double stop,
    const std::source_location &where = std::source_location::current());

/// Returns `start + i * delta` for each i up to the last before `limit`, of one
/// element type. Where all are numbers or constants, the size is known; else
/// each run finds it, and `Executable::run` alone takes the program. A systolic
/// machine refuses it.
Value range(Operand start, Operand limit, Operand delta);

/// Returns a range between numbers, of this element type. Throws where one of
/// them is not an element of it, but for rounding of floats.
Value arange(
    Graph &graph, ElementType elementType, double start, double limit,
    double delta = 1,
    const std::source_location &where = std::source_location::current());

/// Returns `indices` with one dimension more, of size `depth`, at `axis`: the
/// second element of `values` at the place that each index names, else the
/// first. An index below 0 counts from the end; one out of range fails the
/// run.
Value oneHot(Operand indices, int64_t depth, Operand values, int64_t axis = -1);

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
