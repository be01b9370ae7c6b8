//===- Legalization.h - Patterns of tactus-legalize-for-target --*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_LEGALIZATION_H
#define TACTUS_COMPILER_TRANSFORMS_LEGALIZATION_H

#include "dialects/Systolic/Machine.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/PatternMatch.h"

namespace tactus {

/// squeeze, expand_dims, tile, reverse, trilu, split and pad, as reshape,
/// broadcast, slice, select and concat.
void populateShapeLegalization(mlir::RewritePatternSet &patterns);
/// log_sum_exp, norms and variance as reductions and arithmetic.
void populateNormLegalization(mlir::RewritePatternSet &patterns);
/// Tensors from nothing as constants, or as arithmetic on iota.
void populateCreationLegalization(mlir::RewritePatternSet &patterns);
/// For a systolic machine: elementwise ops of floats as those of its units.
void populateVectorUnitLegalization(mlir::RewritePatternSet &patterns);
/// For a systolic machine: reductions of floats as those of rows, in order.
void populateRowLegalization(mlir::RewritePatternSet &patterns);
/// For a CPU: the init and block of a matmul, and piecewise_linear.
void populateCpuLegalization(mlir::RewritePatternSet &patterns);
/// dynamic_quantize
void populateQuantizationLegalization(mlir::RewritePatternSet &patterns);

/// Reports each matmul that `machine` cannot multiply: a type that it lacks, or
/// floats of unknown range where it multiplies i8 alone.
mlir::LogicalResult checkContractions(mlir::func::FuncOp function,
                                      const systolic::Machine &machine);
/// matmul of floats in the types of the array; `checkContractions` has passed.
void populateContractionLegalization(mlir::RewritePatternSet &patterns,
                                     const systolic::Machine &machine);

} // namespace tactus

#endif // TACTUS_COMPILER_TRANSFORMS_LEGALIZATION_H
