//===- Ranges.h - How large the operands of contractions are ----*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_RANGES_H
#define TACTUS_COMPILER_TRANSFORMS_RANGES_H

#include "compiler/Transforms/Prepared.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

/// On a matmul of floats, `array<f32: lhs, rhs>`: the magnitudes of its
/// operands that calibration found; 0 for one that depends on parameters alone,
/// which the program measures itself.
inline constexpr llvm::StringLiteral rangesAttribute = "tactus.ranges";

/// f16, bf16 or f32: what is rounded to the types of a machine's array.
inline bool isRoundable(mlir::Type type) {
  return type.isF16() || type.isBF16() || type.isF32();
}

/// Whether calibration measures the operands of `op`: floats, and not computed
/// once, at load.
inline bool isCalibrated(ir::MatmulOp op) {
  return isRoundable(op.getLhs().getType().getElementType()) &&
         !(isPrepared(op.getLhs()) && isPrepared(op.getRhs()));
}

} // namespace tactus

#endif // TACTUS_COMPILER_TRANSFORMS_RANGES_H
