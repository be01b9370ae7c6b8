//===- KernelCost.h - About how long a kernel takes -------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_KERNELCOST_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_KERNELCOST_H

#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

/// Nanoseconds that one thread takes for a kernel of static shapes, from the
/// elements its ops compute and the bytes it moves. It only tells what is worth
/// a second thread, so half or twice as long makes no difference.
int64_t estimateCost(ir::KernelOp kernel);

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_KERNELCOST_H
