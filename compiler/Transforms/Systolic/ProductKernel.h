//===- ProductKernel.h - What of a kernel the array runs --------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PRODUCTKERNEL_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PRODUCTKERNEL_H

#include "dialects/Tactus/TactusDialect.h"

namespace tactus::systolic {

/// [m, k] x [k, n] of i8 to i32, plus a bias, through ReLU and requantization.
struct ProductKernel {
  /// Operands of the kernel; no bias is -1.
  int64_t lhs = 0, rhs = 0, bias = -1;
  int64_t m = 0, k = 0, n = 0;
  bool relu = false;
  /// Absent where the sums are the result.
  std::optional<float> scale;
  int64_t zeroPoint = 0;
};

/// Takes `kernel` apart. Fails after a diagnostic that names the op and says
/// what the array runs.
mlir::FailureOr<ProductKernel> matchProduct(ir::KernelOp kernel);

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PRODUCTKERNEL_H
