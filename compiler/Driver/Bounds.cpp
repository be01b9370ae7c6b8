//===- Bounds.cpp - How far targets may be from the interpreter -----------===//
#include "compiler/Driver/Bounds.h"
#include <cmath>

namespace tactus {

/// The part of the largest element, and of each element, that a result may be
/// off by.
static double boundOf(ElementType type) {
  switch (type) {
  case ElementType::F64:
    return 1e-13;
  case ElementType::F32:
    return 2e-5;
  case ElementType::F16:
    return 4e-3;
  case ElementType::BF16:
    return 3e-2;
  default:
    return 0;
  }
}

Tolerance wholeProgramBound(const Tensor &expected) {
  double bound = boundOf(expected.elementType());
  if (bound == 0)
    return Tolerance::exact();
  double largest = 0;
  dispatch(expected.elementType(), [&](auto tag) {
    for (auto element : expected.data<decltype(tag)>()) {
      double size = std::fabs(double(element));
      if (std::isfinite(size))
        largest = std::max(largest, size);
    }
  });
  return Tolerance::close(bound * largest, bound);
}

} // namespace tactus
