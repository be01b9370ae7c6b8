//===- Nearness.cpp - Whether two sides did the same work -----------------===//
#include "tests/benchmarks/Nearness.h"
#include <algorithm>
#include <cmath>

namespace tactus::benchmarks {

/// The largest distance of two elements, as a share of the largest number.
template <typename T>
static double distanceOf(std::span<const T> ours, std::span<const T> theirs) {
  double farthest = 0, largest = 0;
  for (size_t i = 0; i < ours.size(); ++i) {
    double distance = std::fabs(double(ours[i]) - double(theirs[i]));
    // A NaN must not be lost in the maximum.
    farthest = distance <= farthest ? farthest : distance;
    largest = std::max(largest, std::fabs(double(theirs[i])));
    if (std::isnan(farthest))
      return farthest;
  }
  return farthest == 0 ? 0 : farthest / largest;
}

void requireNear(const Tensor &ours, const Tensor &theirs,
                 const std::string &rival) {
  if (ours.type() != theirs.type())
    throw Error("expected " + rival + "'s result to be " + ours.type().str() +
                ", but got " + theirs.type().str());
  if (!isFloat(ours.elementType())) {
    if (!ours.bitwiseEquals(theirs))
      throw Error("expected the numbers of " + rival + ", but got others");
    return;
  }
  double distance = dispatch(ours.elementType(), [&]<typename T>(T) {
    return distanceOf(ours.data<T>(), theirs.data<T>());
  });
  double tolerance = byteSize(ours.elementType()) == 2 ? 2e-2 : 1e-4;
  if (!(distance <= tolerance))
    throw Error("expected results within " + std::to_string(tolerance) +
                " of " + rival + "'s largest number, but got a distance of " +
                std::to_string(distance));
}

} // namespace tactus::benchmarks
