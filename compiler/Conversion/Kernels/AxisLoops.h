//===- AxisLoops.h - A tensor as rows along one dimension -------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_AXISLOOPS_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_AXISLOOPS_H

#include "compiler/Conversion/Kernels/KernelFunction.h"

namespace tactus {

/// Three loops over a tensor: the dimensions before an axis, the axis, and
/// those after it.
struct AxisLoops {
  enum Loop : unsigned { Outer, Axis, Inner };
  int64_t outer = 1, size = 1, inner = 1;

  AxisLoops(mlir::RankedTensorType type, int64_t axis);

  /// Enters no loop yet; none is the vector loop.
  void prepare(ValueEmitter::Place &place) const;
  /// The places of a tensor whose rows have `length` elements.
  FlatAccess access(int64_t length) const;
};

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_AXISLOOPS_H
