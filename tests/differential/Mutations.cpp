//===- Mutations.cpp - Faults put into the compiler on purpose ------------===//
#include "tests/differential/Mutations.h"
#include "dialects/Systolic/SystolicDialect.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace tactus::differential {

/// Calls `change` on ops of one kind until it says that it changed one.
template <typename Op, typename Fn>
static bool changeFirst(ModuleOp module, const Fn &change) {
  return module
      .walk([&](Op op) {
        return change(op) ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

template <typename From, typename To> static bool exchange(ModuleOp module) {
  return changeFirst<From>(module, [](From op) {
    OpBuilder builder(op);
    op->replaceAllUsesWith(builder.create(
        op.getLoc(), StringAttr::get(op.getContext(), To::getOperationName()),
        op->getOperands(), op->getResultTypes(), op->getAttrs()));
    op->erase();
    return true;
  });
}

/// The first loop over more than one step runs one step less.
static bool shortenLoop(ModuleOp module) {
  return changeFirst<scf::ForOp>(module, [](scf::ForOp loop) {
    std::optional<int64_t> lower = getConstantIntValue(loop.getLowerBound());
    std::optional<int64_t> upper = getConstantIntValue(loop.getUpperBound());
    std::optional<int64_t> step = getConstantIntValue(loop.getStep());
    if (!lower || !upper || !step || *upper - *lower <= *step)
      return false;
    OpBuilder builder(loop);
    loop.setUpperBound(
        arith::ConstantIndexOp::create(builder, loop.getLoc(), *upper - *step));
    return true;
  });
}

static bool dropStore(ModuleOp module) {
  return changeFirst<vector::StoreOp>(module, [](vector::StoreOp store) {
    store.erase();
    return true;
  });
}

/// The lanes of a tail but one: its last element is not stored.
static bool narrowMask(ModuleOp module) {
  return changeFirst<vector::MaskedStoreOp>(
      module, [](vector::MaskedStoreOp store) {
        OpBuilder builder(store);
        auto type = cast<VectorType>(store.getMask().getType());
        store.getMaskMutable().assign(arith::ConstantOp::create(
            builder, store.getLoc(), DenseElementsAttr::get(type, false)));
        return true;
      });
}

/// Two intermediate results share their place in the arena.
static bool overlapArena(ModuleOp module) {
  return changeFirst<ir::DispatchOp>(module, [](ir::DispatchOp dispatch) {
    auto offsets = dispatch->getAttrOfType<DenseI64ArrayAttr>("offsets");
    if (!offsets || offsets.size() != 1 || offsets[0] <= 0)
      return false;
    dispatch->setAttr("offsets", DenseI64ArrayAttr::get(dispatch.getContext(),
                                                        ArrayRef<int64_t>(0)));
    return true;
  });
}

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
