//===- KernelPlan.cpp - What loops a kernel becomes -----------------------===//
#include "compiler/Conversion/Kernels/KernelPlan.h"
#include "compiler/Conversion/Kernels/IndexedRead.h"
#include "dialects/Tactus/TactusDialect.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace tactus {

static ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

/// Axes as ODS holds them: absent means all; negative ones count from the end.
static SmallVector<int64_t> resolveAxes(std::optional<ArrayRef<int64_t>> axes,
                                        int64_t rank) {
  SmallVector<int64_t> resolved;
  if (!axes)
    return llvm::to_vector(llvm::seq<int64_t>(0, rank));
  for (int64_t axis : *axes)
    resolved.push_back(axis < 0 ? axis + rank : axis);
  llvm::sort(resolved);
  return resolved;
}

std::optional<Reduction> Reduction::of(Operation *op) {
  return TypeSwitch<Operation *, std::optional<Reduction>>(op)
      .Case<ir::SumOp, ir::ProdOp, ir::MeanOp, ir::MaxOp, ir::MinOp, ir::AnyOp,
            ir::AllOp>([](auto reduce) {
        int64_t rank = shapeOf(reduce.getInput()).size();
        return Reduction{reduce, reduce.getInput(),
                         resolveAxes(reduce.getAxes(), rank),
                         reduce.getKeepdims()};
      })
      .Case<ir::ArgmaxOp, ir::ArgminOp>([](auto reduce) {
        int64_t rank = shapeOf(reduce.getInput()).size();
        int64_t axis = reduce.getAxis();
        return Reduction{reduce, reduce.getInput(),
                         resolveAxes(ArrayRef(axis), rank),
                         reduce.getKeepdims()};
      })
      .Default([](Operation *) { return std::nullopt; });
}

IndexMap KernelPlan::mapOf(SmallVector<int64_t> loops) const {
  for (int64_t &loop : loops)
    if (loop >= 0 && sizes[loop] == 1)
      loop = -1;
  return mapOfLoops(loops, numLoops());
}

FailureOr<IndexMap> KernelPlan::rowMap(ArrayRef<int64_t> shape) const {
  SmallVector<int64_t> kept, all;
  for (unsigned l = 0; l < numLoops(); ++l) {
    all.push_back(reduced[l] ? -1 : int64_t(l));
    if (!reduced[l])
      kept.push_back(l);
  }
  ArrayRef<int64_t> loops = shape.size() == all.size() ? all : kept;
  if (shape.size() != loops.size())
    return failure();
  for (auto [size, loop] : llvm::zip(shape, loops))
    if (size != (loop < 0 ? 1 : sizes[loop]))
      return failure();
  return mapOf(llvm::to_vector(loops));
}

FailureOr<IndexMap> KernelPlan::resultMap(Value result, bool &isRow) const {
  isRow = false;
  if (shapeOf(result) == ArrayRef(sizes))
    return spaceMap();
  isRow = true;
  return rowMap(shapeOf(result));
}

namespace {
/// Walks from the results to the kernel's arguments, noting every access.
class Planner {
public:
  explicit Planner(KernelPlan &plan) : plan(plan) {}

  LogicalResult visit(Value value, const IndexMap &map);
  void addAccess(FlatAccess access) { accesses.push_back(std::move(access)); }
  ArrayRef<FlatAccess> getAccesses() const { return accesses; }

private:
  LogicalResult visitIndexed(Operation *op, const IndexMap &map);

  KernelPlan &plan;
  SmallVector<FlatAccess> accesses;
  /// The places where each value was visited.
  llvm::DenseMap<Value, SmallVector<IndexMap, 1>> seen;
};
} // namespace

