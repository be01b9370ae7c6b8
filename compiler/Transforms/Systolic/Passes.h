//===- Passes.h - From kernels to systolic programs -------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PASSES_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PASSES_H

#include "dialects/Systolic/SystolicDialect.h"
#include "mlir/Pass/Pass.h"

namespace tactus {

#define GEN_PASS_DECL
#include "compiler/Transforms/Systolic/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "compiler/Transforms/Systolic/Passes.h.inc"

} // namespace tactus

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PASSES_H
