//===- Schedule.cpp - Loads that run ahead --------------------------------===//
#include "compiler/Transforms/Systolic/FinishProgram.h"
#include "compiler/Transforms/Systolic/Passes.h"

namespace tactus {
#define GEN_PASS_DEF_SYSTOLICSCHEDULEPASS
#include "compiler/Transforms/Systolic/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {

void systolic::scheduleLoads(ProgramOp program) {
  Block &body = program.getBody().front();
  // What each load follows closest of all that stays where it is, by number.
  DenseMap<Operation *, int64_t> anchors;
  DenseMap<Operation *, int64_t> numbers;
  SmallVector<Operation *> staying;
  SmallVector<systolic::DmaLoadOp> loads;
  // Buffers stand before everything that moves; nothing passes a barrier.
  int64_t earliest = 0;
  for (Operation &op : body) {
    if (auto load = dyn_cast<systolic::DmaLoadOp>(op)) {
      int64_t anchor = earliest;
      for (Value operand : load->getOperands()) {
        Operation *producer = operand.getDefiningOp();
        auto other = anchors.find(producer);
        anchor =
            std::max(anchor, other == anchors.end() ? numbers.lookup(producer)
                                                    : other->second);
      }
      anchors[load] = anchor;
      loads.push_back(load);
      continue;
    }
    if (isa<systolic::AllocOp, systolic::DramOp, systolic::FenceOp,
            systolic::HostCallOp>(op))
      earliest = int64_t(staying.size());
    numbers[&op] = int64_t(staying.size());
    staying.push_back(&op);
  }
  // Loads that became free at the same time keep their order. No instruction
  // asks for its place between moves, which would number the whole block.
  SmallVector<Operation *> last(staying);
  for (systolic::DmaLoadOp load : loads) {
    Operation *&place = last[anchors[load]];
    if (load->getPrevNode() != place)
      load->moveAfter(place);
    place = load;
  }
}

namespace {
struct SystolicSchedulePass final
    : tactus::impl::SystolicSchedulePassBase<SystolicSchedulePass> {
  void runOnOperation() override { systolic::scheduleLoads(getOperation()); }
};
} // namespace
} // namespace tactus
