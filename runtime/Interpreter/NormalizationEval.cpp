//===- NormalizationEval.cpp - Ops that look at a whole row ---------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "runtime/Interpreter/Evaluation.h"
#include "runtime/Interpreter/Strides.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;

namespace tactus::interpreter {
namespace {

/// Takes each row along `axis` through `compute`, in the wider type.
template <typename T, typename Fn>
void mapRows(const Tensor &input, Tensor &result, int64_t axis, Fn &&compute) {
  auto in = input.data<T>();
  auto out = result.mutableData<T>();
  Shape shape = input.shape();
  int64_t length = shape[axis];
  int64_t stride = stridesOf(shape)[axis];
  Shape strides = stridesOf(shape);
  shape.erase(shape.begin() + axis);
  strides.erase(strides.begin() + axis);
  std::vector<WiderT<T>> row(static_cast<size_t>(length));
  forEachOffset(shape, strides, 0, [&](int64_t, int64_t start) {
    for (int64_t i = 0; i < length; ++i)
      row[i] = widen(in[start + i * stride]);
    compute(row);
    for (int64_t i = 0; i < length; ++i)
      out[start + i * stride] = narrow<T>(row[i]);
  });
}

template <typename W> W largest(const std::vector<W> &row) {
  W best = -std::numeric_limits<W>::infinity();
  for (W x : row)
    if (std::isnan(x) || x > best)
      best = x;
  return best;
}

template <typename W> void softmaxRow(std::vector<W> &row) {
  W shift = largest(row), sum = 0;
  for (W &x : row)
    sum += x = std::exp(x - shift);
  for (W &x : row)
    x /= sum;
}

template <typename W> void logSoftmaxRow(std::vector<W> &row) {
  W shift = largest(row), sum = 0;
  // The largest element gives 1; the others are kept apart for log1p. An
  // infinite one gives NaN, as in softmax.
  bool skipped = std::isinf(shift);
  for (W x : row) {
    if (!skipped && x == shift)
      skipped = true;
    else
      sum += std::exp(x - shift);
  }
  W logarithm = std::log1p(sum);
  for (W &x : row)
    x = (x - shift) - logarithm;
}

template <typename T>
void layerNorm(ir::LayerNormOp op, Operands operands, Tensor &result) {
  using W = WiderT<T>;
  const Tensor &input = operands[0];
  auto in = input.data<T>();
  auto out = result.mutableData<T>();
  int64_t axis = *ir::normalizeAxis(std::nullopt, op.getAxis(), input.rank());
  int64_t length = 1;
  for (int64_t d = axis; d < input.rank(); ++d)
    length *= input.shape()[d];
  // An absent operand is an empty span.
  auto parameterOf = [&](bool present, size_t index) {
    std::vector<W> values;
    if (!present)
      return values;
    const Tensor &tensor = operands[index];
    auto data = tensor.data<T>();
    values.resize(out.size());
    forEachOffset(input.shape(),
                  broadcastStrides(tensor.shape(), input.shape()), 0,
                  [&](int64_t i, int64_t at) { values[i] = widen(data[at]); });
    return values;
  };
  bool hasScale = bool(op.getScale());
  std::vector<W> scale = parameterOf(hasScale, 1);
  std::vector<W> bias = parameterOf(bool(op.getBias()), hasScale ? 2 : 1);
  double epsilon = op.getEpsilon().convertToDouble();
  W small = std::is_same_v<T, double> ? W(epsilon) : W(float(epsilon));

  for (int64_t start = 0; start < int64_t(out.size()); start += length) {
    W sum = 0, squares = 0;
    for (int64_t i = 0; i < length; ++i)
      sum += widen(in[start + i]);
    W mean = sum / W(length);
    for (int64_t i = 0; i < length; ++i) {
      W d = widen(in[start + i]) - mean;
      squares += d * d;
    }
    W deviation = std::sqrt(squares / W(length) + small);
    for (int64_t i = start; i < start + length; ++i) {
      W value = (widen(in[i]) - mean) / deviation;
      if (!scale.empty())
        value *= scale[i];
      if (!bias.empty())
        value += bias[i];
      out[i] = narrow<T>(value);
    }
  }
}

} // namespace

Tensor evalNormalization(Operation *op, Operands operands) {
  Tensor result = Tensor::zeros(staticType(op->getResult(0)));
  if (result.numElements() == 0)
    return result;
  const Tensor &input = operands[0];
  dispatch(result.elementType(), [&](auto tag) {
    using T = decltype(tag);
    if constexpr (isFloatType<T>) {
      using W = WiderT<T>;
      auto axis = [&](int64_t axis) {
        return *ir::normalizeAxis(std::nullopt, axis, input.rank());
      };
      llvm::TypeSwitch<Operation *>(op)
          .Case([&](ir::SoftmaxOp op) {
            mapRows<T>(input, result, axis(op.getAxis()), softmaxRow<W>);
          })
          .Case([&](ir::LogSoftmaxOp op) {
            mapRows<T>(input, result, axis(op.getAxis()), logSoftmaxRow<W>);
          })
          .Case(
              [&](ir::LayerNormOp op) { layerNorm<T>(op, operands, result); });
    }
  });
  return result;
}

} // namespace tactus::interpreter
