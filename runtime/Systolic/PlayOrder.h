//===- PlayOrder.h - The order in which instructions start ------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_PLAYORDER_H
#define TACTUS_RUNTIME_SYSTOLIC_PLAYORDER_H

#include "runtime/Systolic/Timing.h"

namespace tactus::systolic {

/// Schedules a whole program: always the instruction next that can start first.
class PlayOrder {
public:
  PlayOrder(const Program &program, const Dependences &dependences,
            Timing &timing)
      : program(program), dependences(dependences), timing(timing) {}

  /// Calls `visit(index, ranges)` for each instruction before it is scheduled,
  /// with the rows of the unified buffer and the accumulators that it accesses,
  /// and `visitBarrier(index)` for each barrier. Throws `Error` at a deadlock.
  template <typename Visit, typename VisitBarrier>
  void play(Visit visit, VisitBarrier visitBarrier) {
    for (uint32_t i = 0; i < program.instructions.size(); ++i) {
      if (!program.instructions[i].isBarrier())
        continue;
      for (uint32_t next = first(i); next != noInstruction; next = first(i)) {
        ranges =
            localRanges(program.instructions[next].operands, program.machine);
        visit(next, ranges);
        timing.schedule(next, ranges);
        ++position[size_t(program.instructions[next].queue)];
      }
      visitBarrier(i);
      timing.scheduleBarrier(i);
    }
  }

private:
  /// The instruction before `barrier` that can start first; none where all have
  /// been played.
  uint32_t first(uint32_t barrier) const;
  uint32_t headOf(int queue, uint32_t barrier) const;
  [[noreturn]] void throwDeadlock(uint32_t barrier) const;

  const Program &program;
  const Dependences &dependences;
  Timing &timing;
  std::array<uint32_t, numQueues> position = {};
  std::vector<LocalRange> ranges;
};

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_PLAYORDER_H
