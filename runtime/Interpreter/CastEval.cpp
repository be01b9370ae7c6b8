//===- CastEval.cpp - Between element types -------------------------------===//
#include "runtime/Interpreter/Evaluation.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;

namespace tactus::interpreter {

/// Toward zero, to the nearest value that T has; NaN gives 0.
template <typename T, typename W> static T saturate(W value) {
  if (std::isnan(value))
    return 0;
  W low = W(std::numeric_limits<T>::min());
  W past = std::ldexp(W(1), std::numeric_limits<T>::digits);
  if (value < low)
    return std::numeric_limits<T>::min();
  if (value >= past)
    return std::numeric_limits<T>::max();
  return T(value);
}

/// An integer as the nearest number of T, rounded once.
template <typename T> static T roundInteger(int64_t value) {
  if constexpr (std::is_same_v<T, BFloat16>) {
    // double may not hold it; below its last place one sticky bit is enough.
    if (value > (int64_t(1) << 52) || value < -(int64_t(1) << 52))
      value = (value & ~int64_t(4095)) | ((value & 4095) != 0 ? 4096 : 0);
    return T(double(value));
  } else if constexpr (std::is_same_v<T, Float16>) {
    return T(double(value)); // Beyond 2^53 it is infinite anyhow.
  } else {
    return T(value);
  }
}

template <typename To, typename From> static To castElement(From value) {
  if constexpr (isFloatType<From>) {
    auto wide = widen(value);
    if constexpr (std::is_same_v<To, bool>)
      return wide != 0;
    else if constexpr (std::is_same_v<To, double>)
      return double(wide);
    else if constexpr (isFloatType<To>)
      return To(double(wide)); // An f64 is a double already.
    else
      return saturate<To>(wide);
  } else if constexpr (std::is_same_v<To, bool>) {
    return value != 0;
  } else if constexpr (isFloatType<To>) {
    return roundInteger<To>(int64_t(value));
  } else {
    return To(value);
  }
}

Tensor evalCast(ir::CastOp op, const Tensor &input) {
  Tensor result = Tensor::zeros(staticType(op.getResult()));
  dispatch(input.elementType(), [&](auto fromTag) {
    dispatch(result.elementType(), [&](auto toTag) {
      using From = decltype(fromTag);
      using To = decltype(toTag);
      auto in = input.data<From>();
      auto out = result.mutableData<To>();
      for (size_t i = 0; i < out.size(); ++i)
        out[i] = castElement<To>(From(in[i]));
    });
  });
  return result;
}

//===----------------------------------------------------------------------===//
// Quantization
//===----------------------------------------------------------------------===//

/// saturate(roundeven(scaled) + zeroPoint); NaN gives the zero point.
template <typename T> static T quantized(float scaled, int64_t zeroPoint) {
  if (std::isnan(scaled))
    return T(zeroPoint);
  double sum = std::nearbyint(double(scaled)) + double(zeroPoint);
  return saturate<T>(sum);
}

template <typename From, typename Fn>
static Tensor quantizeAll(Value resultValue, const Tensor &input,
                          int64_t zeroPoint, Fn &&scaled) {
  Tensor result = Tensor::zeros(staticType(resultValue));
  auto in = input.data<From>();
  auto fill = [&](auto out) {
    using T = std::remove_reference_t<decltype(out[0])>;
    for (size_t i = 0; i < out.size(); ++i)
      out[i] = quantized<T>(scaled(in[i]), zeroPoint);
  };
  if (result.elementType() == ElementType::U8)
    fill(result.mutableData<uint8_t>());
  else
    fill(result.mutableData<int8_t>());
  return result;
}

static Tensor dequantizeAll(ir::DequantizeOp op, const Tensor &input) {
  Tensor result = Tensor::zeros(staticType(op.getResult()));
  float scale = float(op.getScale().convertToDouble());
  uint32_t zeroPoint = uint32_t(op.getZeroPoint());
  auto out = result.mutableData<float>();
  auto fill = [&](auto in) {
    for (size_t i = 0; i < out.size(); ++i)
      out[i] = float(int32_t(uint32_t(int32_t(in[i])) - zeroPoint)) * scale;
  };
  if (input.elementType() == ElementType::U8)
    fill(input.data<uint8_t>());
  else if (input.elementType() == ElementType::I8)
    fill(input.data<int8_t>());
  else
    fill(input.data<int32_t>());
  return result;
}

Tensor evalQuantization(Operation *op, const Tensor &input) {
  return llvm::TypeSwitch<Operation *, Tensor>(op)
      .Case([&](ir::QuantizeOp op) {
        float scale = float(op.getScale().convertToDouble());
        return quantizeAll<float>(op.getResult(), input, op.getZeroPoint(),
                                  [&](float x) { return x / scale; });
      })
      .Case([&](ir::RequantizeOp op) {
        float scale = float(op.getScale().convertToDouble());
        return quantizeAll<int32_t>(
            op.getResult(), input, op.getZeroPoint(),
            [&](int32_t x) { return float(x) * scale; });
      })
      .Case([&](ir::DequantizeOp op) { return dequantizeAll(op, input); });
}

} // namespace tactus::interpreter
