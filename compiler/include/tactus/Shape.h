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
/// dimension. Negative steps go backward. Without `axes`, the first ones are
/// meant, and without `steps`, steps of 1.
Value slice(Operand input, const std::vector<int64_t> &starts,
            const std::vector<int64_t> &ends,
            const std::vector<int64_t> &axes = {},
            const std::vector<int64_t> &steps = {});

/// Drops the dimensions `axes`, which have size 1; all of size 1 where none is
/// given. Throws where one has another size.
Value squeeze(Operand input, const std::vector<int64_t> &axes = {});

/// Adds dimensions of size 1, which are the dimensions `axes` of the result.
Value expandDims(Operand input, const std::vector<int64_t> &axes);

/// Repeats `input` `repeats[i]` times along dimension i.
Value tile(Operand input, const std::vector<int64_t> &repeats);

/// Turns `input` around along `axes`; along all where none is given.
Value reverse(Operand input, const std::vector<int64_t> &axes = {});

/// Which triangle of a matrix stays.
enum class Triangle : bool { Lower, Upper };

/// Makes the elements of each matrix 0 that are below diagonal `k`, which is
/// that many places to the right of the main one; with `Triangle::Lower`, those
/// above it.
Value trilu(Operand input, Triangle triangle = Triangle::Upper, int64_t k = 0);

/// Returns `inputs` one after another along `axis`. Throws where there is none,
/// or their other sizes differ.
Value concat(
    const std::vector<Operand> &inputs, int64_t axis,
    const std::source_location &where = std::source_location::current());

/// Cuts `input` along `axis` into parts of `sizes`, whose sum is the size of
/// the dimension.
std::vector<Value> split(Operand input, const std::vector<int64_t> &sizes,
                         int64_t axis = 0);

/// Cuts `input` along `axis` into `count` parts of one size, the last ones
/// smaller where it does not divide.
std::vector<Value> splitInto(Operand input, int64_t count, int64_t axis = 0);

/// What `pad` adds: a value; the nearest element; the elements mirrored at the
/// first and the last, which are not doubled; the elements over again.
enum class PadMode { Constant, Edge, Reflect, Wrap };

/// Adds `pads[i]` elements before, and `pads[rank + i]` after, those of
/// dimension i; negative pads take elements away. `value` is for
/// `PadMode::Constant`.
Value pad(Operand input, const std::vector<int64_t> &pads,
          PadMode mode = PadMode::Constant, double value = 0);

} // namespace tactus

#endif // TACTUS_SHAPE_H
