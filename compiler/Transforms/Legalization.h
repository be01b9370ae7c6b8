//===- Legalization.h - Patterns of tactus-legalize-for-target --*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_LEGALIZATION_H
#define TACTUS_COMPILER_TRANSFORMS_LEGALIZATION_H

#include "mlir/IR/PatternMatch.h"

namespace tactus {

/// On a gather that checks the indices of another op: the name of that op.
inline constexpr const char *checkedOpAttribute = "tactus.checked_op";

/// squeeze, expand_dims, tile, reverse, trilu, split and pad, as reshape,
/// broadcast, slice, select and concat.
void populateShapeLegalization(mlir::RewritePatternSet &patterns);
/// log_sum_exp, norms and variance as reductions and arithmetic.
void populateNormLegalization(mlir::RewritePatternSet &patterns);
/// Tensors from nothing as constants, or as arithmetic on iota.
void populateCreationLegalization(mlir::RewritePatternSet &patterns);
/// dynamic_quantize
void populateQuantizationLegalization(mlir::RewritePatternSet &patterns);

} // namespace tactus

#endif // TACTUS_COMPILER_TRANSFORMS_LEGALIZATION_H
