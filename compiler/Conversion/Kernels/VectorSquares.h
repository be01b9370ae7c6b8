//===- VectorSquares.h - Matrices that are turned in registers --*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_VECTORSQUARES_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_VECTORSQUARES_H

#include "compiler/Conversion/Kernels/IndexMap.h"
#include "mlir/IR/Builders.h"

namespace tactus {

/// Whether neighbors of `value` at `map` along loop `along` are neighbors in
/// memory while those along `across` are not: vectors along `across` would be
/// gathered.
bool liesAlong(mlir::Value value, const IndexMap &map, unsigned along,
               unsigned across);

/// The columns of the square that has `rows` as its rows, as many vectors as
/// each has lanes, which are a power of two.
llvm::SmallVector<mlir::Value>
transposeSquare(mlir::OpBuilder &builder, mlir::Location loc,
                llvm::SmallVector<mlir::Value> rows);

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_VECTORSQUARES_H
