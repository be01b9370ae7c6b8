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

#include "dialects/Systolic/AccessHistory.h"
#include "runtime/Systolic/Dependences.h"

namespace tactus::systolic {

class Hazards {
public:
  Hazards(const Program &program, const Dependences &dependences);

  /// Checks the accesses of instruction `index`, whose predecessors have been
  /// visited. Throws `Error` at a race.
  void visit(uint32_t index, const std::vector<LocalRange> &ranges);
  /// Everything that was visited comes before what will be.
  void visitBarrier();

private:
  [[noreturn]] void race(uint32_t index, const Conflict &conflict) const;

  const Program &program;
  const Dependences &dependences;
  Clock barrier = {};
  std::array<Clock, numQueues> queueClocks = {};
  /// By instruction, for those that signal or push a tile.
  std::vector<Clock> completed;
  AccessHistory history;
};

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_HAZARDS_H
