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

static int64_t ceilDiv(int64_t a, int64_t b) {
  return (a + b - 1) / b;
}

/// How many of row, row + stride, ... of `range` come before `end`.
static int64_t countBefore(const LocalRange &range, int64_t end) {
  if (range.stride <= 0)
    return range.row < end ? range.count : 0;
  return std::clamp<int64_t>(ceilDiv(end - range.row, range.stride), 0,
                             range.count);
}

/// Adds the rows of `range` to those of the banks that they begin in.
template <typename BankRows>
static void addRows(BankRows &banks, const LocalRange &range, int64_t perBank) {
  if (range.stride < 0 || range.stride > perBank) {
    for (int64_t i = 0; i < range.count; ++i)
      banks.push_back({(range.row + i * range.stride) / perBank, range.span});
    return;
  }
  int64_t before = 0;
  for (int64_t bank = range.row / perBank; before < range.count; ++bank) {
    int64_t upTo = countBefore(range, (bank + 1) * perBank);
    banks.push_back({bank, (upTo - before) * range.span});
    before = upTo;
  }
}

/// Sorts by bank and makes the entries of a bank one.
template <typename BankRows> static void mergeBanks(BankRows &banks) {
  std::sort(banks.begin(), banks.end());
  size_t used = 0;
  for (auto [bank, rows] : banks) {
    if (used && banks[used - 1].first == bank)
      banks[used - 1].second += rows;
    else
      banks[used++] = {bank, rows};
  }
  banks.resize(used);
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
    if (isBuffer) {
      addRows(activity.bankRows, range, perBank);
      continue;
    }
    int64_t lower = countBefore(range, half);
    activity.halfRows[0] += lower;
    activity.halfRows[1] += range.count - lower;
  }
  mergeBanks(activity.bankRows);
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
      auto theirs = other.bankRows.begin();
      for (auto [bank, rows] : own.bankRows) {
        while (theirs != other.bankRows.end() && theirs->first < bank)
          ++theirs;
        if (theirs == other.bankRows.end())
          break;
        if (theirs->first == bank)
          lost +=
              std::min(share(rows, both, own.end - own.begin),
                       share(theirs->second, both, other.end - other.begin));
      }
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
