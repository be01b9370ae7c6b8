//===- Joins.cpp - Kernels that put tensors side by side ------------------===//
#include "compiler/Transforms/Systolic/Joins.h"

using namespace mlir;

namespace tactus::systolic {

ir::ConcatOp findJoin(ir::KernelOp kernel) {
  Block &body = kernel.getBody().front();
  auto join = dyn_cast<ir::ConcatOp>(body.front());
  if (!join || join->getNextNode() != body.getTerminator() ||
      !llvm::all_of(join.getInputs(), llvm::IsaPred<BlockArgument>))
    return nullptr;
  return join;
}

SmallVector<JoinedPart> partsOf(ir::DispatchOp dispatch, ir::ConcatOp join,
                                const View &place) {
  int64_t axis = int64_t(join.getAxis());
  if (axis < 0)
    axis += join.getType().getRank();
  SmallVector<JoinedPart> parts;
  View next = place;
  for (Value input : join.getInputs()) {
    parts.push_back(
        {dispatch->getOperand(cast<BlockArgument>(input).getArgNumber()),
         next});
    next.offset += cast<RankedTensorType>(input.getType()).getDimSize(axis) *
                   next.strides[axis];
  }
  return parts;
}

} // namespace tactus::systolic
