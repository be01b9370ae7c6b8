//===- ProgramOrder.cpp - What of a program comes before what -------------===//
#include "dialects/Systolic/ProgramOrder.h"
#include "dialects/Systolic/Instructions.h"
#include "llvm/ADT/DenseMap.h"

using namespace mlir;

namespace tactus::systolic {

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// The places of all buffers; where one has none, they lie one after the other.
static DenseMap<Value, int64_t> placesOf(ProgramOp program) {
  DenseMap<Value, int64_t> places;
  bool isPlaced = true;
  for (Operation &op : program.getBody().front()) {
    if (auto alloc = dyn_cast<AllocOp>(op))
      isPlaced &= alloc.getRow().has_value();
    else if (auto dram = dyn_cast<DramOp>(op))
      isPlaced &= dram.getAddress().has_value();
  }
  int64_t nextRows[2] = {}, nextByte = 0;
  for (Operation &op : program.getBody().front()) {
    if (auto alloc = dyn_cast<AllocOp>(op)) {
      int64_t &next =
          nextRows[isa<AccumulatorsType>(alloc.getBuffer().getType())];
      places[alloc.getBuffer()] = isPlaced ? *alloc.getRow() : next;
      next += alloc.getRows();
    } else if (auto dram = dyn_cast<DramOp>(op)) {
      places[dram.getBuffer()] = isPlaced ? *dram.getAddress() : nextByte;
      auto type = cast<RankedTensorType>(dram.getTensor());
      nextByte += dramBytesOf(type);
    }
  }
  return places;
}

LogicalResult ProgramOrder::readInstructions(ProgramOp program) {
  DenseMap<Value, int64_t> places = placesOf(program);
  size_t count = program.getBody().front().getOperations().size();
  DenseMap<Operation *, uint32_t> indices(count);
  list.reserve(count);
  for (Operation &op : program.getBody().front()) {
    if (!isInstruction(&op))
      continue;
    std::string problem;
    Entry entry;
    entry.op = &op;
    entry.instruction = instructionOf(
        &op, problem, [&](Value buffer) { return places.lookup(buffer); });
    if (!problem.empty())
      return op.emitOpError(problem);
    uint32_t index = list.size();
    if (!entry.instruction.isBarrier()) {
      auto &queue = queues[size_t(entry.instruction.queue)];
      queue.push_back(index);
      entry.position = queue.size();
      indices[&op] = index;
      for (Value token : cast<QueueOpInterface>(op).getWaits())
        entry.waits.push_back(indices.lookup(token.getDefiningOp()));
    }
    list.push_back(std::move(entry));
  }
  return success();
}

/// The i-th signal of a semaphore comes from one known instruction, since one
/// queue gives them all.
LogicalResult ProgramOrder::matchSemaphores() {
  std::array<std::vector<uint32_t>, numSemaphores> signalers;
  for (uint32_t i = 0; i < list.size(); ++i) {
    std::optional<uint8_t> signal = list[i].instruction.signal;
    if (!signal)
      continue;
    std::vector<uint32_t> &others = signalers[*signal];
    Queue queue = list[i].instruction.queue;
    if (!others.empty() && list[others.front()].instruction.queue != queue) {
      InFlightDiagnostic diagnostic =
          list[i].op->emitOpError("expected semaphore ");
      diagnostic << unsigned(*signal) << " to be signalled from queue "
                 << toString(list[others.front()].instruction.queue)
                 << " alone, but got " << toString(queue);
      diagnostic.attachNote(list[others.front()].op->getLoc())
          << "first signalled here";
      return diagnostic;
    }
    others.push_back(i);
  }
  for (Entry &entry : list)
    for (const std::optional<Wait> &wait : entry.instruction.waits) {
      if (!wait)
        continue;
      const std::vector<uint32_t> &others = signalers[wait->semaphore];
      if (wait->count > others.size())
        return entry.op->emitOpError("expected a wait for one of the ")
               << others.size() << " signals of semaphore "
               << unsigned(wait->semaphore) << ", but got one for signal "
               << wait->count;
      entry.waits.push_back(others[wait->count - 1]);
    }
  return success();
}

LogicalResult ProgramOrder::matchTiles() {
  for (uint32_t index : queues[size_t(Queue::WL)])
    if (list[index].instruction.opcode() == Opcode::LoadWeights)
      pushes.push_back(index);
  for (uint32_t index : queues[size_t(Queue::MM)]) {
    Entry &entry = list[index];
    auto *matmul = std::get_if<Matmul>(&entry.instruction.operands);
    if (!matmul)
      continue;
    if (matmul->switchWeights)
      switches.push_back(index);
    if (switches.empty())
      return entry.op->emitOpError(
          "expected the first matmul to switch weights, but got none in use");
    if (switches.size() > pushes.size())
      return entry.op->emitOpError(
                 "expected a weight tile to switch to, but got only ")
             << pushes.size();
    uint32_t push = pushes[switches.size() - 1];
    auto &tile = std::get<LoadWeights>(list[push].instruction.operands);
    if (matmul->switchWeights)
      entry.push = push;
    if (matmul->type == tile.type && matmul->k <= tile.k)
      continue;
    InFlightDiagnostic diagnostic =
        entry.op->emitOpError("expected weights of its type with ")
        << matmul->k << " or more rows, but got " << tile.k << " of "
        << toString(tile.type);
    diagnostic.attachNote(list[push].op->getLoc()) << "declared here";
    return diagnostic;
  }
  if (switches.size() < pushes.size())
    return list[pushes[switches.size()]].op->emitOpError(
        "expected a matmul to use the weight tile, but got none");
  return success();
}

FailureOr<ProgramOrder> ProgramOrder::read(ProgramOp program) {
  ProgramOrder order;
  if (failed(order.readInstructions(program)) || failed(order.matchTiles()) ||
      failed(order.matchSemaphores()))
    return failure();
  return order;
}

std::vector<DramRange> ProgramOrder::dramRanges() const {
  std::vector<DramRange> ranges;
  for (const Entry &entry : list)
    if (!entry.instruction.isBarrier())
      ranges.push_back(dramRange(entry.instruction.operands));
  return ranges;
}

//===----------------------------------------------------------------------===//
// Playing
//===----------------------------------------------------------------------===//

/// Takes instructions from the queues for as long as one can go.
class Player {
public:
  Player(const ProgramOrder &order, int64_t depth)
      : order(order), depth(depth), isDone(order.list.size()) {
    played.reserve(order.list.size());
  }

