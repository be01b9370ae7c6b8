//===- PlanMemory.cpp - Places in one arena -------------------------------===//
#include "compiler/Transforms/Passes.h"
#include "dialects/Tactus/RegionCalls.h"
#include "runtime/Core/StepList.h"

namespace tactus {
#define GEN_PASS_DEF_PLANMEMORYPASS
#include "compiler/Transforms/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

/// Bytes that need a place from one op of a block to another.
struct Interval {
  int64_t first = 0, last = 0;
  int64_t bytes = 0;
  /// Where the place is to be told.
  int64_t *result = nullptr;
  int64_t offset = 0;
};

int64_t alignedBytes(Type type) {
  auto tensor = cast<RankedTensorType>(type);
  int64_t element =
      llvm::divideCeil(tensor.getElementTypeBitWidth(), uint64_t(8));
  return llvm::alignTo(tensor.getNumElements() * element, bufferAlignment);
}

/// The position of the last op of the block that reads `value` or a view of it,
/// itself or in a region; `returned` becomes true where that is among the
/// function's results.
int64_t lastUse(Value value, const DenseMap<Operation *, int64_t> &positions,
                bool &returned) {
  Block *block = value.getParentBlock();
  int64_t last = positions.lookup(value.getDefiningOp());
  for (Operation *user : value.getUsers()) {
    last =
        std::max(last, positions.lookup(block->findAncestorOpInBlock(*user)));
    returned |= isa<func::ReturnOp>(user);
    if (isa<ir::ReshapeOp>(user))
      last = std::max(last, lastUse(user->getResult(0), positions, returned));
  }
  return last;
}

/// The intervals that have places, to be found by when they live: a list of
/// all would be read to its end for each, and programs have many.
class Timeline {
public:
  explicit Timeline(int64_t numOps)
      : numOps(numOps), begun(numOps), alive(2 * numOps) {}

  void add(const Interval &interval) {
    begun[interval.first].push_back(&interval);
    int64_t begin = interval.first + numOps, end = interval.last + 1 + numOps;
    for (; begin < end; begin /= 2, end /= 2) {
      if (begin % 2)
        alive[begin++].push_back(&interval);
      if (end % 2)
        alive[--end].push_back(&interval);
    }
  }

  /// Those that live at some time that `interval` does.
  SmallVector<const Interval *> besides(const Interval &interval) const {
    SmallVector<const Interval *> found;
    for (int64_t node = interval.first + numOps; node > 0; node /= 2)
      llvm::append_range(found, alive[node]);
    for (int64_t op = interval.first + 1; op <= interval.last; ++op)
      llvm::append_range(found, begun[op]);
    return found;
  }

private:
  using List = SmallVector<const Interval *, 1>;

  int64_t numOps;
  /// Those that begin with each op.
  std::vector<List> begun;
  /// Node n covers nodes 2n and 2n + 1, and node numOps + i is op i: each
  /// interval is in the fewest nodes that cover it together.
  std::vector<List> alive;
};

/// First fit, the largest first: each interval takes the lowest place where no
/// interval that lives at the same time is. Gives the bytes needed.
int64_t place(SmallVectorImpl<Interval> &intervals, int64_t numOps) {
  llvm::stable_sort(intervals, [](const Interval &lhs, const Interval &rhs) {
    return lhs.bytes > rhs.bytes;
  });
  int64_t total = 0;
  Timeline placed(numOps);
  for (Interval &interval : intervals) {
    SmallVector<const Interval *> neighbors = placed.besides(interval);
    llvm::sort(neighbors, [](const Interval *lhs, const Interval *rhs) {
      return lhs->offset < rhs->offset;
    });
    for (const Interval *other : neighbors) {
      if (interval.offset + interval.bytes <= other->offset)
        break;
      interval.offset = std::max(interval.offset, other->offset + other->bytes);
    }
    placed.add(interval);
    *interval.result = interval.offset;
    total = std::max(total, interval.offset + interval.bytes);
  }
  return total;
}

/// Places that an op keeps as an attribute.
struct Places {
  Operation *op;
  StringRef attribute;
  std::unique_ptr<int64_t[]> offsets;
  int64_t size;
};

/// Plans a function, after those that its regions call.
class Planner {
public:
  /// Gives the bytes of the arena, which `function` keeps; nothing after a
  /// diagnostic.
  static FailureOr<int64_t> plan(func::FuncOp function) {
    Planner planner(function);
    for (Operation &op : function.getBody().front()) {
      if (isa<ir::DispatchOp>(op))
        planner.addResults(op, "offsets");
      if (auto control = dyn_cast<ir::ControlOpInterface>(op))
        if (failed(planner.addControl(control)))
          return failure();
    }
    int64_t bytes = place(planner.intervals, planner.positions.size());
    OpBuilder builder(function);
    for (Places &places : planner.all)
      places.op->setAttr(places.attribute,
                         builder.getDenseI64ArrayAttr(
                             {places.offsets.get(), size_t(places.size)}));
    function->setAttr("tactus.arena_bytes", builder.getI64IntegerAttr(bytes));
    return bytes;
  }

private:
  explicit Planner(func::FuncOp function) {
    for (auto [i, op] : llvm::enumerate(function.getBody().front()))
      positions[&op] = int64_t(i);
  }

