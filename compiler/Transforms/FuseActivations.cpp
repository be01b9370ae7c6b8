//===- FuseActivations.cpp - Contractions and their epilogues -------------===//
#include "compiler/Transforms/FusionGroup.h"
#include "compiler/Transforms/FusionRules.h"
#include "compiler/Transforms/Passes.h"
#include "compiler/Transforms/Prepared.h"

namespace tactus {
#define GEN_PASS_DEF_FUSEACTIVATIONSPASS
#include "compiler/Transforms/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

/// Takes in the transposes that only this contraction reads. Those of
/// parameters are made once, at load, where they can be packed too.
void takeOperands(FusionGroup &group, ir::MatmulOp matmul,
                  const FusionRules &rules) {
  for (Value operand : {matmul.getLhs(), matmul.getRhs()}) {
    auto transpose = operand.getDefiningOp<ir::TransposeOp>();
    if (!transpose || !group.isPrivate(transpose) || isPrepared(transpose))
      continue;
    group.add(transpose);
    if (!group.fits([&](Block &body) { return rules.isContraction(body); }))
      group.remove(transpose);
  }
}

/// Follows the one chain of elementwise ops that starts at the contraction.
void takeEpilogue(FusionGroup &group, ir::MatmulOp matmul,
                  const FusionRules &rules) {
  Operation *last = matmul;
  while (last->hasOneUse()) {
    Operation *user = *last->getUsers().begin();
    if (!isa<ir::ElementwiseOpInterface, ir::PiecewiseLinearOp>(user) ||
        user->getBlock() != last->getBlock())
      return;
    group.add(user);
    if (!group.fits([&](Block &body) { return rules.isContraction(body); })) {
      group.remove(user);
      return;
    }
    last = user;
  }
}

struct FuseActivationsPass final
    : tactus::impl::FuseActivationsPassBase<FuseActivationsPass> {
  void runOnOperation() override {
    // Only the function's own block: fused regions are left as they are.
    auto matmuls = llvm::to_vector(
        getOperation().getBody().front().getOps<ir::MatmulOp>());
    FusionRules rules(getOperation());
    for (ir::MatmulOp matmul : matmuls) {
      if (rules.isForPrepare(matmul))
        continue;
      FusionGroup group(matmul);
      takeOperands(group, matmul, rules);
      takeEpilogue(group, matmul, rules);
      group.build();
    }
  }
};

} // namespace
} // namespace tactus
