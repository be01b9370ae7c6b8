//===- Allocate.cpp - The places of buffers -------------------------------===//
#include "compiler/Transforms/Systolic/Passes.h"
#include "dialects/Systolic/Machine.h"
#include "dialects/Systolic/ModuleMachine.h"

namespace tactus {
#define GEN_PASS_DEF_SYSTOLICALLOCATEPASS
#include "compiler/Transforms/Systolic/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

using namespace tactus::systolic;

struct SystolicAllocatePass final
    : tactus::impl::SystolicAllocatePassBase<SystolicAllocatePass> {
  void runOnOperation() override {
    std::optional<Machine> machine = findMachine(getOperation());
    if (!machine || failed(placeRows(*machine)) || failed(placeDram(*machine)))
      signalPassFailure();
  }

  LogicalResult placeRows(const Machine &machine) {
    Builder builder(&getContext());
    int64_t nextRow = 0, nextSum = 0;
    for (auto alloc : getOperation().getOps<AllocOp>()) {
      bool isSums = isa<AccumulatorsType>(alloc.getType());
      int64_t &next = isSums ? nextSum : nextRow;
      int64_t limit =
          isSums ? machine.accumulatorRows : machine.unifiedBufferRows();
      int64_t rows = alloc.getRows();
      if (rows > limit - next)
        return alloc.emitOpError("expected ")
               << rows << " free rows, but '" << machine.name << "' has "
               << limit - next << " of " << limit << " left";
      alloc.setRowAttr(builder.getI64IntegerAttr(next));
      next += rows;
    }
    return success();
  }

  LogicalResult placeDram(const Machine &machine) {
    Builder builder(&getContext());
    int64_t next = 0;
    for (RoleKind role : {RoleKind::constant, RoleKind::input, RoleKind::output,
                          RoleKind::scratch})
      for (auto dram : getOperation().getOps<DramOp>()) {
        if (dram.getRole() != role)
          continue;
        auto type = cast<RankedTensorType>(dram.getTensor());
        int64_t bytes =
            type.getNumElements() * (type.getElementTypeBitWidth() / 8);
        dram.setAddressAttr(builder.getI64IntegerAttr(next));
        next = llvm::alignTo(next + bytes, 64);
        if (next > machine.dramBytes)
          return dram.emitOpError("expected ")
                 << bytes << " free bytes of DRAM, but '" << machine.name
                 << "' has " << machine.dramBytes << " in all";
      }
    return success();
  }
};

} // namespace
} // namespace tactus
