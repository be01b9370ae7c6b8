//===- AccessHistory.cpp - Who touched what last --------------------------===//
#include "dialects/Systolic/AccessHistory.h"
#include <algorithm>

using namespace tactus;
using namespace tactus::systolic;

std::string Conflict::place() const {
  if (!row)
    return "DRAM";
  return std::string(toString(row->first)) + " row " +
         std::to_string(row->second);
}

AccessHistory::AccessHistory(const std::vector<DramRange> &ranges) {
  struct Bounds {
    int64_t begin, end;
    bool isWritten;
  };
  std::vector<Bounds> bounds;
  for (const DramRange &range : ranges)
    if (!range.isEmpty())
      bounds.push_back({range.address, range.end(), range.isWrite});
  std::sort(bounds.begin(), bounds.end(),
            [](const Bounds &a, const Bounds &b) { return a.begin < b.begin; });
  std::vector<Bounds> joined;
  for (const Bounds &each : bounds) {
    if (joined.empty() || each.begin >= joined.back().end) {
      joined.push_back(each);
      continue;
    }
    joined.back().end = std::max(joined.back().end, each.end);
    joined.back().isWritten |= each.isWritten;
  }
  // What is only read has no conflicts.
  for (const Bounds &each : joined)
    if (each.isWritten)
      regions.push_back({each.begin, each.end});
  clear();
}

void AccessHistory::clear() {
  for (Rows *rows : {&buffer, &accumulators}) {
    rows->clear();
    rows->emplace(INT64_MIN, RowState());
  }
  for (Region &region : regions)
    for (int q = 0; q < numQueues; ++q) {
      region.reads[q].clear();
      region.writes[q].clear();
    }
}

Conflicts AccessHistory::visit(uint8_t queue, uint32_t position,
                               const Clock &clock,
                               const std::vector<LocalRange> &ranges,
                               const DramRange &dram) {
  Conflicts conflicts;
  Access access = {queue, position, clock};
  for (const LocalRange &range : ranges)
    visitRows(access, range, conflicts);
  if (!dram.isEmpty())
    visitDram(access, dram, conflicts);
  return conflicts;
}

void AccessHistory::report(Conflicts &conflicts, const Conflict &conflict) {
  std::optional<Conflict> &latest = conflicts[conflict.queue];
  if (!latest || latest->position < conflict.position)
    latest = conflict;
}

//===----------------------------------------------------------------------===//
// Local memory
//===----------------------------------------------------------------------===//

/// The run that begins at `row`, which is made if need be.
AccessHistory::Rows::iterator AccessHistory::split(Rows &rows, int64_t row) {
  auto next = rows.upper_bound(row);
  auto here = std::prev(next);
  return here->first == row ? here : rows.emplace_hint(next, row, here->second);
}

void AccessHistory::check(const Access &access, const LocalRange &range,
                          int64_t row, const RowState &state,
                          Conflicts &conflicts) {
  auto add = [&](uint8_t queue, uint32_t position, bool otherIsWrite) {
    if (queue != access.queue && position > access.clock[queue])
      report(conflicts, {position, queue, otherIsWrite, range.isWrite,
                         std::pair(range.space, row)});
  };
  add(state.writer, state.write, true);
  for (uint8_t q = 0; range.isWrite && q < numQueues; ++q)
    add(q, state.reads[q], false);
}

void AccessHistory::visitInterval(const Access &access, const LocalRange &range,
                                  int64_t begin, int64_t end,
                                  Conflicts &conflicts) {
  Rows &rows = range.space == Space::UnifiedBuffer ? buffer : accumulators;
  auto last = split(rows, end), first = split(rows, begin);
  for (auto it = first; it != last; ++it)
    check(access, range, it->first, it->second, conflicts);
  if (range.isWrite) {
    // What is ordered after this write is ordered after the reads before it.
    first->second = RowState();
    first->second.write = access.position;
    first->second.writer = access.queue;
    rows.erase(std::next(first), last);
    return;
  }
  for (auto it = first; it != last; ++it)
    it->second.reads[access.queue] = access.position;
  // Runs that became equal to the one before are one with it.
  for (auto it = std::next(first); it != last;)
    it = it->second == std::prev(it)->second ? rows.erase(it) : std::next(it);
}

void AccessHistory::visitRows(const Access &access, const LocalRange &range,
                              Conflicts &conflicts) {
  int64_t first = range.row, step = range.stride;
  if (step < 0) {
    first += (range.count - 1) * step;
    step = -step;
  }
  int64_t count = step == 0 ? 1 : range.count;
  if (step <= range.span)
    return visitInterval(access, range, first,
                         first + (count - 1) * step + range.span, conflicts);
  for (int64_t i = 0; i < count; ++i)
    visitInterval(access, range, first + i * step,
                  first + i * step + range.span, conflicts);
}

//===----------------------------------------------------------------------===//
// DRAM
//===----------------------------------------------------------------------===//

void AccessHistory::visitDram(const Access &access, const DramRange &range,
                              Conflicts &conflicts) {
  // The latest access of a queue that overlaps; those that the clock knows to
  // be complete come first.
  auto check = [&](const std::vector<DramAccess> &list, uint8_t queue,
                   bool otherIsWrite) {
    for (size_t i = list.size(); i-- > 0;) {
      if (list[i].position <= access.clock[queue])
        return;
      if (range.overlaps(list[i].range))
        return report(conflicts, {list[i].position, queue, otherIsWrite,
                                  range.isWrite, std::nullopt});
    }
  };
  auto region = std::partition_point(
      regions.begin(), regions.end(),
      [&](const Region &each) { return each.end <= range.address; });
  if (region == regions.end() || region->begin >= range.end())
    return;
  for (uint8_t q = 0; q < numQueues; ++q) {
    if (q == access.queue)
      continue;
    check(region->writes[q], q, true);
    if (range.isWrite)
      check(region->reads[q], q, false);
  }
  auto &lists = range.isWrite ? region->writes : region->reads;
  lists[access.queue].push_back({range, access.position});
}
