//===- ProgramVerifier.cpp - What holds of a whole program ----------------===//
#include "dialects/Systolic/ModuleMachine.h"
#include "dialects/Systolic/ProgramOrder.h"
#include "mlir/IR/BuiltinOps.h"

using namespace mlir;
using namespace tactus::systolic;

LogicalResult ProgramOp::verify() {
  // (C1)
  auto module = (*this)->getParentOfType<ModuleOp>();
  Attribute attribute =
      module ? module->getAttr(machineAttributeName) : Attribute();
  return machineOf(attribute, [&] { return emitOpError(); });
}

/// (C2)
static LogicalResult verifyAccesses(Operation *op, const Operands &operands,
                                    const Machine &machine) {
  for (const LocalAccess &access : localAccessesOf(op, operands, machine)) {
    auto alloc = access.buffer.getDefiningOp<AllocOp>();
    const LocalRange &range = access.range;
    int64_t reach = (range.count - 1) * range.stride;
    int64_t first = range.row + std::min<int64_t>(reach, 0);
    int64_t last = range.row + std::max<int64_t>(reach, 0) + range.span - 1;
    int64_t rows = alloc.getRows();
    if (first >= 0 && last < rows)
      continue;
    InFlightDiagnostic diagnostic = op->emitOpError("expected rows below ")
                                    << rows << " of its buffer, but got "
                                    << (first < 0 ? first : last);
    diagnostic.attachNote(alloc.getLoc()) << "declared here";
    return diagnostic;
  }
  DramAccess access = dramAccessOf(op, operands);
  if (!access.buffer)
    return success();
  auto dram = access.buffer.getDefiningOp<DramOp>();
  auto type = cast<RankedTensorType>(dram.getTensor());
  int64_t bytes = dramBytesOf(type);
  if (access.range.address >= 0 && access.range.end() <= bytes)
    return success();
  InFlightDiagnostic diagnostic =
      op->emitOpError("expected bytes below ")
      << bytes << " of its tensor, but got "
      << (access.range.address < 0 ? access.range.address
                                   : access.range.end() - 1);
  diagnostic.attachNote(dram.getLoc()) << "declared here";
  return diagnostic;
}

namespace {
/// What may be added to each row of accumulators.
class SumStates {
public:
  enum State { Nothing, Sums, Drained };

  SumStates() { states[INT64_MIN] = Nothing; }

  /// A row of [begin, end) that holds no sums to add to.
  std::optional<std::pair<int64_t, State>> findOther(int64_t begin,
                                                     int64_t end) {
    auto last = split(end);
    for (auto it = split(begin); it != last; ++it)
      if (it->second != Sums)
        return *it;
    return std::nullopt;
  }
  void set(int64_t begin, int64_t end, State state) {
    auto last = split(end), first = split(begin);
    first->second = state;
    states.erase(std::next(first), last);
  }

private:
  std::map<int64_t, State>::iterator split(int64_t row) {
    auto next = states.upper_bound(row);
    auto here = std::prev(next);
    return here->first == row ? here
                              : states.emplace_hint(next, row, here->second);
  }

  /// Of the rows from each key up to the next.
  std::map<int64_t, State> states;
};
} // namespace

/// Calls `visit` with each run of rows of `range`.
template <typename Fn>
static LogicalResult forEachRun(const LocalRange &range, Fn visit) {
  if (range.stride == range.span || range.stride == 0)
    return visit(range.row,
                 range.row +
                     (range.stride ? range.count - 1 : 0) * range.stride +
                     range.span);
  for (int64_t i = 0; i < range.count; ++i) {
    int64_t begin = range.row + i * range.stride;
    if (failed(visit(begin, begin + range.span)))
      return failure();
  }
  return success();
}

