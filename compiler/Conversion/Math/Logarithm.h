//===- Logarithm.h - Logarithms of pairs ------------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_MATH_LOGARITHM_H
#define TACTUS_COMPILER_CONVERSION_MATH_LOGARITHM_H

#include "compiler/Conversion/Math/MathEmitter.h"

namespace tactus::math {

/// A normal number as 2^exponent * f, f within [0.71, 1.42]; the exponent is an
/// integer of the number's width.
struct NormalParts {
  mlir::Value exponent, f;
};
NormalParts splitNormal(MathEmitter &m, mlir::Value x);

/// log(2^doublings (1 + p)), rounded to a single value, for 1 + p that is a
/// normal number; `doublings` is an integer.
mlir::Value logOfOnePlus(MathEmitter &m, Pair p, mlir::Value doublings);

} // namespace tactus::math

#endif // TACTUS_COMPILER_CONVERSION_MATH_LOGARITHM_H
