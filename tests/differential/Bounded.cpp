//===- Bounded.cpp - Values and what may stand for them -------------------===//
#include "tests/differential/Bounded.h"
#include <bit>
#include <cmath>
#include <cstring>

namespace tactus::differential {

bool Bounded::isExact() const {
  return isJudged && low.bitwiseEquals(center) && high.bitwiseEquals(center);
}

template <typename T> static bool isNan(T value) {
  if constexpr (std::is_integral_v<T>)
    return false;
  else
    return std::isnan(double(value));
}

/// Comparable where long double would not be at hand for both.
template <typename T> static auto comparable(T value) {
  if constexpr (std::is_integral_v<T>)
    return int64_t(value);
  else
    return double(value);
}

int64_t Bounded::findOutside(const Tensor &actual) const {
  int64_t outside = -1;
  dispatch(center.elementType(), [&](auto tag) {
    using T = decltype(tag);
    auto a = actual.data<T>(), c = center.data<T>(), l = low.data<T>(),
         h = high.data<T>();
    for (size_t i = 0; i < a.size() && outside < 0; ++i) {
      bool inside = isNan(c[i]) ? isNan(a[i])
                                : comparable(l[i]) <= comparable(a[i]) &&
                                      comparable(a[i]) <= comparable(h[i]);
      if (!inside)
        outside = int64_t(i);
    }
  });
  return outside;
}

//===----------------------------------------------------------------------===//
// Neighbors
//===----------------------------------------------------------------------===//

template <typename T> struct BitsOf;
template <> struct BitsOf<float> {
  using Int = int32_t;
};
template <> struct BitsOf<double> {
  using Int = int64_t;
};
template <> struct BitsOf<Float16> {
  using Int = int16_t;
};
template <> struct BitsOf<BFloat16> {
  using Int = int16_t;
};

/// The float `steps` neighbors above; infinities stay.
template <typename T> static T neighbor(T value, int steps) {
  if (!std::isfinite(double(value)))
    return value;
  using Int = typename BitsOf<T>::Int;
  constexpr Int least = std::numeric_limits<Int>::min();
  // Negative floats are ordered backward.
  auto order = [](Int bits) { return bits < 0 ? Int(least - bits) : bits; };
  constexpr int mantissa = sizeof(T) == 8                ? 52
                           : sizeof(T) == 4              ? 23
                           : std::is_same_v<T, BFloat16> ? 7
                                                         : 10;
  Int infinity = std::numeric_limits<Int>::max() >> mantissa << mantissa;
  Int ordered = Int(order(std::bit_cast<Int>(value)) + steps);
  if (ordered > infinity)
    ordered = infinity;
  if (ordered < -infinity)
    ordered = Int(-infinity);
  return std::bit_cast<T>(order(ordered));
}

Tensor moved(const Tensor &tensor, int ulps,
             const std::vector<double> &distance, bool up) {
  Tensor result = tensor.clone();
  dispatch(tensor.elementType(), [&](auto tag) {
    using T = decltype(tag);
    if constexpr (!std::is_integral_v<T>) {
      std::span<T> elements = result.mutableData<T>();
      for (size_t i = 0; i < elements.size(); ++i) {
        T element = elements[i];
        int steps = ulps;
        if (!distance.empty() && distance[i] != 0 &&
            std::isfinite(double(element))) {
          double shift = up ? distance[i] : -distance[i];
          element = T(double(element) + shift);
          // The sum and its conversion round.
          ++steps;
        }
        elements[i] = neighbor(element, up ? steps : -steps);
      }
    }
  });
  return result;
}

} // namespace tactus::differential
