//===- FuseAttention.cpp - Two contractions, and what is between them -----===//
#include "compiler/Transforms/FusionGroup.h"
#include "compiler/Transforms/FusionRules.h"
#include "compiler/Transforms/Passes.h"

namespace tactus {
#define GEN_PASS_DEF_FUSEATTENTIONPASS
#include "compiler/Transforms/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

/// Adds to `group`, which holds `first`, all that is computed from it up to the
/// contraction whose left operand that is, and gives the contraction; null
/// where something else is computed from it as well.
ir::MatmulOp takeRows(FusionGroup &group, ir::MatmulOp first) {
  SmallVector<Operation *> left = {first};
  ir::MatmulOp second;
  while (!left.empty() && group.members().size() < mostOpsOfKernel)
    for (Operation *user : left.pop_back_val()->getUsers()) {
      if (user->getBlock() != first->getBlock())
        return nullptr;
      if (group.contains(user))
        continue;
      if (auto matmul = dyn_cast<ir::MatmulOp>(user)) {
        bool isLeft = group.contains(matmul.getLhs().getDefiningOp());
        if (second || !isLeft)
          return nullptr;
        second = matmul;
      } else if (isa<ir::ElementwiseOpInterface, ir::MaxOp, ir::SumOp>(user)) {
        left.push_back(user);
      } else {
        return nullptr;
      }
      group.add(user);
    }
  return left.empty() ? second : nullptr;
}

bool hasReduction(const FusionGroup &group) {
  return llvm::any_of(group.members(), [](Operation *op) {
    return isa<ir::MaxOp, ir::SumOp>(op);
  });
}

/// What the products take, and what is between them, as kernels of their own.
double timeApart(const FusionGroup &group, ir::MatmulOp first,
                 ir::MatmulOp second, const FusionCost &cost) {
  std::optional<FusionGroup> rows;
  for (Operation *op : group.members())
    if (op != first && op != second) {
      if (!rows)
        rows.emplace(op);
      rows->add(op);
    }
  return FusionGroup(first).timeOf(cost) + FusionGroup(second).timeOf(cost) +
         (rows ? rows->timeOf(cost) : 0);
}

/// Adds the two contractions to `taken` where they become one region.
void fuseFrom(ir::MatmulOp first, FusionRules &rules, const FusionCost &cost,
              llvm::SmallPtrSetImpl<Operation *> &taken) {
  FusionGroup group(first);
  ir::MatmulOp second = takeRows(group, first);
  // Without a reduction rows need not be whole, and a constant right operand is
  // packed at load, not by each call.
  if (!second || !hasReduction(group) ||
      rules.preparedValues().contains(first.getRhs()) ||
      rules.preparedValues().contains(second.getRhs()))
    return;
  auto fits = [&](Block &body) { return rules.isAttention(body); };
  FusionCandidate candidate{first, second};
  if (!group.fits(fits)) {
    cost.refuse(candidate);
    return;
  }
  if (!cost.pays(candidate, group.timeOf(cost),
                 timeApart(group, first, second, cost)))
    return;
  takeViews(group, first, fits, cost, rules.preparedValues());
  takeViews(group, second, fits, cost, rules.preparedValues());
  takeEpilogue(group, second, fits, cost);
  taken.insert(first);
  taken.insert(second);
  rules.tellOf(group.build());
}

struct FuseAttentionPass final
    : tactus::impl::FuseAttentionPassBase<FuseAttentionPass> {
  using FuseAttentionPassBase::FuseAttentionPassBase;

  void runOnOperation() override {
    FusionRules rules(getOperation());
    FusionCost cost(getOperation(), {vectorBits, vectorRegisters, /*fma=*/true,
                                     byteProducts, l1Bytes, l2Bytes});
    auto matmuls = llvm::to_vector(
        getOperation().getBody().front().getOps<ir::MatmulOp>());
    llvm::SmallPtrSet<Operation *, 16> taken;
    for (ir::MatmulOp matmul : matmuls)
      // A second contraction goes with its first, and is none itself.
      if (!taken.contains(matmul))
        fuseFrom(matmul, rules, cost, taken);
  }
};

} // namespace
} // namespace tactus
