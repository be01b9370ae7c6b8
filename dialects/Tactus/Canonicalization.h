//===- Canonicalization.h - Rewrites that change no bit ---------*- C++ -*-===//
//
// Each rewrite is exact for every element, NaN and zeros of both signs among
// them. What one op can see of itself alone is its folder.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_DIALECTS_TACTUS_CANONICALIZATION_H
#define TACTUS_DIALECTS_TACTUS_CANONICALIZATION_H

#include "mlir/IR/PatternMatch.h"

namespace tactus::ir {

/// Casts, signs and powers that take fewer ops, or cheaper ones.
void populateArithmeticCanonicalization(mlir::RewritePatternSet &patterns);

/// Ops that move elements: those that move nothing, and several as one.
void populateShapeCanonicalization(mlir::RewritePatternSet &patterns);

} // namespace tactus::ir

#endif // TACTUS_DIALECTS_TACTUS_CANONICALIZATION_H
