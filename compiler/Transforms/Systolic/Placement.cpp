//===- Placement.cpp - Rows for buffers by liveness -----------------------===//
#include "compiler/Transforms/Systolic/Placement.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

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
  explicit Memory(int64_t rows) : owners(rows) {}

  /// Frees what is dead before instruction `now`.
  void advance(int64_t now) {
    llvm::erase_if(live,
                   [&](const Placed &placed) { return placed.last < now; });
  }

  /// The begin of `count` free rows, the next ones after what was given out
  /// last; none where there are none.
  std::optional<int64_t> find(int64_t count) {
    int64_t size = int64_t(owners.size());
    std::optional<int64_t> wrapped;
    int64_t begin = 0;
    auto consider = [&](int64_t from, int64_t to) -> std::optional<int64_t> {
      if (to - from < count)
        return std::nullopt;
      if (std::max(from, next) + count <= to)
        return std::max(from, next);
      if (!wrapped)
        wrapped = from;
      return std::nullopt;
    };
    for (const Placed &placed : live) {
      if (std::optional<int64_t> row = consider(begin, placed.row))
        return row;
      begin = std::max(begin, placed.row + placed.rows);
    }
    if (std::optional<int64_t> row = consider(begin, size))
      return row;
    return wrapped;
  }

  void take(AllocOp alloc, int64_t row, int64_t last,
            SmallVectorImpl<AllocOp> &before) {
    int64_t rows = alloc.getRows();
    llvm::SetVector<Operation *> seen;
    for (int64_t i = row; i < row + rows; ++i) {
      if (owners[i])
        seen.insert(owners[i]);
      owners[i] = alloc;
    }
    for (Operation *owner : seen)
      before.push_back(cast<AllocOp>(owner));
    Placed placed{row, rows, last};
    live.insert(llvm::upper_bound(live, placed,
                                  [](const Placed &a, const Placed &b) {
                                    return a.row < b.row;
                                  }),
                placed);
    next = row + rows;
  }

private:
  struct Placed {
    int64_t row, rows, last;
  };
  /// By row.
  std::vector<Placed> live;
  /// The buffer that had each row last.
  std::vector<Operation *> owners;
  int64_t next = 0;
};

} // namespace

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
  Memory buffer(machine.unifiedBufferRows()),
      accumulators(machine.accumulatorRows);
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

} // namespace tactus::systolic
