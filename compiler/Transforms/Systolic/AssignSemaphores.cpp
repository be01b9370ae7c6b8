//===- AssignSemaphores.cpp - Tokens as counts ----------------------------===//
#include "compiler/Transforms/Systolic/FinishProgram.h"
#include "compiler/Transforms/Systolic/Passes.h"
#include "dialects/Systolic/ModuleMachine.h"
#include "dialects/Systolic/ProgramOrder.h"

namespace tactus {
#define GEN_PASS_DEF_SYSTOLICASSIGNSEMAPHORESPASS
#include "compiler/Transforms/Systolic/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

using namespace tactus::systolic;

class Assigner {
public:
  explicit Assigner(ProgramOp program) : program(program) {}

  /// Has each instruction wait for those alone whose accesses conflict with its
  /// own, as far as tokens promise that they come before it and what is known
  /// by then does not imply it. So each wait is at the first instruction that
  /// needs it, and no wait is left that none needs.
  LogicalResult keepNeeded(const Machine &machine) {
    FailureOr<ProgramOrder> order = ProgramOrder::read(program);
    if (failed(order))
      return failure();
    FailureOr<std::vector<uint32_t>> played = order->play(machine.fifoTiles);
    if (failed(played))
      return failure();
    KnownClocks promised(*order), known(*order);
    AccessHistory history(order->dramRanges());
    for (uint32_t index : *played) {
      const ProgramOrder::Entry &entry = order->entry(index);
      if (entry.instruction.isBarrier()) {
        promised.completeBarrier();
        known.completeBarrier();
        history.clear();
        continue;
      }
      promised.complete(index, promised.begin(index, entry.waits));
      Conflicts conflicts =
          history.visit(uint8_t(entry.instruction.queue), entry.position,
                        known.begin(index, {}),
                        localRanges(entry.instruction.operands, machine),
                        dramRange(entry.instruction.operands));
      SmallVector<uint32_t> waits =
          selectWaits(*order, known, conflicts, promised.completion(index));
      known.complete(index, known.begin(index, waits));
      setWaits(*order, index, waits);
    }
    return success();
  }

  void giveSemaphores() {
    Block &body = program.getBody().front();
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

private:
  /// The conflicts that `promised` orders, but for those that others imply.
  static SmallVector<uint32_t> selectWaits(const ProgramOrder &order,
                                           const KnownClocks &known,
                                           const Conflicts &conflicts,
                                           const Clock &promised) {
    SmallVector<uint32_t> candidates, waits;
    for (const std::optional<Conflict> &conflict : conflicts)
      if (conflict && conflict->position <= promised[conflict->queue])
        candidates.push_back(order.at(conflict->queue, conflict->position));
    for (uint32_t wait : candidates) {
      const ProgramOrder::Entry &entry = order.entry(wait);
      size_t queue = size_t(entry.instruction.queue);
      bool isImplied = llvm::any_of(candidates, [&](uint32_t other) {
        return other != wait &&
               known.completion(other)[queue] >= entry.position;
      });
      if (!isImplied)
        waits.push_back(wait);
    }
    return waits;
  }

  static void setWaits(const ProgramOrder &order, uint32_t index,
                       ArrayRef<uint32_t> waits) {
    SmallVector<Value> tokens;
    for (uint32_t wait : waits)
      tokens.push_back(cast<QueueOpInterface>(order.entry(wait).op).getToken());
    cast<QueueOpInterface>(order.entry(index).op)
        .getWaitsMutable()
        .assign(tokens);
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

  ProgramOp program;
};

struct SystolicAssignSemaphoresPass final
    : tactus::impl::SystolicAssignSemaphoresPassBase<
          SystolicAssignSemaphoresPass> {
  void runOnOperation() override {
    std::optional<Machine> machine = findMachine(getOperation());
    if (!machine || failed(assignSemaphores(getOperation(), *machine)))
      signalPassFailure();
  }
};

} // namespace

LogicalResult systolic::assignSemaphores(ProgramOp program,
                                         const Machine &machine) {
  Assigner assigner(program);
  if (failed(assigner.keepNeeded(machine)))
    return failure();
  assigner.giveSemaphores();
  return success();
}

} // namespace tactus
