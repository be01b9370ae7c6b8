//===- Compare.cpp - How far two tensors are apart ------------------------===//
#include "runtime/Tensor/Compare.h"
#include "runtime/Support/FloatText.h"
#include "runtime/Tensor/Shape.h"
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <limits>

using namespace tactus;

/// Numbers floats in ascending order, both zeros 0.
template <typename Bits> static int64_t ordinal(Bits bits) {
  const Bits sign = Bits(1) << (8 * sizeof(Bits) - 1);
  const int64_t magnitude = int64_t(bits & (sign - 1));
  return bits & sign ? -magnitude : magnitude;
}

template <typename Bits> static uint64_t distance(Bits a, Bits b) {
  const int64_t first = ordinal(a), second = ordinal(b);
  // Two f64 are less than 2^64 steps apart, which int64_t would not hold.
  return first < second ? uint64_t(second) - uint64_t(first)
                        : uint64_t(first) - uint64_t(second);
}

static constexpr uint64_t farthest = std::numeric_limits<uint64_t>::max();

template <typename Bits, typename T> static uint64_t distanceOf(T a, T b) {
  const bool nanA = std::isnan(double(a)), nanB = std::isnan(double(b));
  if (nanA || nanB)
    return nanA && nanB ? 0 : farthest;
  return distance(std::bit_cast<Bits>(a), std::bit_cast<Bits>(b));
}

uint64_t tactus::ulpDistance(float a, float b) {
  return distanceOf<uint32_t>(a, b);
}
uint64_t tactus::ulpDistance(double a, double b) {
  return distanceOf<uint64_t>(a, b);
}
uint64_t tactus::ulpDistance(Float16 a, Float16 b) {
  return distanceOf<uint16_t>(a, b);
}
uint64_t tactus::ulpDistance(BFloat16 a, BFloat16 b) {
  return distanceOf<uint16_t>(a, b);
}

static void countDifferent(Comparison &result, int64_t i) {
  if (result.numDifferent++ == 0)
    result.firstDifferent = i;
}

template <typename T>
static void compareFloats(std::span<const T> actual,
                          std::span<const T> expected,
                          const Tolerance &tolerance, Comparison &result) {
  for (size_t i = 0; i < actual.size(); ++i) {
    const uint64_t ulps = ulpDistance(actual[i], expected[i]);
    if (ulps == 0)
      continue;
    const double a = double(actual[i]), e = double(expected[i]);
    if (result.worst < 0 || ulps > result.maxUlps) {
      result.maxUlps = ulps;
      result.worst = int64_t(i);
    }
    const double absolute = std::fabs(a - e);
    const bool numbers = ulps != farthest;
    if (numbers) {
      result.maxAbsolute = std::max(result.maxAbsolute, absolute);
      if (e != 0 && std::isfinite(e))
        result.maxRelative =
            std::max(result.maxRelative, absolute / std::fabs(e));
    }
    const bool near =
        std::isfinite(a) && std::isfinite(e) &&
        absolute <= tolerance.absolute + tolerance.relative * std::fabs(e);
    if (!near && (!numbers || ulps > tolerance.ulps))
      countDifferent(result, int64_t(i));
  }
}

template <typename T>
static void compareIntegers(std::span<const T> actual,
                            std::span<const T> expected, Comparison &result) {
  for (size_t i = 0; i < actual.size(); ++i) {
    if (actual[i] == expected[i])
      continue;
    countDifferent(result, int64_t(i));
    const bool above = actual[i] > expected[i];
    const uint64_t high = uint64_t(above ? actual[i] : expected[i]);
    const uint64_t low = uint64_t(above ? expected[i] : actual[i]);
    if (result.worst < 0 || high - low > result.maxUlps) {
      result.maxUlps = high - low;
      result.worst = int64_t(i);
    }
    result.maxAbsolute = std::max(result.maxAbsolute, double(high - low));
  }
}

/// `expected 1.5, but got 1.25`.
static std::string describeElement(const Tensor &actual, const Tensor &expected,
                                   int64_t i) {
  return dispatch(actual.elementType(), [&](auto zero) {
    using T = decltype(zero);
    auto text = [&](const Tensor &tensor) -> std::string {
      const T value = tensor.data<T>()[size_t(i)];
      if constexpr (std::is_same_v<T, bool>)
        return value ? "true" : "false";
      else if constexpr (std::is_integral_v<T>)
        return std::to_string(value);
      else
        return toShortestString(value);
    };
    return "expected " + text(expected) + ", but got " + text(actual);
  });
}

static std::string describeDistances(const Comparison &result) {
  std::string out = "at most ";
  if (result.maxUlps == farthest)
    out += "a NaN against a number";
  else
    out += std::to_string(result.maxUlps) + " ulp";
  char buffer[96];
  std::snprintf(buffer, sizeof(buffer), ", %.3g absolute, %.3g relative",
                result.maxAbsolute, result.maxRelative);
  return out + buffer;
}

static std::string describe(const Tensor &actual, const Tensor &expected,
                            const Comparison &result) {
  const bool floats = isFloat(actual.elementType());
  const std::string all = std::to_string(result.numElements) +
                          (result.numElements == 1 ? " element" : " elements");
  if (result.numDifferent == 0) {
    if (result.worst < 0)
      return all + (result.numElements == 1 ? " is equal" : " are equal");
    return all + " within tolerance, " + describeDistances(result);
  }
  std::string out = std::to_string(result.numDifferent) + " of " + all +
                    (result.numDifferent == 1 ? " differs" : " differ") +
                    "; first at " +
                    indexString(result.firstDifferent, actual.shape()) + ": " +
                    describeElement(actual, expected, result.firstDifferent);
  if (result.worst != result.firstDifferent)
    out += "; worst at " + indexString(result.worst, actual.shape()) + ": " +
           describeElement(actual, expected, result.worst);
  return floats ? out + "; " + describeDistances(result) : out;
}

Comparison tactus::compare(const Tensor &actual, const Tensor &expected,
                           const Tolerance &tolerance) {
  Comparison result;
  if (actual.type() != expected.type()) {
    result.sameType = false;
    result.report = "expected " + expected.type().str() + ", but got " +
                    actual.type().str();
    return result;
  }
  result.numElements = actual.numElements();
  dispatch(actual.elementType(), [&](auto zero) {
    using T = decltype(zero);
    if constexpr (std::is_integral_v<T>)
      compareIntegers(actual.data<T>(), expected.data<T>(), result);
    else
      compareFloats(actual.data<T>(), expected.data<T>(), tolerance, result);
  });
  result.report = describe(actual, expected, result);
  return result;
}
