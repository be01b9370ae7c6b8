//===- FuseActivations.cpp - Contractions and their epilogues -------------===//
#include "compiler/Transforms/FusionGroup.h"
#include "compiler/Transforms/FusionRules.h"
#include "compiler/Transforms/Passes.h"

namespace tactus {
#define GEN_PASS_DEF_FUSEACTIVATIONSPASS
#include "compiler/Transforms/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

struct FuseActivationsPass final
    : tactus::impl::FuseActivationsPassBase<FuseActivationsPass> {
  using FuseActivationsPassBase::FuseActivationsPassBase;

  void runOnOperation() override {
    // Only the function's own block: fused regions are left as they are.
    auto matmuls = llvm::to_vector(
        getOperation().getBody().front().getOps<ir::MatmulOp>());
    FusionRules rules(getOperation());
    FusionCost cost(getOperation(), {vectorBits, vectorRegisters, /*fma=*/true,
                                     byteProducts, l1Bytes, l2Bytes});
    for (ir::MatmulOp matmul : matmuls) {
      if (rules.isForPrepare(matmul))
        continue;
      FusionGroup group(matmul);
      auto fits = [&](Block &body) { return rules.isContraction(body); };
      takeViews(group, matmul, fits, cost, rules.preparedValues());
      takeEpilogue(group, matmul, fits, cost);
      group.build();
    }
  }
};

} // namespace
} // namespace tactus
