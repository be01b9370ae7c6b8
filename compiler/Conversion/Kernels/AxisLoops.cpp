//===- AxisLoops.cpp - A tensor as rows along one dimension ---------------===//
#include "compiler/Conversion/Kernels/AxisLoops.h"

using namespace mlir;

namespace tactus {

AxisLoops::AxisLoops(RankedTensorType type, int64_t axis) {
  for (auto [d, length] : llvm::enumerate(type.getShape()))
    (int64_t(d) < axis ? outer : int64_t(d) == axis ? size : inner) *= length;
}

void AxisLoops::prepare(ValueEmitter::Place &place) const {
  place.groups = {
      {outer, Outer, false}, {size, Axis, false}, {inner, Inner, false}};
  place.indices.assign(3, nullptr);
  place.numLoops = 3;
  place.vectorGroup = -1;
}

FlatAccess AxisLoops::access(int64_t length) const {
  return {0, {length * inner, inner, 1}};
}

} // namespace tactus
