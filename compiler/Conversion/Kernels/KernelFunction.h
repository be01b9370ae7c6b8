//===- KernelFunction.h - A kernel as a function on flat memory -*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_KERNELFUNCTION_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_KERNELFUNCTION_H

#include "compiler/Conversion/Kernels/IndexChecks.h"
#include "compiler/Conversion/Kernels/ValueEmitter.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace tactus {

/// The function that takes a kernel's place:
///
///   func.func @k(inputs..., outputs..., %scratch, %begin, %end, %status)
///       attributes {tactus.extent, tactus.scratch, tactus.cost, tactus.work}
///
/// Operands and results are flat memrefs; the function runs iterations
/// [begin, end) of `tactus.extent`, which write each their own elements and may
/// run at the same time. `tactus.scratch` is the size in bytes of the memory
/// that each thread lends it, and `tactus.cost` about how many nanoseconds all
/// iterations take one thread. `tactus.work` is what a profile holds its time
/// against (KernelWork.h).
struct KernelFunction {
  mlir::func::FuncOp func;
  mlir::Value scratch, begin, end, status;
  llvm::SmallVector<Buffer> inputs, outputs;
  IndexChecks checks;
};

/// Builds the function in front of `kernel`, with an empty body that returns;
/// `builder` is left at the place where the body belongs.
KernelFunction createKernelFunction(mlir::OpBuilder &builder,
                                    ir::KernelOp kernel, int64_t extent,
                                    int64_t scratchBytes);

/// A flat view of `count` elements of `scratch` from byte `offset` on.
mlir::Value viewScratch(mlir::OpBuilder &builder,
                        const KernelFunction &function, int64_t offset,
                        int64_t count, mlir::Type elementType);

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_KERNELFUNCTION_H
