//===- Placement.cpp - Rows for buffers by liveness -----------------------===//
#include "compiler/Transforms/Systolic/Placement.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include <map>

using namespace mlir;

namespace tactus::systolic {
namespace {

/// The first and last instruction that accesses a buffer, by number.
struct Life {
  int64_t first = -1, last = -1;
};

/// One memory while it fills.
class Memory {
public:
  /// Buffers that follow one another go to different banks where `spread` says
  /// so, so that what accesses them at one time does not conflict.
  Memory(int64_t rows, int64_t banks, bool spread)
      : size(rows), next(spread ? banks : 1) {}

  /// Frees what is dead before instruction `now`.
  void advance(int64_t now) {
    llvm::erase_if(live,
                   [&](const Placed &placed) { return placed.last < now; });
  }

  /// The begin of `count` free rows: those of the next bank that has them, in
  /// it the ones after what was given out last; else any. None where there are
  /// none.
  std::optional<int64_t> find(int64_t count) {
    auto banks = int64_t(next.size());
    int64_t rows = size / banks;
    for (int64_t i = 1; i <= banks && banks > 1; ++i) {
      int64_t candidate = (bank + i) % banks;
      int64_t begin = candidate * rows;
      if (std::optional<int64_t> row =
              find(count, begin, begin + rows, begin + next[candidate])) {
        bank = candidate;
        next[bank] = *row + count - begin;
        return row;
      }
    }
    std::optional<int64_t> row = find(count, 0, size, banks > 1 ? 0 : next[0]);
    if (row && banks == 1)
      next[0] = *row + count;
    return row;
  }

  void take(AllocOp alloc, int64_t row, int64_t last,
            SmallVectorImpl<AllocOp> &before) {
    int64_t rows = alloc.getRows();
    llvm::SetVector<Operation *> seen;
    splitAt(row);
    splitAt(row + rows);
    auto first = owners.lower_bound(row), end = owners.lower_bound(row + rows);
    for (auto it = first; it != end; ++it)
      seen.insert(it->second.alloc);
    owners.erase(first, end);
    owners[row] = {row + rows, alloc};
    for (Operation *owner : seen)
      before.push_back(cast<AllocOp>(owner));
    Placed placed{row, rows, last};
    live.insert(llvm::upper_bound(live, placed,
                                  [](const Placed &a, const Placed &b) {
                                    return a.row < b.row;
                                  }),
                placed);
  }

private:
  struct Placed {
    int64_t row, rows, last;
  };

  /// Has no run of rows go on over `row`.
  void splitAt(int64_t row) {
    auto after = owners.upper_bound(row);
    if (after == owners.begin())
      return;
    auto &[begin, run] = *std::prev(after);
    if (begin == row || run.end <= row)
      return;
    owners[row] = run;
    run.end = row;
  }

  /// The same of rows [begin, end), from `preferred` on where it can be.
  std::optional<int64_t> find(int64_t count, int64_t begin, int64_t end,
                              int64_t preferred) {
    std::optional<int64_t> wrapped;
    auto consider = [&](int64_t from, int64_t to) -> std::optional<int64_t> {
      if (to - from < count)
        return std::nullopt;
      if (std::max(from, preferred) + count <= to)
        return std::max(from, preferred);
      if (!wrapped)
        wrapped = from;
      return std::nullopt;
    };
    for (const Placed &placed : live) {
      if (placed.row + placed.rows <= begin)
        continue;
      if (placed.row >= end)
        break;
      if (std::optional<int64_t> row = consider(begin, placed.row))
        return row;
      begin = std::max(begin, placed.row + placed.rows);
    }
    if (std::optional<int64_t> row = consider(begin, end))
      return row;
    return wrapped;
  }

  /// By row.
  std::vector<Placed> live;
  int64_t size;
  /// The buffer that had each row last, as runs of rows by their first: a
  /// machine may have more rows than it uses.
  struct Run {
    int64_t end = 0;
    Operation *alloc = nullptr;
  };
  std::map<int64_t, Run> owners;
  /// Of each bank, the rows after what was given out last.
  std::vector<int64_t> next;
  /// The bank that was given out last.
  int64_t bank = -1;
};

} // namespace

static std::optional<std::vector<PlacedBuffer>>
place(ArrayRef<std::pair<Operation *, Life>> order, const Machine &machine,
      bool spread, AllocOp &unplaced) {
  Memory buffer(machine.unifiedBufferRows(), machine.unifiedBufferBanks,
                spread),
      accumulators(machine.accumulatorRows, 1, false);
  std::vector<PlacedBuffer> placed;
  for (auto &[op, life] : order) {
    auto alloc = cast<AllocOp>(op);
    Memory &memory =
        isa<AccumulatorsType>(alloc.getType()) ? accumulators : buffer;
    memory.advance(life.first);
    std::optional<int64_t> row = memory.find(alloc.getRows());
    if (!row) {
      unplaced = alloc;
      return std::nullopt;
    }
    PlacedBuffer place{alloc, *row, {}};
    memory.take(alloc, *row, life.last, place.before);
    placed.push_back(std::move(place));
  }
  return placed;
}

std::optional<std::vector<PlacedBuffer>>
placeBuffers(ProgramOp program, const Machine &machine, AllocOp &unplaced) {
  llvm::MapVector<Operation *, Life> lives;
  int64_t number = 0;
  for (Operation &op : program.getBody().front()) {
    ++number;
    if (isa<AllocOp>(op))
      lives[&op];
    for (Value operand : op.getOperands())
      if (auto alloc = operand.getDefiningOp<AllocOp>()) {
        Life &life = lives[alloc];
        if (life.first < 0)
          life.first = number;
        life.last = number;
      }
  }
  SmallVector<std::pair<Operation *, Life>> order = lives.takeVector();
  llvm::stable_sort(order, [](const auto &a, const auto &b) {
    return a.second.first < b.second.first;
  });
  // Spread, they leave fewer rows that lie together.
  if (auto placed = place(order, machine, true, unplaced))
    return placed;
  return place(order, machine, false, unplaced);
}

} // namespace tactus::systolic
