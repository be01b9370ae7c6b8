//===- VectorSquares.h - Matrices that are turned in registers --*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_VECTORSQUARES_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_VECTORSQUARES_H

#include "mlir/IR/Builders.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace tactus {

/// The rows of a square that `load` reads by its columns, the first `columns`
/// of them; the others are 0. It has as many columns as `type` has lanes, a
/// power of two.
mlir::FailureOr<llvm::SmallVector<mlir::Value>> loadSquareByColumns(
    mlir::OpBuilder &builder, mlir::Location loc, mlir::VectorType type,
    int64_t columns,
    llvm::function_ref<mlir::FailureOr<mlir::Value>(int64_t column)> load);

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_VECTORSQUARES_H