  int64_t *addPlaces(Operation &op, StringRef attribute, size_t size) {
    all.push_back(
        {&op, attribute, std::make_unique<int64_t[]>(size), int64_t(size)});
    return all.back().offsets.get();
  }

  void addResults(Operation &op, StringRef attribute) {
    int64_t *offsets = addPlaces(op, attribute, op.getNumResults());
    for (auto [i, result] : llvm::enumerate(op.getResults())) {
      bool returned = false;
      int64_t last = lastUse(result, positions, returned);
      if (returned)
        offsets[i] = -1;
      else
        intervals.push_back({positions[&op], last,
                             alignedBytes(result.getType()), &offsets[i]});
    }
  }

  /// Memory of `op` alone, while it runs.
  void addTemporaries(Operation &op, StringRef attribute, TypeRange types) {
    int64_t *offsets = addPlaces(op, attribute, types.size());
    for (auto [i, type] : llvm::enumerate(types))
      intervals.push_back(
          {positions[&op], positions[&op], alignedBytes(type), &offsets[i]});
  }

  LogicalResult addControl(ir::ControlOpInterface control) {
    Operation &op = *control;
    addResults(op, "tactus.offsets");
    // Only one region runs at a time.
    int64_t arena = 0;
    for (Region &region : op.getRegions()) {
      func::FuncOp callee = ir::calleeOf(region);
      if (!callee)
        return op.emitOpError("expected regions that are calls of functions, "
                              "as tactus-outline-regions makes them");
      FailureOr<int64_t> bytes = plan(callee);
      if (failed(bytes))
        return failure();
      arena = std::max(arena, *bytes);
    }
    intervals.push_back(
        {positions[&op], positions[&op],
         int64_t(llvm::alignTo(uint64_t(arena), bufferAlignment)),
         addPlaces(op, "tactus.arena", 1)});
    if (auto loop = dyn_cast<ir::WhileOp>(op)) {
      addTemporaries(op, "tactus.next", op.getResultTypes());
      addTemporaries(
          op, "tactus.flag",
          loop.getCondition().front().getTerminator()->getOperandTypes());
    }
    if (auto scan = dyn_cast<ir::ScanOp>(op)) {
      Block &body = scan.getBody().front();
      size_t numStates = size_t(scan.getNumStates());
      TypeRange yielded = body.getTerminator()->getOperandTypes();
      addTemporaries(op, "tactus.next", yielded.take_front(numStates));
      addTemporaries(op, "tactus.elements", yielded.drop_front(numStates));
      addTemporaries(op, "tactus.slices",
                     ValueRange(body.getArguments().drop_front(numStates)));
    }
    return success();
  }

  DenseMap<Operation *, int64_t> positions;
  SmallVector<Interval> intervals;
  std::vector<Places> all;
};

struct PlanMemoryPass final : tactus::impl::PlanMemoryPassBase<PlanMemoryPass> {
  void runOnOperation() override {
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      // Kernels plan theirs themselves, and regions are part of what calls
      // them.
      if (function->hasAttr("tactus.extent") || function.isExternal() ||
          function.isPrivate() || !function.getBody().hasOneBlock())
        continue;
      if (failed(Planner::plan(function)))
        return signalPassFailure();
    }
  }
};

} // namespace
} // namespace tactus
