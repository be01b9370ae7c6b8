//===- ScalarConstant.cpp - Numbers written beside values -----------------===//
#include "compiler/Graph/ScalarConstant.h"
#include "runtime/Support/FloatText.h"
#include <cmath>
#include <limits>
#include <utility>

namespace tactus {

static std::string toText(double number) {
  return toShortestString(number);
}
static std::string toText(int64_t number) {
  return std::to_string(number);
}
static std::string toText(uint64_t number) {
  return std::to_string(number);
}

template <typename T> static bool holds(double number) {
  // The end of the range is a power of two, which a double has exactly; the
  // last element itself may not be one.
  return number >= double(std::numeric_limits<T>::min()) &&
         number < std::ldexp(1.0, std::numeric_limits<T>::digits);
}
template <typename T, std::integral N> static bool holds(N number) {
  return std::cmp_greater_equal(number,
                                int64_t(std::numeric_limits<T>::min())) &&
         std::cmp_less_equal(number, int64_t(std::numeric_limits<T>::max()));
}

template <typename T> static std::optional<T> toFloat(double number) {
  T rounded(number);
  if (std::isfinite(number) && !std::isfinite(float(rounded)) &&
      !std::isfinite(double(rounded)))
    return std::nullopt;
  return rounded;
}
template <typename T, std::integral N>
static std::optional<T> toFloat(N number) {
  // Through text, because an integer may have more digits than a double.
  return parseFloat<T>(std::to_string(number));
}

template <typename T, typename N>
static T toElement(N number, const Error::Place &place) {
  std::string name(toString(ElementTypeOf<T>::value));
  if constexpr (std::is_integral_v<T>) {
    if constexpr (std::is_floating_point_v<N>)
      if (std::isfinite(number) && std::trunc(number) != number)
        throw Error(place, "expected a number without a fraction beside " +
                               name + ", but got " + toText(number));
    if (!holds<T>(number))
      throw Error(place,
                  "expected a number from " +
                      std::to_string(int64_t(std::numeric_limits<T>::min())) +
                      " to " +
                      std::to_string(int64_t(std::numeric_limits<T>::max())) +
                      " beside " + name + ", but got " + toText(number));
    return T(number);
  } else {
    std::optional<T> element = toFloat<T>(number);
    if (!element)
      throw Error(place, "expected a number within the range of " + name +
                             ", but got " + toText(number));
    return *element;
  }
}

Tensor tensorOfScalar(const Operand::Scalar &scalar, ElementType type,
                      const Error::Place &place) {
  return dispatch(type, [&](auto zero) {
    using T = decltype(zero);
    return std::visit(
        [&](auto number) {
          return Tensor::fromVector<T>({}, {toElement<T>(number, place)});
        },
        scalar);
  });
}

} // namespace tactus
