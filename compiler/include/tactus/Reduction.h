//===- Reduction.h - Ops that remove dimensions -----------------*- C++ -*-===//
#ifndef TACTUS_REDUCTION_H
#define TACTUS_REDUCTION_H

#include "tactus/Graph.h"
#include <optional>

namespace tactus {

/// Dimensions to reduce, negative ones counted from the end: `sum(x, -1)`,
/// `sum(x, {0, 1})`; all of them where none is given.
class Axes {
public:
  Axes() = default;
  Axes(int64_t axis) : axes_({axis}) {}
  Axes(std::initializer_list<int64_t> axes) : axes_(axes) {}
  Axes(std::vector<int64_t> axes) : axes_(std::move(axes)) {}

  /// None where all dimensions are meant.
  const std::optional<std::vector<int64_t>> &list() const { return axes_; }

private:
  std::optional<std::vector<int64_t>> axes_;
};

/// Whether reduced dimensions stay, of size 1.
enum class KeepDims : bool { No, Yes };

/// Returns the sum along `axes`, 0 where there are no elements. Its element
/// type is i32 for i8 and u8, else that of `input`, which for f16 and bf16 may
/// be changed to f32.
Value sum(Operand input, Axes axes = {}, KeepDims keepDims = KeepDims::No,
          std::optional<ElementType> elementType = {});

/// The same with one rounded addition after the other, in row-major order, as a
/// unit with one adder makes it. The CPU keeps an order of its own.
Value sequentialSum(Operand input, Axes axes = {},
                    KeepDims keepDims = KeepDims::No,
                    std::optional<ElementType> elementType = {});

/// Returns the product along `axes`, 1 where there are no elements; its element
/// type is as that of `sum`.
Value prod(Operand input, Axes axes = {}, KeepDims keepDims = KeepDims::No,
           std::optional<ElementType> elementType = {});

/// Returns the average of floats along `axes`; NaN where there are none.
Value mean(Operand input, Axes axes = {}, KeepDims keepDims = KeepDims::No);

/// Returns the largest element along `axes`; NaN where any is NaN. Throws where
/// the dimensions are empty.
Value max(Operand input, Axes axes = {}, KeepDims keepDims = KeepDims::No);

/// Returns the smallest element along `axes`; NaN where any is NaN. Throws
/// where the dimensions are empty.
Value min(Operand input, Axes axes = {}, KeepDims keepDims = KeepDims::No);

/// Returns the index along `axis`, as i64, of the largest element, the first
/// where several are equal. NaN counts as the largest.
Value argmax(Operand input, int64_t axis = -1,
             KeepDims keepDims = KeepDims::No);

/// Returns the index along `axis`, as i64, of the smallest element, the first
/// where several are equal. NaN counts as the smallest.
Value argmin(Operand input, int64_t axis = -1,
             KeepDims keepDims = KeepDims::No);

/// Returns whether any of the i1 elements along `axes` is true.
Value any(Operand input, Axes axes = {}, KeepDims keepDims = KeepDims::No);

/// Returns whether all of the i1 elements along `axes` are true.
Value all(Operand input, Axes axes = {}, KeepDims keepDims = KeepDims::No);

/// Returns the logarithm of the sum of the exponentials of floats along `axes`,
/// without overflow on the way; negative infinity where there are none.
Value logSumExp(Operand input, Axes axes = {},
                KeepDims keepDims = KeepDims::No);

/// Returns the sum of the absolute values of floats along `axes`.
Value l1Norm(Operand input, Axes axes = {}, KeepDims keepDims = KeepDims::No);

/// Returns the square root of the sum of the squares of floats along `axes`,
/// without overflow on the way.
Value l2Norm(Operand input, Axes axes = {}, KeepDims keepDims = KeepDims::No);

/// Returns the sum of the squares of the distances of floats to their mean
/// along `axes`, divided by their number less `correction`, which is 0 or 1;
/// NaN where that is not positive.
Value variance(Operand input, Axes axes = {}, int64_t correction = 0,
               KeepDims keepDims = KeepDims::No);

/// What `cumsum` and `cumprod` take in.
struct Cumulative {
  /// Leaves each element itself out.
  bool exclusive = false;
  /// From the end.
  bool reverse = false;
};

/// Returns the sum of each element and those before it along `axis`.
Value cumsum(Operand input, int64_t axis = -1, Cumulative settings = {});

/// Returns the product of each element and those before it along `axis`.
Value cumprod(Operand input, int64_t axis = -1, Cumulative settings = {});

/// Elements in order, and the index that each had, as i64.
struct Ordered {
  Value values, indices;
};

enum class Order { Ascending, Descending };

/// Returns the elements along `axis` in order. Equal ones stay in the order
/// they had; NaN counts as the largest.
Ordered sort(Operand input, int64_t axis = -1, Order order = Order::Ascending);

enum class Extreme { Largest, Smallest };

/// Returns the `k` largest elements along `axis`, the largest first, or the
/// smallest. Of equal ones that of lower index goes first; NaN counts as the
/// largest. Throws where the dimension has fewer than `k`.
Ordered topK(Operand input, int64_t k, int64_t axis = -1,
             Extreme extreme = Extreme::Largest);

/// Optional operands and settings of `layerNorm`.
struct LayerNorm {
  /// 1 where there is none.
  std::optional<Operand> scale = {};
  /// 0 where there is none.
  std::optional<Operand> bias = {};
  /// The first of the dimensions that are normalized together.
  int64_t axis = -1;
  double epsilon = 1e-5;
};

/// Returns `(input - mean) / sqrt(variance + epsilon) * scale + bias`, mean and
/// variance being taken over `axis` and all dimensions after it.
Value layerNorm(Operand input, const LayerNorm &settings = {});

} // namespace tactus

#endif // TACTUS_REDUCTION_H
