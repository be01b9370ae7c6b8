//===- Bounds.h - How far targets may be from the interpreter ---*- C++ -*-===//
#ifndef TACTUS_COMPILER_DRIVER_BOUNDS_H
#define TACTUS_COMPILER_DRIVER_BOUNDS_H

#include "runtime/Tensor/Compare.h"

namespace tactus {

/// The one table of bounds for whole programs. A target sums in the element
/// type where the interpreter sums wider, so a result may be off by a small
/// part of the largest number in `expected`. Raising a bound needs a decision
/// record.
Tolerance wholeProgramBound(const Tensor &expected);

} // namespace tactus

#endif // TACTUS_COMPILER_DRIVER_BOUNDS_H
