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

/// Takes in producers that only the group reads, until none is left that fits
/// and pays.
void takeProducers(FusionGroup &group, const FusionRules &rules,
                   const FusionCost &cost) {
  auto isOneKernel = [&](Block &body) { return rules.isLoops(body); };
  Operation *root = group.members().front();
  const PreparedValues &prepared = rules.preparedValues();
  bool isAtLoad = prepared.contains(root->getResult(0));
  llvm::SmallPtrSet<Operation *, 8> refused;
  bool changed = true;
  while (changed) {
    changed = false;
    for (Operation *member : llvm::to_vector(group.members()))
      for (Value operand : member->getOperands()) {
        Operation *producer = operand.getDefiningOp();
        if (!producer || isFree(producer) || isa<ir::PackOp>(producer) ||
            group.contains(producer) || rules.isForPrepare(producer) ||
            refused.contains(producer) || !group.isPrivate(producer))
          continue;
        changed = tryAdd(group, producer, root, isOneKernel, cost,
                         !isAtLoad && prepared.contains(operand));
        if (changed)
          break;
        refused.insert(producer);
      }
  }
}

struct FuseElementwisePass final
    : tactus::impl::FuseElementwisePassBase<FuseElementwisePass> {
  using FuseElementwisePassBase::FuseElementwisePassBase;

  void runOnOperation() override {
    Block &body = getOperation().getBody().front();
    FusionRules rules(getOperation());
    FusionCost cost(getOperation(), {vectorBits, vectorRegisters, /*fma=*/true,
                                     byteProducts, l1Bytes, l2Bytes});
    // From the end, so that a group grows from the values that must exist.
    Operation *op = &body.back();
    while (op) {
      Operation *before = op->getPrevNode();
      if (!isFree(op) && !rules.isForPrepare(op)) {
        FusionGroup group(op);
        if (group.fits([&](Block &block) { return rules.isLoops(block); }))
          takeProducers(group, rules, cost);
        before = group.build()->getPrevNode();
      }
      op = before;
    }
  }
};

} // namespace
} // namespace tactus
