//===- LoopKernel.h - Kernels that are one loop nest ------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_LOOPKERNEL_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_LOOPKERNEL_H

#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

/// Replaces a kernel of elementwise ops, data movement and reductions over the
/// same axes by a function of loops over 1-D vectors.
mlir::LogicalResult lowerLoopKernel(ir::KernelOp kernel);

/// Whether `body` ends in a `tactus.concat` that `lowerConcatKernel` takes.
bool isConcatKernel(mlir::Block &body);

/// Replaces a kernel of concats, elementwise ops and data movement that ends in
/// a concat.
mlir::LogicalResult lowerConcatKernel(ir::KernelOp kernel);

/// Whether `body` ends in a scatter that `lowerScatterKernel` takes.
bool isScatterKernel(mlir::Block &body);

/// Replaces a kernel of elementwise ops and data movement that ends in a
/// scatter.
mlir::LogicalResult lowerScatterKernel(ir::KernelOp kernel);

/// Replaces a kernel that ends in `tactus.pack`.
mlir::LogicalResult lowerPackKernel(ir::KernelOp kernel);

/// Whether `op` has kernels of its own, which hold nothing beside it and read
/// its operands from memory.
bool isAloneInKernel(mlir::Operation *op);

/// Replaces a kernel of `tactus.cumsum` or `tactus.cumprod`.
void lowerCumulativeKernel(ir::KernelOp kernel);

/// Replaces a kernel of `tactus.sort` or `tactus.top_k`.
void lowerSortKernel(ir::KernelOp kernel);

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_LOOPKERNEL_H
