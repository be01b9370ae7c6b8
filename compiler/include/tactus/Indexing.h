//===- Indexing.h - Ops that move elements by index -------------*- C++ -*-===//
#ifndef TACTUS_INDEXING_H
#define TACTUS_INDEXING_H

#include "tactus/Graph.h"

namespace tactus {

// Indices are i64 or i32, and negative ones count from the end. One that is out
// of range is known only when the program runs: `run` then throws, naming the
// node, the index and the bound.

/// Returns the slices of `data` along `axis` that `indices` name; the
/// dimensions of `indices` stand in the place of that dimension.
Value gather(Operand data, Operand indices, int64_t axis = 0);

/// Returns for each element of `indices` the element of `data` at the same
/// place, but for dimension `axis`, where the index says which.
Value gatherElements(Operand data, Operand indices, int64_t axis = 0);

/// Returns the elements or slices of `data` that the rows of the last dimension
/// of `indices` name; the first `batchDims` dimensions are the same in both.
Value gatherNd(Operand data, Operand indices, int64_t batchDims = 0);

/// What an update does to the element that is there: it takes its place, or is
/// combined with it.
enum class ScatterReduction { None, Add, Mul, Max, Min };

/// Returns `data` after each element of `updates`, in order, has been put at
/// its own place, but for dimension `axis`, where the index says which.
Value scatterElements(Operand data, Operand indices, Operand updates,
                      int64_t axis = 0,
                      ScatterReduction reduction = ScatterReduction::None);

/// Returns `data` after each element or slice of `updates`, in order, has been
/// put where a row of the last dimension of `indices` says.
Value scatterNd(Operand data, Operand indices, Operand updates,
                ScatterReduction reduction = ScatterReduction::None);

} // namespace tactus

#endif // TACTUS_INDEXING_H
