//===- MovementEval.cpp - Ops that move elements --------------------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "runtime/Interpreter/Evaluation.h"
#include "runtime/Interpreter/Strides.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cstring>

using namespace mlir;

namespace tactus::interpreter {

/// result[i] = input[offset + i . strides].
static Tensor gather(Value resultValue, const Tensor &input,
                     const Shape &strides, int64_t offset) {
  Tensor result = Tensor::zeros(staticType(resultValue));
  size_t bytes = size_t(byteSize(input.elementType()));
  auto *in = static_cast<const char *>(input.rawData());
  if (result.numElements() == 0)
    return result;
  auto *out = static_cast<char *>(result.mutableRawData());
  forEachOffset(result.shape(), strides, offset, [&](int64_t i, int64_t at) {
    std::memcpy(out + size_t(i) * bytes, in + size_t(at) * bytes, bytes);
  });
  return result;
}

static Tensor evalSlice(ir::SliceOp op, const Tensor &input) {
  Shape strides = stridesOf(input.shape()), steps = strides;
  int64_t offset = 0;
  for (size_t i = 0; i < op.getStarts().size(); ++i) {
    int64_t axis =
        op.getAxes()
            ? *ir::normalizeAxis(std::nullopt, (*op.getAxes())[i], input.rank())
            : int64_t(i);
    int64_t size = input.shape()[axis], start = op.getStarts()[i];
    int64_t step = op.getSteps() ? (*op.getSteps())[i] : 1;
    if (size == 0)
      continue;
    // A negative step begins at the last element at most.
    start = std::clamp<int64_t>(start < 0 ? start + size : start, 0,
                                step < 0 ? size - 1 : size);
    offset += start * strides[axis];
    // Steps past the dimension are taken by no second element.
    steps[axis] = strides[axis] * std::clamp(step, -size, size);
  }
  return gather(op.getResult(), input, steps, offset);
}

static Tensor evalTranspose(ir::TransposeOp op, const Tensor &input) {
  Shape strides = stridesOf(input.shape()), moved;
  for (int64_t dimension : op.getPerm())
    moved.push_back(strides[dimension]);
  return gather(op.getResult(), input, moved, 0);
}

/// Copies elements between a matrix [.., k, n] and its panels [.., p, k /
/// depth, tile * depth].
template <typename Fn>
static void forEachPanelElement(std::span<const int64_t> matrix, int64_t tile,
                                int64_t depth, Fn &&copy) {
  int64_t k = matrix[matrix.size() - 2], n = matrix.back(), batch = 1;
  for (int64_t size : matrix.first(matrix.size() - 2))
    batch *= size;
  int64_t panels = (n + tile - 1) / tile, steps = (k + depth - 1) / depth;
  for (int64_t b = 0; b < batch; ++b)
    for (int64_t row = 0; row < k; ++row)
      for (int64_t column = 0; column < n; ++column)
        copy((b * k + row) * n + column,
             (((b * panels + column / tile) * steps + row / depth) * tile +
              column % tile) *
                     depth +
                 row % depth);
}

static Tensor evalPack(ir::PackOp op, const Tensor &input) {
  Tensor result = Tensor::zeros(staticType(op.getResult()));
  size_t bytes = size_t(byteSize(input.elementType()));
  forEachPanelElement(
      input.shape(), op.getTile(), op.getDepth(), [&](int64_t at, int64_t to) {
        std::memcpy(
            static_cast<char *>(result.mutableRawData()) + size_t(to) * bytes,
            static_cast<const char *>(input.rawData()) + size_t(at) * bytes,
            bytes);
      });
  return result;
}

static Tensor evalUnpack(ir::UnpackOp op, const Tensor &input) {
  Tensor result = Tensor::zeros(staticType(op.getResult()));
  size_t bytes = size_t(byteSize(input.elementType()));
  forEachPanelElement(
      result.shape(), input.shape().back() / op.getDepth(), op.getDepth(),
      [&](int64_t to, int64_t at) {
        std::memcpy(
            static_cast<char *>(result.mutableRawData()) + size_t(to) * bytes,
            static_cast<const char *>(input.rawData()) + size_t(at) * bytes,
            bytes);
      });
  return result;
}

Tensor evalMovement(Operation *op, const Tensor &input) {
  return llvm::TypeSwitch<Operation *, Tensor>(op)
      .Case([&](ir::TransposeOp op) { return evalTranspose(op, input); })
      .Case([&](ir::BroadcastOp op) {
        TensorType type = staticType(op.getResult());
        Shape shape;
        for (const Dimension &dimension : type.dimensions)
          shape.push_back(dimension.size());
        return gather(op.getResult(), input,
                      broadcastStrides(input.shape(), shape), 0);
      })
      .Case([&](ir::SliceOp op) { return evalSlice(op, input); })
      .Case([&](ir::PackOp op) { return evalPack(op, input); })
      .Case([&](ir::UnpackOp op) { return evalUnpack(op, input); });
}

} // namespace tactus::interpreter
