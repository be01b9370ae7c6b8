//===- IndexingEval.cpp - Ops that move elements by index -----------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "runtime/Interpreter/Evaluation.h"
#include "runtime/Interpreter/Strides.h"
#include "runtime/Support/Assert.h"
#include "runtime/Tensor/Shape.h"
#include "tactus/Error.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>
#include <cstring>
#include <functional>

using namespace mlir;

namespace tactus::interpreter {
namespace {

Shape indexValues(const Tensor &indices) {
  Shape values;
  if (indices.elementType() == ElementType::I32)
    for (int32_t index : indices.data<int32_t>())
      values.push_back(index);
  else
    for (int64_t index : indices.data<int64_t>())
      values.push_back(index);
  return values;
}

/// The index counted from the front; throws where it is out of range.
int64_t frontIndex(int64_t index, int64_t size) {
  if (index < -size || index >= size)
    throw Error(describeOutOfRange(index, size));
  return index < 0 ? index + size : index;
}

int64_t product(std::span<const int64_t> sizes) {
  int64_t count = 1;
  for (int64_t size : sizes)
    count *= size;
  return count;
}

/// Copies `count` elements.
void copyElements(const Tensor &from, int64_t at, Tensor &to, int64_t place,
                  int64_t count) {
  size_t bytes = size_t(byteSize(from.elementType()));
  std::memcpy(static_cast<char *>(to.mutableRawData()) + size_t(place) * bytes,
              static_cast<const char *>(from.rawData()) + size_t(at) * bytes,
              size_t(count) * bytes);
}

void evalGather(ir::GatherOp op, const Tensor &data, const Tensor &indices,
                Tensor &result) {
  std::span<const int64_t> shape = data.shape();
  auto axis =
      size_t(*ir::normalizeAxis(std::nullopt, op.getAxis(), data.rank()));
  Shape values = indexValues(indices);
  int64_t size = shape[axis], inner = product(shape.subspan(axis + 1)),
          outer = product(shape.first(axis)), to = 0;
  for (int64_t o = 0; o < outer && inner > 0; ++o)
    for (int64_t index : values) {
      int64_t from = (o * size + frontIndex(index, size)) * inner;
      copyElements(data, from, result, to, inner);
      to += inner;
    }
}

/// Calls `visit(i, offset)` for element i of `indices`, with the place in a
/// tensor of `shape` that it stands for.
template <typename Fn>
void forEachAlongAxis(const std::vector<int64_t> &shape, const Tensor &indices,
                      int64_t axis, Fn &&visit) {
  Shape strides = stridesOf(shape), values = indexValues(indices);
  int64_t stride = strides[size_t(axis)], size = shape[size_t(axis)];
  strides[size_t(axis)] = 0;
  forEachOffset(indices.shape(), strides, 0, [&](int64_t i, int64_t offset) {
    visit(i, offset + frontIndex(values[size_t(i)], size) * stride);
  });
}

/// The place in a tensor of `shape` of the slice that a row of `count` indices
/// names, of dimensions from `first` on.
int64_t placeOfRow(const std::vector<int64_t> &shape, const int64_t *row,
                   size_t first, size_t count) {
  Shape strides = stridesOf(shape);
  int64_t place = 0;
  for (size_t d = 0; d < count; ++d)
    place += frontIndex(row[d], shape[first + d]) * strides[first + d];
  return place;
}

void evalGatherNd(ir::GatherNdOp op, const Tensor &data, const Tensor &indices,
                  Tensor &result) {
  auto batch = size_t(op.getBatchDims()),
       count = size_t(indices.shape().back());
  std::span<const int64_t> shape = data.shape();
  Shape values = indexValues(indices);
  int64_t inner = product(shape.subspan(batch + count));
  int64_t numBatches = product(shape.first(batch));
  if (inner == 0 || numBatches == 0)
    return;
  int64_t rows = int64_t(values.size() / count) / numBatches;
  int64_t ofBatch = product(shape.subspan(batch));
  for (int64_t i = 0; i < rows * numBatches; ++i) {
    int64_t from =
        i / rows * ofBatch +
        placeOfRow(data.shape(), &values[size_t(i) * count], batch, count);
    copyElements(data, from, result, i * inner, inner);
  }
}

//===----------------------------------------------------------------------===//
// Scatter
//===----------------------------------------------------------------------===//

template <typename T> T largerOf(T a, T b) {
  if constexpr (isFloatType<T>) {
    auto x = widen(a), y = widen(b);
    if (std::isnan(x) || std::isnan(y))
      return narrow<T>(x + y);
    // 0 is larger than -0.
    return x > y || (x == y && std::signbit(y)) ? a : b;
  } else {
    return a > b ? a : b;
  }
}

template <typename T> T smallerOf(T a, T b) {
  if constexpr (isFloatType<T>) {
    auto x = widen(a), y = widen(b);
    if (std::isnan(x) || std::isnan(y))
      return narrow<T>(x + y);
    return x < y || (x == y && std::signbit(x)) ? a : b;
  } else {
    return a < b ? a : b;
  }
}

/// Rounded once; of two doubles, what the processor gives, since a wider result
/// would be rounded twice.
template <typename T, typename Fn> T rounded(T a, T b, Fn &&compute) {
  if constexpr (std::is_same_v<T, double>)
    return compute(a, b);
  else
    return narrow<T>(compute(widen(a), widen(b)));
}

/// What `update` makes of `element`.
template <typename T>
T combine(ir::ScatterReduction reduction, T element, T update) {
  if constexpr (!std::is_same_v<T, bool>) {
    switch (reduction) {
    case ir::ScatterReduction::none:
      return update;
    case ir::ScatterReduction::add:
      if constexpr (isFloatType<T>)
        return rounded(element, update, std::plus<>());
      else
        return T(uint64_t(element) + uint64_t(update));
    case ir::ScatterReduction::mul:
      if constexpr (isFloatType<T>)
        return rounded(element, update, std::multiplies<>());
      else
        return T(uint64_t(element) * uint64_t(update));
    case ir::ScatterReduction::max:
      return largerOf(element, update);
    case ir::ScatterReduction::min:
      return smallerOf(element, update);
    }
  }
  TACTUS_ASSERT(reduction == ir::ScatterReduction::none, "i1 is replaced");
  return update;
}

void evalScatterElements(ir::ScatterElementsOp op, const Tensor &indices,
                         const Tensor &updates, Tensor &result) {
  int64_t axis = *ir::normalizeAxis(std::nullopt, op.getAxis(), result.rank());
  dispatch(result.elementType(), [&](auto tag) {
    using T = decltype(tag);
    auto out = result.mutableData<T>();
    auto in = updates.data<T>();
    forEachAlongAxis(result.shape(), indices, axis, [&](int64_t i, int64_t at) {
      out[size_t(at)] =
          combine<T>(op.getReduction(), out[size_t(at)], in[size_t(i)]);
    });
  });
}

void evalScatterNd(ir::ScatterNdOp op, const Tensor &indices,
                   const Tensor &updates, Tensor &result) {
  auto count = size_t(indices.shape().back());
  Shape values = indexValues(indices);
  int64_t inner =
      product(std::span<const int64_t>(result.shape()).subspan(count));
  dispatch(result.elementType(), [&](auto tag) {
    using T = decltype(tag);
    auto out = result.mutableData<T>();
    auto in = updates.data<T>();
    for (size_t row = 0; row < values.size() / count && inner > 0; ++row) {
      int64_t at = placeOfRow(result.shape(), &values[row * count], 0, count);
      for (int64_t j = 0; j < inner; ++j)
        out[size_t(at + j)] = combine<T>(op.getReduction(), out[size_t(at + j)],
                                         in[row * size_t(inner) + size_t(j)]);
    }
  });
}

} // namespace

Tensor evalIndexing(Operation *op, Operands operands) {
  const Tensor &data = operands[0], &indices = operands[1];
  bool isScatter = operands.size() == 3;
  Tensor result =
      isScatter ? data.clone() : Tensor::zeros(staticType(op->getResult(0)));
  llvm::TypeSwitch<Operation *>(op)
      .Case([&](ir::GatherOp op) { evalGather(op, data, indices, result); })
      .Case([&](ir::GatherElementsOp op) {
        int64_t axis =
            *ir::normalizeAxis(std::nullopt, op.getAxis(), data.rank());
        forEachAlongAxis(data.shape(), indices, axis,
                         [&](int64_t i, int64_t at) {
                           copyElements(data, at, result, i, 1);
                         });
      })
      .Case([&](ir::GatherNdOp op) { evalGatherNd(op, data, indices, result); })
      .Case([&](ir::ScatterElementsOp op) {
        evalScatterElements(op, indices, operands[2], result);
      })
      .Case([&](ir::ScatterNdOp op) {
        evalScatterNd(op, indices, operands[2], result);
      });
  return result;
}

} // namespace tactus::interpreter
