//===- FuseElementwise.cpp - Chains, and reductions with neighbors --------===//
#include "compiler/Conversion/Kernels/KernelPlan.h"
#include "compiler/Conversion/Kernels/LoopKernel.h"
#include "compiler/Transforms/FusionGroup.h"
#include "compiler/Transforms/Passes.h"

namespace tactus {
#define GEN_PASS_DEF_FUSEELEMENTWISEPASS
#include "compiler/Transforms/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

/// Whether there is a kernel for it: one nest, one for each part of a concat,
/// or those of a scatter.
bool isOneKernel(Block &body) {
  return succeeded(planKernel(body)) || isConcatKernel(body) ||
         isScatterKernel(body);
}

/// Takes in producers that only the group reads, until none is left that fits.
void takeProducers(FusionGroup &group) {
  SmallVector<Operation *> refused;
  bool changed = true;
  while (changed) {
    changed = false;
    for (Operation *member : llvm::to_vector(group.members()))
      for (Value operand : member->getOperands()) {
        Operation *producer = operand.getDefiningOp();
        if (!producer || isFree(producer) || isa<ir::PackOp>(producer) ||
            group.contains(producer) || llvm::is_contained(refused, producer) ||
            !group.isPrivate(producer))
          continue;
        group.add(producer);
        changed = group.fits(isOneKernel);
        if (changed)
          break;
        group.remove(producer);
        refused.push_back(producer);
      }
  }
}

struct FuseElementwisePass final
    : tactus::impl::FuseElementwisePassBase<FuseElementwisePass> {
  void runOnOperation() override {
    Block &body = getOperation().getBody().front();
    // From the end, so that a group grows from the values that must exist.
    Operation *op = &body.back();
    while (op) {
      Operation *before = op->getPrevNode();
      if (!isFree(op)) {
        FusionGroup group(op);
        if (group.fits(isOneKernel))
          takeProducers(group);
        before = group.build()->getPrevNode();
      }
      op = before;
    }
  }
};

} // namespace
} // namespace tactus
