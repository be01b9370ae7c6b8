//===- KernelCost.h - About how long a kernel takes -------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_KERNELCOST_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_KERNELCOST_H

#include "compiler/Conversion/Kernels/RegisterTile.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

/// Nanoseconds that one thread of `machine` takes for the region `body`, of
/// static shapes, that ends in `tactus.yield`: what its loops compute, each op
/// as often as they come to it, and the bytes that it moves. Fusion and the
/// number of threads go by it; what a kernel asks for, whoever computes it, is
/// `tactus.work` (KernelWork.h), whose bytes and products these are.
double estimateTime(mlir::Block &body, const VectorMachine &machine);

/// The same as a whole number, of the machine that the figures are from. It
/// only tells what is worth a second thread, so half or twice as long makes no
/// difference.
int64_t estimateCost(ir::KernelOp kernel);

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_KERNELCOST_H
