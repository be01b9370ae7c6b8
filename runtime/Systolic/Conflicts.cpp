//===- Conflicts.cpp - Memories that two units want at once ---------------===//
//
// Rows are taken to be accessed evenly over the time of an instruction, so two
// that overlap for a while meet as often as the rarer of their accesses of a
// bank in that while.
//
//===----------------------------------------------------------------------===//
#include "runtime/Systolic/Timing.h"
#include <algorithm>

using namespace tactus;
using namespace tactus::systolic;

/// The higher goes first.
static int priorityOf(Queue queue) {
  return queue == Queue::MM ? 2 : queue == Queue::ACT ? 1 : 0;
}

/// How many of `rows`, spread over `whole` cycles, fall into `part` of them.
static int64_t share(int64_t rows, int64_t part, int64_t whole) {
  return whole > 0 ? rows * part / whole : 0;
}

static int64_t overlap(int64_t beginA, int64_t endA, int64_t beginB,
                       int64_t endB) {
  return std::max<int64_t>(0, std::min(endA, endB) - std::max(beginA, beginB));
}

Timing::Activity
Timing::activityOf(uint32_t index,
                   const std::vector<LocalRange> &ranges) const {
  const InstructionTime &own = time[index];
  Activity activity = {index, own.start, own.free, {}, own.start, own.free, {}};
  Opcode opcode = program.instructions[index].opcode();
  if (opcode == Opcode::DmaLoad) {
    // Data arrives a latency after it was asked for.
    activity.begin += own.end - own.free;
    activity.end = own.end;
    activity.accumulatorBegin = activity.begin;
    activity.accumulatorEnd = activity.end;
  } else if (opcode == Opcode::Matmul) {
    activity.accumulatorBegin += machine.arrayDepth();
    activity.accumulatorEnd += machine.arrayDepth();
  }
  int64_t perBank = machine.rowsPerBank(), half = machine.accumulatorRows / 2;
  bool countedSums = false;
  for (const LocalRange &range : ranges) {
    bool isBuffer = range.space == Space::UnifiedBuffer;
    // Adding to a row is one access.
    if (!isBuffer && countedSums)
      continue;
    countedSums |= !isBuffer;
    for (int64_t i = 0; i < range.count; ++i) {
      int64_t row = range.row + i * range.stride;
      if (isBuffer)
        activity.bankRows[row / perBank] += range.span;
      else
        ++activity.halfRows[row >= half];
    }
  }
  return activity;
}

void Timing::resolveConflicts(uint32_t index,
                              const std::vector<LocalRange> &ranges,
                              int64_t now) {
  if (ranges.empty())
    return;
  std::erase_if(underWay, [&](const Activity &other) {
    return time[other.index].end <= now;
  });
  Activity own = activityOf(index, ranges);
  Queue queue = program.instructions[index].queue;
  for (const Activity &other : underWay) {
    Queue otherQueue = program.instructions[other.index].queue;
    if (otherQueue == queue)
      continue;
    if (int64_t both = overlap(own.begin, own.end, other.begin, other.end)) {
      int64_t lost = 0;
      for (auto [bank, rows] : own.bankRows)
        if (auto it = other.bankRows.find(bank); it != other.bankRows.end())
          lost += std::min(share(rows, both, own.end - own.begin),
                           share(it->second, both, other.end - other.begin));
      bool ownLoses = priorityOf(queue) <= priorityOf(otherQueue);
      delay(ownLoses ? index : other.index, lost);
    }
    int64_t both = overlap(own.accumulatorBegin, own.accumulatorEnd,
                           other.accumulatorBegin, other.accumulatorEnd);
    if (!both)
      continue;
    int64_t lost = 0;
    for (int half = 0; half < 2; ++half)
      lost += std::min(share(own.halfRows[half], both,
                             own.accumulatorEnd - own.accumulatorBegin),
                       share(other.halfRows[half], both,
                             other.accumulatorEnd - other.accumulatorBegin));
    delay(index, lost);
    // What came after it on its queue, if anything, has its times already.
    const std::vector<uint32_t> &list = dependences.queues[size_t(otherQueue)];
    uint32_t next = dependences.position[other.index] + 1;
    if (next == list.size() || !time[list[next]].isScheduled())
      delay(other.index, lost);
  }
  underWay.push_back(std::move(own));
}
