//===- CastEval.cpp - Between element types -------------------------------===//
#include "runtime/Interpreter/Evaluation.h"
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

} // namespace tactus::interpreter
