//===- Passes.h - From tactus ops to arithmetic -----------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_MATH_PASSES_H
#define TACTUS_COMPILER_CONVERSION_MATH_PASSES_H

#include "mlir/Pass/Pass.h"

namespace tactus {

#define GEN_PASS_DECL
#include "compiler/Conversion/Math/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "compiler/Conversion/Math/Passes.h.inc"

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_MATH_PASSES_H
