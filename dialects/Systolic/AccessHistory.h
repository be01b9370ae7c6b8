//===- AccessHistory.h - Who touched what last ------------------*- C++ -*-===//
//
// Finds the accesses that an instruction must come after: of one place, from
// another queue, at least one of the two a write, and not known to be complete.
// The simulator, the verifier and the assignment of semaphores share it.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_DIALECTS_SYSTOLIC_ACCESSHISTORY_H
#define TACTUS_DIALECTS_SYSTOLIC_ACCESSHISTORY_H

#include "dialects/Systolic/Footprint.h"
#include <map>
#include <vector>

namespace tactus::systolic {

/// How many instructions of each queue are known to have completed.
using Clock = std::array<uint32_t, numQueues>;

inline void join(Clock &clock, const Clock &other) {
  for (int q = 0; q < numQueues; ++q)
    clock[q] = std::max(clock[q], other[q]);
}

/// An access and an earlier one that must be complete before.
struct Conflict {
  /// Of the earlier one: one more than how many of its queue come before it.
  uint32_t position = 0;
  uint8_t queue = 0;
  bool otherIsWrite = false;
  bool isWrite = false;
  /// The first row of local memory that both touch; none of DRAM.
  std::optional<std::pair<Space, int64_t>> row;

  std::string place() const;
};

/// By queue, the latest conflict with it.
using Conflicts = std::array<std::optional<Conflict>, numQueues>;

class AccessHistory {
public:
  /// `ranges` are all of DRAM that will be visited.
  explicit AccessHistory(const std::vector<DramRange> &ranges);

  /// Records the accesses of instruction `position` of `queue`, counted from 1,
  /// and returns those before that `clock` does not know to be complete. It
  /// knows its own queue's.
  Conflicts visit(uint8_t queue, uint32_t position, const Clock &clock,
                  const std::vector<LocalRange> &ranges, const DramRange &dram);
  /// Forgets everything, which all that follows is ordered after.
  void clear();

private:
  /// The last write of a run of rows and the last read of it by each queue, as
  /// positions; 0 is none.
  struct RowState {
    uint32_t write = 0;
    std::array<uint32_t, numQueues> reads = {};
    uint8_t writer = 0;
    bool operator==(const RowState &) const = default;
  };
  /// The state of the rows from each key up to the next.
  using Rows = std::map<int64_t, RowState>;

  struct DramAccess {
    DramRange range;
    uint32_t position;
  };
  /// Bytes of which each access is of no others, and some are written; and who
  /// accessed them, in order, by queue.
  struct Region {
    int64_t begin, end;
    std::array<std::vector<DramAccess>, numQueues> reads = {}, writes = {};
  };
  struct Access {
    uint8_t queue;
    uint32_t position;
    const Clock &clock;
  };

  static Rows::iterator split(Rows &rows, int64_t row);
  static void report(Conflicts &conflicts, const Conflict &conflict);
  void visitRows(const Access &access, const LocalRange &range,
                 Conflicts &conflicts);
  void visitInterval(const Access &access, const LocalRange &range,
                     int64_t begin, int64_t end, Conflicts &conflicts);
  static void check(const Access &access, const LocalRange &range, int64_t row,
                    const RowState &state, Conflicts &conflicts);
  void visitDram(const Access &access, const DramRange &range,
                 Conflicts &conflicts);

  Rows buffer, accumulators;
  std::vector<Region> regions;
};

} // namespace tactus::systolic

#endif // TACTUS_DIALECTS_SYSTOLIC_ACCESSHISTORY_H
