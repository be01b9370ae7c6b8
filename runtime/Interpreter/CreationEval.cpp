//===- CreationEval.cpp - Tensors from nothing ----------------------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "runtime/Interpreter/Evaluation.h"
#include "runtime/Interpreter/Strides.h"
#include "runtime/Support/FloatText.h"
#include "runtime/Tensor/Random.h"
#include "runtime/Tensor/Shape.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace tactus::interpreter {

static Tensor evalFill(ir::FillOp op) {
  Tensor result = Tensor::zeros(staticType(op.getResult()));
  double value = op.getValue().convertToDouble();
  dispatch(result.elementType(), [&](auto tag) {
    using T = decltype(tag);
    for (auto &element : result.mutableData<T>())
      element = fromNumber<T>(value);
  });
  return result;
}

static Tensor evalIota(ir::IotaOp op) {
  Tensor result = Tensor::zeros(staticType(op.getResult()));
  int64_t axis = *ir::normalizeAxis(std::nullopt, op.getAxis(), result.rank());
  Shape strides(result.shape().size(), 0);
  strides[axis] = 1;
  dispatch(result.elementType(), [&](auto tag) {
    using T = decltype(tag);
    auto out = result.mutableData<T>();
    forEachOffset(result.shape(), strides, 0, [&](int64_t i, int64_t index) {
      out[i] = fromNumber<T>(index);
    });
  });
  return result;
}

static Tensor evalEye(ir::EyeOp op) {
  Tensor result = Tensor::zeros(staticType(op.getResult()));
  int64_t rows = result.shape()[0], columns = result.shape()[1];
  int64_t first = std::clamp<int64_t>(op.getK(), -rows, columns);
  dispatch(result.elementType(), [&](auto tag) {
    using T = decltype(tag);
    auto out = result.mutableData<T>();
    for (int64_t row = std::max<int64_t>(0, -first);
         row < std::min(rows, columns - first); ++row)
      out[row * columns + row + first] = fromNumber<T>(1);
  });
  return result;
}

/// In f64 whatever the element type, so that every target gives the same bits.
static Tensor evalLinspace(ir::LinspaceOp op) {
  Tensor result = Tensor::zeros(staticType(op.getResult()));
  int64_t count = result.numElements();
  double start = op.getStart().convertToDouble();
  double stop = op.getStop().convertToDouble();
  double step = count > 1 ? (stop - start) / double(count - 1) : 0;
  dispatch(result.elementType(), [&](auto tag) {
    using T = decltype(tag);
    auto out = result.mutableData<T>();
    for (int64_t i = 0; i < count; ++i)
      out[i] = fromNumber<T>(
          i > 0 && i == count - 1 ? stop : start + double(i) * step);
  });
  return result;
}

TensorType typeOfRange(Operands operands) {
  ElementType type = operands[0].elementType();
  int64_t size = 0;
  dispatch(type, [&](auto tag) {
    using T = decltype(tag);
    using W = std::conditional_t<isFloatType<T>, double, int64_t>;
    auto at = [&](size_t i) { return W(T(operands[i].data<T>()[0])); };
    auto text = [&](size_t i) {
      T value = operands[i].data<T>()[0];
      if constexpr (isFloatType<T>)
        return toShortestString(value);
      else
        return std::to_string(value);
    };
    std::optional<int64_t> length = ir::rangeLength(at(0), at(1), at(2));
    if (!length)
      throw Error("expected finite bounds, a delta that is not 0 and a tensor "
                  "of 2^40 bytes or less, but got " +
                  text(0) + ", " + text(1) + " and " + text(2));
    size = *length;
  });
  return {type, {size}};
}

/// Floats in f64 whatever the element type, so that every target gives the same
/// bits.
Tensor evalRange(ir::RangeOp op, Operands operands) {
  Tensor result = Tensor::zeros(staticType(op.getResult()));
  dispatch(result.elementType(), [&](auto tag) {
    using T = decltype(tag);
    T start = operands[0].data<T>()[0], delta = operands[2].data<T>()[0];
    auto out = result.mutableData<T>();
    for (int64_t i = 0; i < int64_t(out.size()); ++i)
      if constexpr (isFloatType<T>)
        out[i] = fromNumber<T>(double(start) + double(i) * double(delta));
      else
        out[i] = T(uint64_t(start) + uint64_t(i) * uint64_t(delta));
  });
  return result;
}

Tensor evalOneHot(ir::OneHotOp op, const Tensor &indices,
                  const Tensor &values) {
  Tensor result = Tensor::zeros(staticType(op.getResult()));
  int64_t depth = op.getDepth();
  int64_t axis = *ir::normalizeAxis(std::nullopt, op.getAxis(), result.rank());
  int64_t inner = 1;
  for (int64_t d = axis; d < indices.rank(); ++d)
    inner *= indices.shape()[d];
  // No place of a result without elements is looked at.
  if (result.numElements() == 0)
    return result;
  std::vector<int64_t> places;
  dispatch(indices.elementType(), [&](auto tag) {
    using T = decltype(tag);
    if constexpr (!isFloatType<T>)
      for (int64_t index : indices.data<T>()) {
        if (index < -depth || index >= depth)
          throw Error(describeOutOfRange(index, depth));
        places.push_back(index < 0 ? index + depth : index);
      }
  });
  dispatch(result.elementType(), [&](auto tag) {
    using T = decltype(tag);
    auto from = values.data<T>();
    auto out = result.mutableData<T>();
    std::fill(out.begin(), out.end(), from[0]);
    for (int64_t i = 0; i < int64_t(places.size()); ++i)
      out[(i / inner * depth + places[i]) * inner + i % inner] = from[1];
  });
  return result;
}

Tensor evalCreation(Operation *op) {
  return llvm::TypeSwitch<Operation *, Tensor>(op)
      .Case([&](ir::FillOp op) { return evalFill(op); })
      .Case([&](ir::IotaOp op) { return evalIota(op); })
      .Case([&](ir::EyeOp op) { return evalEye(op); })
      .Case([&](ir::LinspaceOp op) { return evalLinspace(op); })
      .Case([&](ir::RandomOp op) {
        TensorType type = staticType(op.getResult());
        Seed seed(uint64_t(op.getSeed()));
        return op.getDistribution() == ir::Distribution::normal
                   ? randomNormal(type, seed)
                   : Tensor::random(type, seed);
      });
}

} // namespace tactus::interpreter
