//===- Hazards.h - Happens-before checks ------------------------*- C++ -*-===//
//
// Two accesses of one place, at least one of them a write, must be ordered: by
// their queue, by a chain of waits and signals, by a barrier, or by the weight
// FIFO. Times do not count, so a program that is right only because one queue
// happens to be slow is refused.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_HAZARDS_H
#define TACTUS_RUNTIME_SYSTOLIC_HAZARDS_H

#include "dialects/Systolic/Footprint.h"
#include "runtime/Systolic/Dependences.h"

namespace tactus::systolic {

/// How many instructions of each queue have completed.
using Clock = std::array<uint32_t, numQueues>;

class Hazards {
public:
  Hazards(const Program &program, const Dependences &dependences);

  /// Checks the accesses of instruction `index`, whose predecessors have been
  /// visited. Throws `Error` at a race.
  void visit(uint32_t index, const std::vector<LocalRange> &ranges);
  /// Everything that was visited comes before what will be.
  void visitBarrier();

private:
  /// The last write of a row and the last read of it by each queue, as one more
  /// than positions in those queues; 0 is none.
  struct RowState {
    uint32_t write = 0;
    uint32_t reads[numQueues] = {};
    uint8_t writer = 0;
  };
  struct DramAccess {
    DramRange range;
    uint8_t queue;
    uint32_t position;
  };

  void visitRange(uint32_t index, const LocalRange &range);
  void checkRow(uint32_t index, const LocalRange &range, int64_t row) const;
  void visitDram(uint32_t index);
  [[noreturn]] void race(uint32_t index, const std::string &place, bool isWrite,
                         uint8_t queue, uint32_t position,
                         bool otherIsWrite) const;

  const Program &program;
  const Dependences &dependences;
  /// Of the instruction that is visited: what completes before it begins.
  Clock clock = {};
  Clock barrier = {};
  std::array<Clock, numQueues> queueClocks = {};
  /// By instruction, for those that signal or push a tile.
  std::vector<Clock> completed;
  std::vector<RowState> buffer, accumulators;
  /// Accesses of DRAM that a store also reaches; few programs have any.
  std::vector<DramAccess> dramReads, dramWrites;
  int64_t storeBegin = INT64_MAX, storeEnd = 0;
};

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_HAZARDS_H
