//===- KernelWork.h - How much a kernel computes and moves ------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_KERNELWORK_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_KERNELWORK_H

#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

/// What one run of `kernel` asks for, as the attribute `tactus.work` of the
/// function that takes its place:
///
///   {bytes = array<i64: 512, 256, 16, 128>, flops = 1088, ops = "matmul add",
///    shape = "f32[8,16] x [16,4]", type = f32}
///
/// `flops` counts what the ops say, not what the code does for them: two for
/// each product of a matmul, one for each element of an elementwise op, be it a
/// sum or a GELU, and of the input of a reduction. Casts, choices, sorts and
/// what moves data count as none. It never overflows: what is past the largest
/// number is that number. `type` is the widest floating-point type among what
/// is counted, or the first type that is; f32 where nothing is.
///
/// `bytes` are those of each operand, then of each result, that have to be
/// moved once: all of a tensor, unless only slices or rows of it are read.
mlir::DictionaryAttr workOf(ir::KernelOp kernel);

/// The bytes of a tensor.
uint64_t bytesOf(mlir::Value value);

/// How much of `value` its users read, at most all of it.
uint64_t bytesRead(mlir::Value value);

/// The products that `op` sums up.
uint64_t productsOf(ir::MatmulOp op);

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_KERNELWORK_H
