//===- Shape.h - Checked sizes of tensors -----------------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_TENSOR_SHAPE_H
#define TACTUS_RUNTIME_TENSOR_SHAPE_H

#include "tactus/ElementType.h"
#include <cstdint>
#include <span>
#include <string>

namespace tactus {

/// The number of elements of a shape. Throws `Error` where the rank is over 32,
/// a dimension is negative, or the tensor is over 2^40 bytes. A dimension of 0
/// does not excuse the others: their product is bounded all the same, so that
/// strides never overflow.
int64_t checkedNumElements(ElementType type, std::span<const int64_t> shape);

/// `2,3`; the inside of brackets.
std::string joinShape(std::span<const int64_t> shape);
/// `f32[2,3]`.
std::string typeString(ElementType type, std::span<const int64_t> shape);
/// `[0, 2]`: the row-major index of the element at `offset`.
std::string indexString(int64_t offset, std::span<const int64_t> shape);
/// Says that `index` is none of a dimension of `size`.
std::string describeOutOfRange(int64_t index, int64_t size);

} // namespace tactus

#endif // TACTUS_RUNTIME_TENSOR_SHAPE_H
