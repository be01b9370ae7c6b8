//===- NormalTail.h - Tails of the normal distribution ----------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_MATH_NORMALTAIL_H
#define TACTUS_COMPILER_CONVERSION_MATH_NORMALTAIL_H

#include "compiler/Conversion/Math/MathEmitter.h"

namespace tactus::math {

/// e^(a^2 / 2) P(X > a) for a standard normal X and a between 0 and 14.7 (f32)
/// or 39 (f64).
Pair scaledTail(MathEmitter &m, mlir::Value a);

} // namespace tactus::math

#endif // TACTUS_COMPILER_CONVERSION_MATH_NORMALTAIL_H
