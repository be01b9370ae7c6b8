//===- PlanMemory.cpp - Places in one arena -------------------------------===//
#include "compiler/Transforms/Passes.h"
#include "dialects/Tactus/TactusDialect.h"
#include "runtime/Core/StepList.h"

namespace tactus {
#define GEN_PASS_DEF_PLANMEMORYPASS
#include "compiler/Transforms/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

/// A dispatch's result that needs a place, from the op that writes it to the
/// last that reads it.
struct Interval {
  Value value;
  int64_t first = 0, last = 0;
  int64_t bytes = 0, offset = 0;

  bool overlaps(const Interval &other) const {
    return first <= other.last && other.first <= last;
  }
};

int64_t alignedBytes(Type type) {
  auto tensor = cast<RankedTensorType>(type);
  int64_t element =
      llvm::divideCeil(tensor.getElementTypeBitWidth(), uint64_t(8));
  return llvm::alignTo(tensor.getNumElements() * element, bufferAlignment);
}

/// The position of the last op that reads `value` or a view of it; `returned`
/// becomes true where that is among the function's results.
int64_t lastUse(Value value, const DenseMap<Operation *, int64_t> &positions,
                bool &returned) {
  int64_t last = positions.lookup(value.getDefiningOp());
  for (Operation *user : value.getUsers()) {
    last = std::max(last, positions.lookup(user));
    returned |= isa<func::ReturnOp>(user);
    if (isa<ir::ReshapeOp>(user))
      last = std::max(last, lastUse(user->getResult(0), positions, returned));
  }
  return last;
}

/// First fit, the largest first: each interval takes the lowest place where no
/// interval that lives at the same time is. Gives the bytes needed.
int64_t place(SmallVectorImpl<Interval> &intervals) {
  llvm::stable_sort(intervals, [](const Interval &lhs, const Interval &rhs) {
    return lhs.bytes > rhs.bytes;
  });
  int64_t total = 0;
  SmallVector<const Interval *> neighbors;
  for (auto [i, interval] : llvm::enumerate(intervals)) {
    neighbors.clear();
    for (const Interval &other : ArrayRef(intervals).take_front(i))
      if (interval.overlaps(other))
        neighbors.push_back(&other);
    llvm::sort(neighbors, [](const Interval *lhs, const Interval *rhs) {
      return lhs->offset < rhs->offset;
    });
    for (const Interval *other : neighbors) {
      if (interval.offset + interval.bytes <= other->offset)
        break;
      interval.offset = std::max(interval.offset, other->offset + other->bytes);
    }
    total = std::max(total, interval.offset + interval.bytes);
  }
  return total;
}

struct PlanMemoryPass final : tactus::impl::PlanMemoryPassBase<PlanMemoryPass> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (!function.getBody().hasOneBlock())
      return;
    Block &body = function.getBody().front();
    DenseMap<Operation *, int64_t> positions;
    for (auto [i, op] : llvm::enumerate(body))
      positions[&op] = i;

    SmallVector<Interval> intervals;
    DenseMap<Value, int64_t> offsets;
    for (auto dispatch : body.getOps<ir::DispatchOp>())
      for (Value result : dispatch.getResults()) {
        bool returned = false;
        int64_t last = lastUse(result, positions, returned);
        if (returned)
          offsets[result] = -1;
        else
          intervals.push_back({result, positions[dispatch], last,
                               alignedBytes(result.getType())});
      }
    int64_t bytes = place(intervals);
    for (const Interval &interval : intervals)
      offsets[interval.value] = interval.offset;

    for (auto dispatch : body.getOps<ir::DispatchOp>()) {
      SmallVector<int64_t> places;
      for (Value result : dispatch.getResults())
        places.push_back(offsets.lookup(result));
      dispatch.setOffsets(places);
    }
    function->setAttr("tactus.arena_bytes",
                      OpBuilder(function).getI64IntegerAttr(bytes));
  }
};

} // namespace
} // namespace tactus