LogicalResult Planner::visit(Value value, const IndexMap &map) {
  SmallVector<IndexMap, 1> &places = seen[value];
  if (llvm::is_contained(places, map))
    return success();
  places.push_back(map);
  Operation *op = value.getDefiningOp();
  if (!op) {
    addAccess(flatten(map, shapeOf(value), plan.numLoops()));
    return success();
  }
  if (auto constant = dyn_cast<ir::ConstantOp>(op))
    return success(isa<SplatElementsAttr>(constant.getValue()));
  if (auto iota = dyn_cast<ir::IotaOp>(op)) {
    addAccess(map[iota.getFrontAxis()]);
    return success();
  }
  if (std::optional<Reduction> reduction = Reduction::of(op)) {
    FailureOr<IndexMap> row = plan.rowMap(shapeOf(value));
    return success(succeeded(row) && *row == map);
  }
  if (isa<ir::IndexingOpInterface>(op))
    return visitIndexed(op, map);
  if (op->getNumOperands() == 0)
    return failure();
  for (unsigned i = 0; i < op->getNumOperands(); ++i) {
    FailureOr<IndexMap> read = mapOfOperand(op, i, map);
    if (failed(read) || failed(visit(op->getOperand(i), *read)))
      return failure();
  }
  return success();
}

/// Data is read from memory, since which of its elements is wanted is not known
/// before, or all of it is one value.
LogicalResult Planner::visitIndexed(Operation *op, const IndexMap &map) {
  if (!isa<ir::GatherOp, ir::GatherElementsOp, ir::GatherNdOp>(op))
    return failure();
  FailureOr<IndexedRead> read = IndexedRead::of(op, map, plan.numLoops());
  if (failed(read))
    return failure();
  auto constant = read->data.getDefiningOp<ir::ConstantOp>();
  bool isOneValue = constant && isa<SplatElementsAttr>(constant.getValue());
  if (!isOneValue && !isa<BlockArgument>(read->data))
    return failure();
  addAccess(read->place);
  for (const IndexLookup &lookup : read->lookups)
    if (failed(visit(lookup.indices, lookup.map)))
      return failure();
  plan.indexed.push_back({op, map});
  return success();
}

bool isCheap(Operation *op) {
  return isa<ir::AddOp, ir::SubOp, ir::MulOp, ir::NegOp, ir::MaximumOp,
             ir::MinimumOp, ir::ClampOp, ir::AbsOp, ir::CompareOp, ir::SelectOp,
             ir::LogicalAndOp, ir::LogicalOrOp, ir::LogicalXorOp,
             ir::LogicalNotOp, ir::BitwiseAndOp, ir::BitwiseOrOp,
             ir::BitwiseXorOp, ir::BitwiseNotOp, ir::ReluOp, ir::BroadcastOp,
             ir::TransposeOp, ir::SliceOp, ir::CastOp, ir::IotaOp,
             ir::ConstantOp>(op);
}

/// Notes the passes that need each value of the whole space.
static void
collectPasses(Value value, unsigned pass,
              llvm::MapVector<Value, SmallVector<unsigned>> &passes) {
  Operation *op = value.getDefiningOp();
  if (!op || Reduction::of(op))
    return;
  SmallVector<unsigned> &seen = passes[value];
  if (!seen.empty() && seen.back() == pass)
    return;
  seen.push_back(pass);
  for (Value operand : op->getOperands())
    collectPasses(operand, pass, passes);
}

static void chooseKept(KernelPlan &plan, ValueRange results) {
  llvm::MapVector<Value, SmallVector<unsigned>> passes;
  for (auto [pass, reduction] : llvm::enumerate(plan.reductions))
    collectPasses(reduction.input, pass, passes);
  for (Value result : results)
    collectPasses(result, plan.reductions.size(), passes);
  auto worthKeeping = [&](Value value) {
    auto found = passes.find(value);
    return found != passes.end() && found->second.size() > 1 &&
           !isCheap(value.getDefiningOp()) &&
           shapeOf(value) == ArrayRef(plan.sizes);
  };
  auto isKept = [&](Operation *user) {
    return user->getNumResults() == 1 && worthKeeping(user->getResult(0));
  };
  for (auto &[value, needed] : passes)
    // What only kept values are computed from is not needed again itself.
    if (worthKeeping(value) && !llvm::all_of(value.getUsers(), isKept))
      plan.kept.push_back({value, needed.front()});
}

