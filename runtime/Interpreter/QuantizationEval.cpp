//===- QuantizationEval.cpp - Between floats and small integers -----------===//
#include "runtime/Interpreter/Evaluation.h"
#include "runtime/Interpreter/Strides.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;

namespace tactus::interpreter {
namespace {

/// The integers that quantization gives.
struct Range {
  int64_t low, high;

  explicit Range(ElementType type)
      : low(type == ElementType::U8 ? 0 : -128),
        high(type == ElementType::U8 ? 255 : 127) {}
  int64_t saturate(double value) const {
    return value <= double(low)    ? low
           : value >= double(high) ? high
                                   : int64_t(value);
  }
};

/// saturate(roundeven(scaled) + saturate(zeroPoint)); NaN gives the zero point.
int64_t quantized(float scaled, int64_t zeroPoint, Range range) {
  zeroPoint = range.saturate(double(zeroPoint));
  if (std::isnan(scaled))
    return zeroPoint;
  return range.saturate(std::nearbyint(double(scaled)) + double(zeroPoint));
}

void set(Tensor &result, size_t i, int64_t value) {
  if (result.elementType() == ElementType::U8)
    result.mutableData<uint8_t>()[i] = uint8_t(value);
  else
    result.mutableData<int8_t>()[i] = int8_t(value);
}

/// The elements of an operand that each element of a result reads.
template <typename T> struct Read {
  std::span<const T> elements;
  std::vector<int64_t> places;

  Read(const Tensor &tensor, const std::vector<int64_t> &shape)
      : elements(tensor.data<T>()),
        places(broadcastPlaces(tensor.shape(), shape)) {}
  T operator[](size_t i) const { return elements[size_t(places[i])]; }
};

/// The zero points of an op, 0 where it has none.
std::vector<int32_t>
zeroPoints(Operands operands, const std::vector<int64_t> &shape, size_t count) {
  std::vector<int32_t> points(count, 0);
  if (operands.size() < 3)
    return points;
  Read<int32_t> read(operands[2], shape);
  for (size_t i = 0; i < count; ++i)
    points[i] = read[i];
  return points;
}

template <typename From, typename Fn>
Tensor quantizeAll(Value resultValue, Operands operands, Fn &&scaled) {
  Tensor result = Tensor::zeros(staticType(resultValue));
  std::vector<int64_t> shape = result.shape();
  size_t count = size_t(result.numElements());
  Read<From> input(operands[0], shape);
  Read<float> scale(operands[1], shape);
  std::vector<int32_t> points = zeroPoints(operands, shape, count);
  for (size_t i = 0; i < count; ++i)
    set(result, i,
        quantized(scaled(input[i], scale[i]), points[i],
                  Range(result.elementType())));
  return result;
}

Tensor dequantizeAll(ir::DequantizeOp op, Operands operands) {
  Tensor result = Tensor::zeros(staticType(op.getResult()));
  std::vector<int64_t> shape = result.shape();
  auto out = result.mutableData<float>();
  Read<float> scale(operands[1], shape);
  std::vector<int32_t> points = zeroPoints(operands, shape, out.size());
  auto fill = [&](const auto &input) {
    for (size_t i = 0; i < out.size(); ++i)
      out[i] =
          float(int32_t(uint32_t(int32_t(input[i])) - uint32_t(points[i]))) *
          scale[i];
  };
  if (operands[0].elementType() == ElementType::U8)
    fill(Read<uint8_t>(operands[0], shape));
  else if (operands[0].elementType() == ElementType::I8)
    fill(Read<int8_t>(operands[0], shape));
  else
    fill(Read<int32_t>(operands[0], shape));
  return result;
}

} // namespace

Tensor evalQuantization(Operation *op, Operands operands) {
  return llvm::TypeSwitch<Operation *, Tensor>(op)
      .Case([&](ir::QuantizeOp op) {
        return quantizeAll<float>(op.getResult(), operands,
                                  [](float x, float s) { return x / s; });
      })
      .Case([&](ir::RequantizeOp op) {
        return quantizeAll<int32_t>(
            op.getResult(), operands,
            [](int32_t x, float s) { return float(x) * s; });
      })
      .Case([&](ir::DequantizeOp op) { return dequantizeAll(op, operands); });
}

SmallVector<Tensor> evalDynamicQuantize(ir::DynamicQuantizeOp op,
                                        const Tensor &input) {
  Tensor result = Tensor::zeros(staticType(op.getResult()));
  Tensor scales = Tensor::zeros(staticType(op.getScale()));
  Tensor points = Tensor::zeros(staticType(op.getZeroPoint()));
  Range range(result.elementType());
  auto x = input.data<float>();
  std::vector<int64_t> places = broadcastPlaces(scales.shape(), input.shape());
  // Of 0 and of the elements that share a scale; NaN stays.
  std::vector<float> least(size_t(scales.numElements()), 0);
  std::vector<float> most = least;
  for (size_t i = 0; i < x.size(); ++i) {
    float &low = least[size_t(places[i])], &high = most[size_t(places[i])];
    if (std::isnan(x[i]))
      low = high = x[i];
    low = x[i] < low ? x[i] : low;
    high = x[i] > high ? x[i] : high;
  }
  auto scale = scales.mutableData<float>();
  auto point = points.mutableData<int32_t>();
  for (size_t i = 0; i < least.size(); ++i) {
    // 0 too where a width of the smallest numbers underflows.
    float step = (most[i] - least[i]) / float(range.high - range.low);
    scale[i] = step == 0 ? 1 : step;
    float place = float(range.low) - least[i] / scale[i];
    point[i] = std::isnan(place)
                   ? 0
                   : int32_t(range.saturate(std::nearbyint(double(place))));
  }
  for (size_t i = 0; i < x.size(); ++i) {
    size_t group = size_t(places[i]);
    set(result, i, quantized(x[i] / scale[group], point[group], range));
  }
  return {result, scales, points};
}

} // namespace tactus::interpreter
