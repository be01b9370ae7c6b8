//===- AttentionKernel.h - Two products in one kernel -----------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_ATTENTIONKERNEL_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_ATTENTIONKERNEL_H

#include "compiler/Conversion/Kernels/RegisterTile.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

/// Whether `body` is a product whose rows, once elementwise ops and reductions
/// along them have been applied, are the left operand of a second: what
/// `lowerAttentionKernel` takes. Of few rows it is not, since each block packs
/// both right operands.
bool isAttentionKernel(mlir::Block &body);

/// Replaces such a kernel by a function whose iterations are blocks of rows: a
/// block's scores stay in memory that is close, and the matrix of all scores is
/// nowhere.
mlir::LogicalResult lowerAttentionKernel(ir::KernelOp kernel,
                                         const VectorMachine &machine);

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_ATTENTIONKERNEL_H
