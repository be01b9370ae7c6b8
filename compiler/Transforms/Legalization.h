//===- Legalization.h - Patterns of tactus-legalize-for-target --*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_LEGALIZATION_H
#define TACTUS_COMPILER_TRANSFORMS_LEGALIZATION_H

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

} // namespace tactus

#endif // TACTUS_COMPILER_TRANSFORMS_LEGALIZATION_H
