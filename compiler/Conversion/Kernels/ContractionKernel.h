//===- ContractionKernel.h - Kernels around a matrix product ----*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_CONTRACTIONKERNEL_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_CONTRACTIONKERNEL_H

#include "compiler/Conversion/Kernels/RegisterTile.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

/// The contraction that `body` is built around; null where there is none.
ir::MatmulOp findContraction(mlir::Block &body);

/// Whether `body` is one contraction, what its operands are read through, and
/// elementwise ops of its shape: what `lowerContractionKernel` takes.
bool isContractionKernel(mlir::Block &body);

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_CONTRACTIONKERNEL_H
