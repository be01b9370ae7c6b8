//===- AssignSemaphores.cpp - Tokens as counts ----------------------------===//
#include "compiler/Transforms/Systolic/Passes.h"
#include "dialects/Systolic/Encoding.h"
#include "dialects/Systolic/Instructions.h"

namespace tactus {
#define GEN_PASS_DEF_SYSTOLICASSIGNSEMAPHORESPASS
#include "compiler/Transforms/Systolic/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

using namespace tactus::systolic;

/// For each queue, how many of its instructions are known to have completed.
using Clock = std::array<int64_t, numQueues>;

struct SystolicAssignSemaphoresPass final
    : tactus::impl::SystolicAssignSemaphoresPassBase<
          SystolicAssignSemaphoresPass> {
  void runOnOperation() override {
    keepNeeded();
    giveSemaphores();
  }

  /// Reduces each instruction's waits to the latest of each queue that nothing
  /// before implies.
  void keepNeeded() {
    Clock issued = {};
    std::array<Clock, numQueues> known = {};
    DenseMap<Operation *, std::pair<size_t, Clock>> completion;
    Block &body = getOperation().getBody().front();
    for (Operation &op : body) {
      auto instruction = dyn_cast<QueueOpInterface>(op);
      if (!instruction)
        continue;
      size_t own = size_t(*queueOf(&op));
      Clock &clock = known[own];
      clock[own] = issued[own]; // What the queue did before, it has started.
      SmallVector<Value> needed =
          selectWaits(instruction, own, clock, completion);
      instruction.getWaitsMutable().assign(needed);
      Clock after = clock;
      after[own] = ++issued[own];
      completion[&op] = {own, after};
    }
  }

  static SmallVector<Value>
  selectWaits(QueueOpInterface instruction, size_t own, Clock &clock,
              DenseMap<Operation *, std::pair<size_t, Clock>> &completion) {
    // The waits that reach furthest first, so that they imply others.
    SmallVector<Value> waits(instruction.getWaits());
    llvm::stable_sort(waits, [](Value a, Value b) {
      return b.getDefiningOp()->isBeforeInBlock(a.getDefiningOp());
    });
    SmallVector<Value> needed;
    for (Value wait : waits) {
      auto &[queue, done] = completion[wait.getDefiningOp()];
      if (queue == own || clock[queue] >= done[queue])
        continue;
      needed.push_back(wait);
      for (size_t i = 0; i < numQueues; ++i)
        if (i != own)
          clock[i] = std::max(clock[i], done[i]);
    }
    return needed;
  }

  void giveSemaphores() {
    Block &body = getOperation().getBody().front();
    std::array<int64_t, numQueues> signalled = {};
    DenseMap<Operation *, int64_t> counts;
    for (Operation &op : llvm::make_early_inc_range(body)) {
      auto instruction = dyn_cast<QueueOpInterface>(op);
      if (!instruction)
        continue;
      SmallVector<int64_t> pairs;
      for (Value wait : instruction.getWaits()) {
        Operation *producer = wait.getDefiningOp();
        pairs.append({int64_t(*queueOf(producer)), counts[producer]});
      }
      splitWaits(&op, pairs);
      if (!pairs.empty())
        instruction.setWaitFor(ArrayRef<int64_t>(pairs));
      if (!instruction.getToken().use_empty()) {
        size_t queue = size_t(*queueOf(&op));
        instruction.setSignal(queue);
        counts[&op] = ++signalled[queue];
      }
      instruction.getWaitsMutable().clear();
    }
  }

  /// An instruction has room for two waits; more go to instructions before it.
  static void splitWaits(Operation *op, SmallVector<int64_t> &pairs) {
    OpBuilder builder(op);
    while (pairs.size() > 4) {
      auto nop = NopOp::create(
          builder, op->getLoc(), TokenType::get(op->getContext()), ValueRange(),
          QueueKindAttr::get(op->getContext(), QueueKind(*queueOf(op))),
          op->getAttrOfType<IntegerAttr>("layer"),
          builder.getDenseI64ArrayAttr(ArrayRef(pairs).take_front(4)),
          IntegerAttr());
      (void)nop;
      pairs.erase(pairs.begin(), pairs.begin() + 4);
    }
  }
};

} // namespace
} // namespace tactus