  FailureOr<std::vector<uint32_t>> run() {
    for (uint32_t i = 0; i < order.list.size(); ++i) {
      if (!order.list[i].instruction.isBarrier())
        continue;
      if (failed(playUpTo(i)))
        return failure();
      take(i);
    }
    return std::move(played);
  }

private:
  void take(uint32_t index) {
    isDone[index] = true;
    played.push_back(index);
  }

  /// The next of a queue that comes before `barrier`.
  uint32_t headOf(int queue, uint32_t barrier) const {
    const std::vector<uint32_t> &list = order.queues[queue];
    bool isOver = next[queue] == list.size() || list[next[queue]] > barrier;
    return isOver ? noInstruction : list[next[queue]];
  }

  /// What has to come before `index` and has not; none where it can go.
  uint32_t findMissing(uint32_t index) const {
    const ProgramOrder::Entry &entry = order.list[index];
    for (uint32_t wait : entry.waits)
      if (!isDone[wait])
        return wait;
    if (entry.push != noInstruction && !isDone[entry.push])
      return entry.push;
    // The tile whose place it takes shifts into the array once the one before
    // that is in use.
    if (entry.instruction.opcode() == Opcode::LoadWeights &&
        int64_t(numPushed) > depth &&
        !isDone[order.switches[numPushed - depth - 1]])
      return order.switches[numPushed - depth - 1];
    return noInstruction;
  }

  LogicalResult playUpTo(uint32_t barrier) {
    bool goesOn = true;
    while (goesOn) {
      goesOn = false;
      for (int queue = 0; queue < numQueues; ++queue)
        for (uint32_t head = headOf(queue, barrier);
             head != noInstruction && findMissing(head) == noInstruction;
             head = headOf(queue, barrier)) {
          take(head);
          ++next[queue];
          numPushed +=
              order.list[head].instruction.opcode() == Opcode::LoadWeights;
          goesOn = true;
        }
    }
    return checkDone(barrier);
  }

  LogicalResult checkDone(uint32_t barrier) const {
    std::vector<uint32_t> heads;
    for (int queue = 0; queue < numQueues; ++queue)
      if (uint32_t head = headOf(queue, barrier); head != noInstruction)
        heads.push_back(head);
    if (heads.empty())
      return success();
    InFlightDiagnostic diagnostic =
        order.list[*std::min_element(heads.begin(), heads.end())]
            .op->emitOpError(
                "expected a queue that can go on, but got a deadlock");
    for (uint32_t head : heads) {
      const ProgramOrder::Entry &entry = order.list[head];
      const ProgramOrder::Entry &missing = order.list[findMissing(head)];
      diagnostic.attachNote(entry.op->getLoc())
          << "queue " << toString(entry.instruction.queue) << " is here, at "
          << toString(entry.instruction.opcode()) << ", which waits for "
          << toString(missing.instruction.opcode()) << " of queue "
          << toString(missing.instruction.queue);
    }
    return diagnostic;
  }

  const ProgramOrder &order;
  int64_t depth;
  std::vector<bool> isDone;
  std::vector<uint32_t> played;
  std::array<uint32_t, numQueues> next = {};
  size_t numPushed = 0;
};

FailureOr<std::vector<uint32_t>> ProgramOrder::play(int64_t depth) const {
  return Player(*this, depth).run();
}

//===----------------------------------------------------------------------===//
// Clocks
//===----------------------------------------------------------------------===//

Clock KnownClocks::begin(uint32_t index, ArrayRef<uint32_t> waits) const {
  const ProgramOrder::Entry &entry = order.entry(index);
  size_t queue = size_t(entry.instruction.queue);
  Clock clock = queueClocks[queue];
  join(clock, barrier);
  for (uint32_t wait : waits)
    join(clock, completed[wait]);
  if (entry.push != noInstruction)
    join(clock, completed[entry.push]);
  return clock;
}

void KnownClocks::complete(uint32_t index, Clock clock) {
  const ProgramOrder::Entry &entry = order.entry(index);
  size_t queue = size_t(entry.instruction.queue);
  // What its queue did before is complete when it is.
  clock[queue] = entry.position;
  queueClocks[queue] = clock;
  completed[index] = clock;
}

void KnownClocks::completeBarrier() {
  for (const Clock &each : queueClocks)
    join(barrier, each);
}

} // namespace tactus::systolic