FailureOr<KernelPlan> planKernel(Block &body) {
  KernelPlan plan;
  ValueRange results = body.getTerminator()->getOperands();
  for (Operation &op : body)
    if (std::optional<Reduction> reduction = Reduction::of(&op))
      plan.reductions.push_back(*reduction);

  if (results.empty())
    return failure();
  ArrayRef<int64_t> space = plan.reductions.empty()
                                ? shapeOf(results.front())
                                : shapeOf(plan.reductions.front().input);
  if (llvm::any_of(space, ShapedType::isDynamic))
    return failure();
  plan.sizes.assign(space.begin(), space.end());
  plan.reduced.assign(space.size(), false);
  if (!plan.reductions.empty())
    for (int64_t axis : plan.reductions.front().axes)
      plan.reduced[axis] = true;

  Planner planner(plan);
  for (const Reduction &reduction : plan.reductions)
    if (reduction.axes != plan.reductions.front().axes ||
        shapeOf(reduction.input) != ArrayRef(plan.sizes) ||
        failed(planner.visit(reduction.input, plan.spaceMap())))
      return failure();
  for (Value result : results) {
    bool isRow;
    FailureOr<IndexMap> map = plan.resultMap(result, isRow);
    if (failed(map) || failed(planner.visit(result, *map)))
      return failure();
    planner.addAccess(flatten(*map, shapeOf(result), plan.numLoops()));
  }
  plan.groups = mergeLoops(plan.sizes, plan.reduced, planner.getAccesses());
  chooseKept(plan, results);
  return plan;
}

/// A reduction has loops of its own, which those over a piece are not.
static bool hasReduction(Block &body) {
  return llvm::any_of(
      body, [](Operation &op) { return Reduction::of(&op).has_value(); });
}

FailureOr<PiecePlan> planPiece(Value value, ArrayRef<int64_t> start,
                               RankedTensorType type) {
  if (hasReduction(*value.getParentBlock()))
    return failure();
  KernelPlan plan;
  plan.sizes = llvm::to_vector(shapeOf(value));
  plan.reduced.assign(plan.sizes.size(), false);
  Planner planner(plan);
  IndexMap map = identityMap(plan.numLoops());
  if (failed(planner.visit(value, map)))
    return failure();
  for (auto [index, offset] : llvm::zip(map, start))
    index.offset = offset;
  PiecePlan piece;
  piece.output = flatten(map, type.getShape(), plan.numLoops());
  planner.addAccess(piece.output);
  piece.indexed = std::move(plan.indexed);
  piece.groups = mergeLoops(plan.sizes, plan.reduced, planner.getAccesses());
  return piece;
}

FailureOr<PiecePlan> planUpdates(Operation *scatter, Value updates) {
  if (hasReduction(*updates.getParentBlock()))
    return failure();
  KernelPlan plan;
  plan.sizes = llvm::to_vector(shapeOf(updates));
  plan.reduced.assign(plan.sizes.size(), false);
  Planner planner(plan);
  IndexMap map = identityMap(plan.numLoops());
  FailureOr<IndexedRead> write = IndexedRead::of(scatter, map, plan.numLoops());
  if (failed(write) || failed(planner.visit(updates, map)))
    return failure();
  for (const IndexLookup &lookup : write->lookups)
    if (failed(planner.visit(lookup.indices, lookup.map)))
      return failure();
  PiecePlan piece;
  piece.output = write->place;
  planner.addAccess(piece.output);
  piece.indexed = std::move(plan.indexed);
  piece.indexed.push_back({scatter, map});
  piece.groups = mergeLoops(plan.sizes, plan.reduced, planner.getAccesses());
  return piece;
}

} // namespace tactus
