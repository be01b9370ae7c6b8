//===- Passes.h - From kernels on tensors to loops on memory ----*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_PASSES_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_PASSES_H

#include "mlir/Pass/Pass.h"

namespace tactus {

#define GEN_PASS_DECL
#include "compiler/Conversion/Kernels/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "compiler/Conversion/Kernels/Passes.h.inc"

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_PASSES_H