/// (C6)
static LogicalResult verifySums(const ProgramOrder::Entry &entry,
                                ArrayRef<LocalRange> ranges,
                                SumStates &states) {
  const Operands &operands = entry.instruction.operands;
  auto *matmul = std::get_if<Matmul>(&operands);
  bool drains = std::holds_alternative<Activate>(operands);
  for (const LocalRange &range : ranges) {
    if (range.space != Space::Accumulators)
      continue;
    LogicalResult result = forEachRun(range, [&](int64_t begin, int64_t end) {
      if (matmul && !range.isWrite) {
        auto other = states.findOther(begin, end);
        if (!other)
          return success();
        return LogicalResult(
            entry.op->emitOpError("expected sums to add to, overwritten or "
                                  "loaded before, but got accumulator row ")
            << std::max(other->first, begin)
            << (other->second == SumStates::Drained
                    ? ", which was drained since"
                    : ", which nothing wrote"));
      }
      if (range.isWrite)
        states.set(begin, end, SumStates::Sums);
      else if (drains)
        states.set(begin, end, SumStates::Drained);
      return success();
    });
    if (failed(result))
      return failure();
  }
  return success();
}

/// (C7)
static LogicalResult verifyOrder(const ProgramOrder &order, uint32_t index,
                                 const Conflicts &conflicts) {
  for (const std::optional<Conflict> &conflict : conflicts) {
    if (!conflict)
      continue;
    Operation *other =
        order.entry(order.at(conflict->queue, conflict->position)).op;
    InFlightDiagnostic diagnostic =
        order.entry(index).op->emitOpError(
            "expected a token between it, which ")
        << (conflict->isWrite ? "writes " : "reads ") << conflict->place()
        << ", and " << other->getName().stripDialect() << ", which "
        << (conflict->otherIsWrite ? "writes" : "reads") << " it, but got none";
    diagnostic.attachNote(other->getLoc()) << "the other is here";
    return diagnostic;
  }
  return success();
}

/// (C3), (C5), (C6), (C7)
static LogicalResult verifyWhole(ProgramOp program, const Machine &machine) {
  FailureOr<ProgramOrder> order = ProgramOrder::read(program);
  if (failed(order))
    return failure();
  FailureOr<std::vector<uint32_t>> played = order->play(machine.fifoTiles);
  if (failed(played))
    return failure();
  KnownClocks clocks(*order);
  AccessHistory history(order->dramRanges());
  SumStates sums;
  for (uint32_t index : *played) {
    const ProgramOrder::Entry &entry = order->entry(index);
    if (entry.instruction.isBarrier()) {
      clocks.completeBarrier();
      history.clear();
      continue;
    }
    std::vector<LocalRange> ranges =
        localRanges(entry.instruction.operands, machine);
    Clock clock = clocks.begin(index, entry.waits);
    Conflicts conflicts =
        history.visit(uint8_t(entry.instruction.queue), entry.position, clock,
                      ranges, dramRange(entry.instruction.operands));
    if (failed(verifyOrder(*order, index, conflicts)) ||
        failed(verifySums(entry, ranges, sums)))
      return failure();
    clocks.complete(index, clock);
  }
  return success();
}

LogicalResult ProgramOp::verifyRegions() {
  std::optional<Machine> machine = findMachine(*this);
  if (!machine)
    return success();
  if (!isa<HaltOp>(getBody().front().getTerminator()))
    return emitOpError("expected the program to end with halt");
  for (Operation &op : getBody().front()) {
    if (!isInstruction(&op))
      continue;
    std::string problem;
    Instruction instruction = instructionOf(&op, problem);
    if (!problem.empty())
      return op.emitOpError(problem);
    if (auto found = findProblem(instruction, *machine))
      return op.emitOpError(*found);
    if (failed(verifyAccesses(&op, instruction.operands, *machine)))
      return failure();
    // (C4)
    if (instruction.layer >= getLayers().size())
      return op.emitOpError("expected a layer below ")
             << getLayers().size() << ", but got " << instruction.layer;
  }
  return verifyWhole(*this, *machine);
}
