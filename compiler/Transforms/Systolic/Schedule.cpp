//===- Schedule.cpp - Loads that run ahead --------------------------------===//
#include "compiler/Transforms/Systolic/Passes.h"

namespace tactus {
#define GEN_PASS_DEF_SYSTOLICSCHEDULEPASS
#include "compiler/Transforms/Systolic/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

struct SystolicSchedulePass final
    : tactus::impl::SystolicSchedulePassBase<SystolicSchedulePass> {
  void runOnOperation() override {
    Block &body = getOperation().getBody().front();
    // Buffers stand before everything that moves.
    Operation *lastBuffer = nullptr;
    for (Operation &op : body)
      if (isa<systolic::AllocOp, systolic::DramOp>(op))
        lastBuffer = &op;
    for (auto load :
         llvm::make_early_inc_range(body.getOps<systolic::DmaLoadOp>())) {
      Operation *last = lastBuffer;
      for (Value operand : load->getOperands()) {
        Operation *producer = operand.getDefiningOp();
        if (last->isBeforeInBlock(producer))
          last = producer;
      }
      // Loads that became free at the same time keep their order.
      while (isa_and_nonnull<systolic::DmaLoadOp>(last->getNextNode()) &&
             last->getNextNode() != load)
        last = last->getNextNode();
      if (last->isBeforeInBlock(load) && !isBarrierBetween(last, load))
        load->moveAfter(last);
    }
  }

  static bool isBarrierBetween(Operation *first, Operation *second) {
    for (Operation *op = first; op != second; op = op->getNextNode())
      if (isa<systolic::FenceOp, systolic::HostCallOp>(op))
        return true;
    return false;
  }
};

} // namespace
} // namespace tactus
