//===- Logarithm.h - Logarithms of pairs ------------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_MATH_LOGARITHM_H
#define TACTUS_COMPILER_CONVERSION_MATH_LOGARITHM_H

#include "compiler/Conversion/Math/MathEmitter.h"

namespace tactus::math {

/// log(2^doublings (1 + p)), rounded to a single value, for 1 + p that is a
/// normal number; `doublings` is an integer.
mlir::Value logOfOnePlus(MathEmitter &m, Pair p, mlir::Value doublings);

} // namespace tactus::math

#endif // TACTUS_COMPILER_CONVERSION_MATH_LOGARITHM_H
