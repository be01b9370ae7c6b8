//===- Mutations.cpp - Faults put into the compiler on purpose ------------===//
#include "tests/differential/Mutations.h"
#include "dialects/Systolic/SystolicDialect.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "tests/differential/Faults.h"

using namespace mlir;

namespace tactus::differential {

/// The first instruction that waits no longer waits.
static bool dropTokens(ModuleOp module) {
  return changeFirst<systolic::MatmulOp>(module, [](systolic::MatmulOp op) {
    if (op.getWaits().empty())
      return false;
    op.getWaitsMutable().clear();
    return true;
  });
}

/// An instruction waits for one signal less than it must.
static bool lowerSemaphore(ModuleOp module) {
  return changeFirst<systolic::ActivateOp>(module, [](systolic::ActivateOp op) {
    auto pairs = op->getAttrOfType<DenseI64ArrayAttr>("wait_for");
    if (!pairs || pairs.size() < 2)
      return false;
    SmallVector<int64_t> lower(pairs.asArrayRef());
    --lower[1];
    op->setAttr("wait_for", DenseI64ArrayAttr::get(op.getContext(), lower));
    return true;
  });
}

static bool dropAccumulate(ModuleOp module) {
  return changeFirst<systolic::MatmulOp>(module, [](systolic::MatmulOp op) {
    return bool(op->removeAttr("accumulate"));
  });
}

llvm::ArrayRef<Mutation> mutations() {
  static constexpr Mutation all[] = {
      {"add-to-sub", "fused", exchange<ir::AddOp, ir::SubOp>},
      {"min-to-max", "fused", exchange<ir::MinOp, ir::MaxOp>},
      {"tanh-to-sigmoid", "fused", exchange<ir::TanhOp, ir::SigmoidOp>},
      {"loop-bound", "tiled", shortenLoop},
      {"store", "tiled", dropStore},
      {"mask", "tiled", narrowMask},
      {"arena", "bufferized", overlapArena},
      {"llvm-add-to-sub", "llvm", exchange<LLVM::FAddOp, LLVM::FSubOp>},
      {"token", "tiled", dropTokens},
      {"accumulate", "tiled", dropAccumulate},
      {"semaphore", "scheduled", lowerSemaphore},
  };
  return all;
}

AfterPhase applyAfterPhase(const Mutation &mutation, int64_t &count) {
  return [&](const Phase &phase, ModuleOp module) {
    if (phase.word == mutation.phase)
      count += mutation.apply(module);
  };
}

} // namespace tactus::differential
