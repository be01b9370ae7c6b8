//===- FuseElementwise.cpp - Chains, and reductions with neighbors --------===//
#include "compiler/Transforms/FusionGroup.h"
#include "compiler/Transforms/FusionRules.h"
#include "compiler/Transforms/Passes.h"

namespace tactus {
#define GEN_PASS_DEF_FUSEELEMENTWISEPASS
#include "compiler/Transforms/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

/// Takes in producers that only the group reads, until none is left that fits.
void takeProducers(FusionGroup &group, const FusionRules &rules) {
  auto isOneKernel = [&](Block &body) { return rules.isLoops(body); };
  SmallVector<Operation *> refused;
  bool changed = true;
  while (changed) {
    changed = false;
    for (Operation *member : llvm::to_vector(group.members()))
      for (Value operand : member->getOperands()) {
        Operation *producer = operand.getDefiningOp();
        if (!producer || isFree(producer) || isa<ir::PackOp>(producer) ||
            group.contains(producer) || rules.isForPrepare(producer) ||
            llvm::is_contained(refused, producer) || !group.isPrivate(producer))
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
    FusionRules rules(getOperation());
    // From the end, so that a group grows from the values that must exist.
    Operation *op = &body.back();
    while (op) {
      Operation *before = op->getPrevNode();
      if (!isFree(op) && !rules.isForPrepare(op)) {
        FusionGroup group(op);
        if (group.fits([&](Block &block) { return rules.isLoops(block); }))
          takeProducers(group, rules);
        before = group.build()->getPrevNode();
      }
      op = before;
    }
  }
};

} // namespace
} // namespace tactus
