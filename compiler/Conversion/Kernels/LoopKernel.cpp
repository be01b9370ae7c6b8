//===- LoopKernel.cpp - Kernels that are one loop nest --------------------===//
#include "compiler/Conversion/Kernels/LoopKernel.h"
#include "compiler/Conversion/Kernels/KernelFunction.h"
#include "compiler/Conversion/Kernels/KernelPlan.h"
#include "compiler/Conversion/Kernels/ReductionEmitter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace tactus {
namespace {

/// Elements that one iteration of the parallel loop does at least where that is
/// a part of a flat vector loop, and how many columns that is where each is one
/// of a reduction.
constexpr int64_t chunkElements = 4096, leastColumns = 64;

/// A loop of fewer iterations is made one with the loop inside, so that there
/// are enough for many threads; but not to do so few elements in each that
/// finding them takes longer.
constexpr int64_t wantedIterations = 64, leastElements = 256;

/// How many sums, or other results of a reduction, take turns along the vector
/// loop, since each step of one waits for the step before; where there are
/// steps enough.
constexpr int64_t mostChains = 4, leastSteps = 4 * mostChains;

using Body =
    llvm::function_ref<FailureOr<SmallVector<Value>>(ValueRange state)>;

class LoopKernelEmitter {
public:
  LoopKernelEmitter(ir::KernelOp kernel, KernelPlan plan)
      : kernel(kernel), plan(std::move(plan)), builder(kernel.getContext()),
        emitter(builder) {}

  LogicalResult run();

private:
  /// Runs `body` at every point of `groups`, in order, carrying `state`.
  FailureOr<SmallVector<Value>> loopOver(ArrayRef<unsigned> groups,
                                         ValueRange state, Body body);
  FailureOr<SmallVector<Value>> vectorLoop(unsigned group, Value lower,
                                           Value upper, ValueRange state,
                                           Body body);
  FailureOr<SmallVector<Value>> tail(unsigned group, ValueRange initial,
                                     Body body);
  LogicalResult step(unsigned group, Value index, int64_t chain,
                     SmallVector<Value> &state, Body body);
  LogicalResult lookUpOutside(unsigned group);
  LogicalResult emitParallel();
  LogicalResult emitChunks();
  LogicalResult emitRow();
  LogicalResult emitReduction(unsigned pass);
  LogicalResult emitResults();
  LogicalResult passOverKept(unsigned pass);
  Value keptIndex();

  void chooseVectorGroup();
  void chooseParallelLoop();
  SmallVector<unsigned> groupsThatAre(bool reduced) const;
  bool vectorIsReduced() const {
    return vectorGroup >= 0 && plan.groups[vectorGroup].reduced;
  }
  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(builder, kernel.getLoc(), value);
  }

  ir::KernelOp kernel;
  KernelPlan plan;
  OpBuilder builder;
  ValueEmitter emitter;
  KernelFunction function;
  int64_t vectorGroup = -1;
  /// How many parts the state of the reduction at hand has, which take turns.
  int64_t chains = 1;
  /// The loops that stay and are the parallel one: none, one or two.
  SmallVector<unsigned, 2> parallelGroups;
  /// Elements of an iteration of it where it is the vector loop.
  int64_t chunk = chunkElements;
  /// One flat buffer per kept value.
  SmallVector<Value> keptMemory;
};

} // namespace

SmallVector<unsigned> LoopKernelEmitter::groupsThatAre(bool reduced) const {
  SmallVector<unsigned> result;
  for (auto [g, group] : llvm::enumerate(plan.groups))
    if (group.reduced == reduced)
      result.push_back(g);
  return result;
}

/// Moves the builder into the body of a new loop; `state` becomes its
/// arguments.
static scf::ForOp enterLoop(OpBuilder &builder, Location loc, Value lower,
                            Value upper, Value step, ValueRange state) {
  auto loop = scf::ForOp::create(builder, loc, lower, upper, step, state);
  if (!state.empty()) {
    builder.setInsertionPointToEnd(loop.getBody());
    return loop;
  }
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  return loop;
}

static void leaveLoop(OpBuilder &builder, scf::ForOp loop, ValueRange state) {
  if (!state.empty())
    scf::YieldOp::create(builder, loop.getLoc(), state);
  builder.setInsertionPointAfter(loop);
}

/// Runs `body` on the vector at `index` and on its chain's part of `state`,
/// which it replaces.
LogicalResult LoopKernelEmitter::step(unsigned group, Value index,
                                      int64_t chain, SmallVector<Value> &state,
                                      Body body) {
  emitter.place.indices[group] = index;
  emitter.pushScope();
  auto part = MutableArrayRef(state).slice(chain * state.size() / chains,
                                           state.size() / chains);
  FailureOr<SmallVector<Value>> next = body(ValueRange(part));
  emitter.popScope();
  if (failed(next))
    return failure();
  llvm::copy(*next, part.begin());
  return success();
}

FailureOr<SmallVector<Value>>
LoopKernelEmitter::vectorLoop(unsigned group, Value lower, Value upper,
                              ValueRange state, Body body) {
  scf::ForOp loop = enterLoop(builder, kernel.getLoc(), lower, upper,
                              constant(chains * kernelLanes), state);
  auto next = llvm::to_vector_of<Value>(loop.getRegionIterArgs());
  for (int64_t chain = 0; chain < chains; ++chain) {
    Value index = buildLinear(builder, kernel.getLoc(), chain * kernelLanes,
                              ArrayRef<int64_t>{1}, loop.getInductionVar());
    if (failed(step(group, index, chain, next, body)))
      return failure();
  }
  leaveLoop(builder, loop, next);
  return llvm::to_vector_of<Value>(loop.getResults());
}

/// The vectors that the loop leaves to the last of its chains, and the lanes
/// that are no whole vector.
FailureOr<SmallVector<Value>>
LoopKernelEmitter::tail(unsigned group, ValueRange initial, Body body) {
  int64_t size = plan.groups[group].size, rest = size % kernelLanes,
          done = size / (chains * kernelLanes) * chains, chain = 0;
  SmallVector<Value> state = llvm::to_vector(initial);
  for (; chain < size / kernelLanes - done; ++chain)
    if (failed(step(group, constant((done + chain) * kernelLanes), chain, state,
                    body)))
      return failure();
  if (rest == 0)
    return state;
  SmallVector<bool> lanes(kernelLanes, false);
  std::fill_n(lanes.begin(), rest, true);
  auto type = VectorType::get({kernelLanes}, builder.getI1Type());
  emitter.place.mask = arith::ConstantOp::create(
      builder, kernel.getLoc(), type, DenseElementsAttr::get(type, lanes));
  LogicalResult result = step(group, constant(size - rest), chain, state, body);
  emitter.place.mask = nullptr;
  if (failed(result))
    return failure();
  return state;
}

/// Looks up the indices that the loop over `group` does not change. An empty
/// loop uses none, so none may fail.
LogicalResult LoopKernelEmitter::lookUpOutside(unsigned group) {
  if (plan.groups[group].size == 0)
    return success();
  for (const auto &[op, map] : plan.indexed)
    if (failed(emitter.emitInvariantLookups(op, map)))
      return failure();
  return success();
}

FailureOr<SmallVector<Value>>
LoopKernelEmitter::loopOver(ArrayRef<unsigned> groups, ValueRange state,
                            Body body) {
  if (groups.empty())
    return body(state);
  unsigned group = groups.front();
  int64_t size = plan.groups[group].size;
  auto inner = [&](ValueRange innerState) {
    return loopOver(groups.drop_front(), innerState, body);
  };
  FailureOr<SmallVector<Value>> result = llvm::to_vector(state);
  if (int64_t(group) == vectorGroup) {
    int64_t width = chains * kernelLanes, full = size / width * width;
    emitter.pushScope();
    if (failed(lookUpOutside(group)))
      return failure();
    if (full > 0)
      result = vectorLoop(group, constant(0), constant(full), state, inner);
    if (succeeded(result))
      result = tail(group, *result, inner);
    emitter.popScope();
  } else {
    scf::ForOp loop = enterLoop(builder, kernel.getLoc(), constant(0),
                                constant(size), constant(1), state);
    emitter.place.indices[group] = loop.getInductionVar();
    emitter.pushScope();
    FailureOr<SmallVector<Value>> next = inner(loop.getRegionIterArgs());
    emitter.popScope();
    if (failed(next))
      return failure();
    leaveLoop(builder, loop, *next);
    result = llvm::to_vector_of<Value>(loop.getResults());
  }
  emitter.place.indices[group] = nullptr;
  return result;
}

/// The place of this point among the reduced loops, times the lanes where these
/// lie along a loop that stays.
Value LoopKernelEmitter::keptIndex() {
  SmallVector<int64_t> strides;
  SmallVector<Value> loops;
  int64_t stride = vectorGroup >= 0 && !vectorIsReduced() ? kernelLanes : 1;
  SmallVector<unsigned> reduced = groupsThatAre(/*reduced=*/true);
  for (unsigned group : llvm::reverse(reduced)) {
    strides.push_back(stride);
    loops.push_back(emitter.place.indices[group]);
    stride *= plan.groups[group].size;
  }
  return buildLinear(builder, kernel.getLoc(), 0, strides, loops);
}

/// Stores the values that this pass is the first to compute, and loads those
/// that an earlier one kept.
LogicalResult LoopKernelEmitter::passOverKept(unsigned pass) {
  Location loc = kernel.getLoc();
  for (auto [kept, memory] : llvm::zip(plan.kept, keptMemory)) {
    auto [value, first] = kept;
    if (first > pass)
      continue;
    Value index = keptIndex();
    Type type = getElementTypeOrSelf(value.getType());
    if (first < pass) {
      Value stored =
          vectorGroup < 0
              ? memref::LoadOp::create(builder, loc, memory, index).getResult()
              : vector::LoadOp::create(
                    builder, loc,
                    cast<VectorType>(emitter.vectorOf(storageType(type))),
                    memory, index)
                    .getResult();
      emitter.bind(value, plan.spaceMap(), emitter.fromStorage(stored, type));
      continue;
    }
    FailureOr<Value> element = emitter.emit(value, plan.spaceMap());
    if (failed(element))
      return failure();
    Value stored = emitter.toStorage(emitter.splat(*element), type);
    if (vectorGroup < 0)
      memref::StoreOp::create(builder, loc, stored, memory, index);
    else
      vector::StoreOp::create(builder, loc, stored, memory, index);
  }
  return success();
}

LogicalResult LoopKernelEmitter::emitReduction(unsigned pass) {
  const Reduction &reduction = plan.reductions[pass];
  ReductionEmitter combine(builder, reduction.op);
  int64_t lanes = vectorGroup < 0 ? 1 : kernelLanes;
  emitter.place.vectorGroup = vectorGroup;
  auto body = [&](ValueRange state) -> FailureOr<SmallVector<Value>> {
    if (failed(passOverKept(pass)))
      return failure();
    FailureOr<Value> element = emitter.emit(reduction.input, plan.spaceMap());
    if (failed(element))
      return failure();
    // Argmax and argmin reduce one axis, whose loop is the position.
    Value position;
    if (combine.needsPosition()) {
      SmallVector<unsigned> axis = groupsThatAre(/*reduced=*/true);
      Value start =
          axis.empty() ? constant(0) : emitter.place.indices[axis.front()];
      position = combine.positionOf(start, vectorIsReduced(), lanes);
    }
    Value mask = vectorIsReduced() ? emitter.place.mask : Value();
    return combine.combine(state, emitter.splat(*element), position, mask);
  };
  if (vectorIsReduced() &&
      plan.groups[vectorGroup].size >= leastSteps * kernelLanes)
    chains = mostChains;
  SmallVector<Value> initial = combine.initial(lanes);
  size_t numParts = initial.size();
  for (int64_t chain = 1; chain < chains; ++chain)
    initial.append(initial.begin(), initial.begin() + ptrdiff_t(numParts));
  FailureOr<SmallVector<Value>> state =
      loopOver(groupsThatAre(/*reduced=*/true), initial, body);
  if (failed(state))
    return failure();
  for (; chains > 1; chains /= 2) {
    auto parts = ArrayRef(*state);
    SmallVector<Value> joined;
    for (size_t i = 0; i < parts.size(); i += 2 * numParts)
      joined.append(combine.join(parts.slice(i, numParts),
                                 parts.slice(i + numParts, numParts)));
    *state = std::move(joined);
  }
  int64_t count = 1;
  for (unsigned group : groupsThatAre(/*reduced=*/true))
    count *= plan.groups[group].size;
  if (vectorIsReduced()) {
    *state = combine.acrossLanes(*state);
    emitter.place.vectorGroup = -1;
  }
  Value result = combine.finish(*state, count);
  if (vectorIsReduced())
    result = combine.firstLane(result);
  auto shape =
      cast<RankedTensorType>(reduction.op->getResult(0).getType()).getShape();
  FailureOr<IndexMap> row = plan.rowMap(shape);
  if (failed(row))
    return failure();
  emitter.bind(reduction.op->getResult(0), *row, result);
  return success();
}

LogicalResult LoopKernelEmitter::emitResults() {
  ValueRange results = kernel.getBody().front().getTerminator()->getOperands();
  auto emitOne = [&](unsigned i, const IndexMap &map) -> LogicalResult {
    FailureOr<Value> element = emitter.emit(results[i], map);
    if (failed(element))
      return failure();
    const Buffer &output = function.outputs[i];
    emitter.store(*element, output,
                  flatten(map, output.type.getShape(), plan.numLoops()));
    return success();
  };

  SmallVector<std::pair<unsigned, IndexMap>> inSpace;
  for (unsigned i = 0; i < results.size(); ++i) {
    bool isRow;
    FailureOr<IndexMap> map = plan.resultMap(results[i], isRow);
    if (failed(map))
      return failure();
    if (!isRow)
      inSpace.push_back({i, *map});
    else if (failed(emitOne(i, *map)))
      return failure();
  }
  if (inSpace.empty())
    return success();
  emitter.place.vectorGroup = vectorGroup;
  auto body = [&](ValueRange) -> FailureOr<SmallVector<Value>> {
    if (failed(passOverKept(plan.reductions.size())))
      return failure();
    for (auto &[i, map] : inSpace)
      if (failed(emitOne(i, map)))
        return failure();
    return SmallVector<Value>();
  };
  return loopOver(groupsThatAre(/*reduced=*/true), {}, body);
}

LogicalResult LoopKernelEmitter::emitRow() {
  emitter.pushScope();
  emitter.place.vectorGroup = vectorIsReduced() ? -1 : vectorGroup;
  LogicalResult result = success();
  for (unsigned pass = 0; succeeded(result) && pass < plan.reductions.size();
       ++pass)
    result = emitReduction(pass);
  if (succeeded(result))
    result = emitResults();
  emitter.popScope();
  return result;
}

/// The one loop that stays is the vector loop: the parallel loop runs over
/// chunks of it, and the last iteration does the tail.
LogicalResult LoopKernelEmitter::emitChunks() {
  Location loc = kernel.getLoc();
  unsigned group = vectorGroup;
  int64_t size = plan.groups[group].size,
          full = size / kernelLanes * kernelLanes;
  auto body = [&](ValueRange) -> FailureOr<SmallVector<Value>> {
    if (failed(emitRow()))
      return failure();
    return SmallVector<Value>();
  };
  scf::ForOp chunks =
      enterLoop(builder, loc, function.begin, function.end, constant(1), {});
  emitter.pushScope();
  if (failed(lookUpOutside(group)))
    return failure();
  Value lower = arith::MulIOp::create(builder, loc, chunks.getInductionVar(),
                                      constant(chunk));
  Value past = arith::AddIOp::create(builder, loc, lower, constant(chunk));
  Value upper = arith::MinUIOp::create(builder, loc, past, constant(full));
  if (failed(vectorLoop(group, lower, upper, {}, body)))
    return failure();
  emitter.popScope();
  leaveLoop(builder, chunks, {});
  if (size == full)
    return success();
  Value isLast = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                       function.end,
                                       constant(llvm::divideCeil(size, chunk)));
  auto last = scf::IfOp::create(builder, loc, isLast, /*withElseRegion=*/false);
  builder.setInsertionPoint(last.thenBlock()->getTerminator());
  if (failed(tail(group, {}, body)))
    return failure();
  builder.setInsertionPointAfter(last);
  return success();
}

LogicalResult LoopKernelEmitter::emitParallel() {
  if (!parallelGroups.empty() && int64_t(parallelGroups.front()) == vectorGroup)
    return emitChunks();
  auto body = [&](ValueRange) -> FailureOr<SmallVector<Value>> {
    if (failed(emitRow()))
      return failure();
    return SmallVector<Value>();
  };
  Location loc = kernel.getLoc();
  scf::ForOp loop =
      enterLoop(builder, loc, function.begin, function.end, constant(1), {});
  Value iteration = loop.getInductionVar();
  if (parallelGroups.size() == 2) {
    Value size = constant(plan.groups[parallelGroups.back()].size);
    emitter.place.indices[parallelGroups.back()] =
        arith::RemUIOp::create(builder, loc, iteration, size);
    iteration = arith::DivUIOp::create(builder, loc, iteration, size);
  }
  if (!parallelGroups.empty())
    emitter.place.indices[parallelGroups.front()] = iteration;
  SmallVector<unsigned> outer = groupsThatAre(/*reduced=*/false);
  if (failed(loopOver(ArrayRef(outer).drop_front(parallelGroups.size()), {},
                      body)))
    return failure();
  leaveLoop(builder, loop, {});
  return success();
}

/// The outermost loop that stays; with the next one where it is short, unless
/// that is the vector loop.
void LoopKernelEmitter::chooseParallelLoop() {
  SmallVector<unsigned> outer = groupsThatAre(/*reduced=*/false);
  if (outer.empty())
    return;
  parallelGroups.push_back(outer.front());
  if (int64_t(outer.front()) == vectorGroup) {
    int64_t reduced = 1;
    for (unsigned group : groupsThatAre(/*reduced=*/true))
      reduced *= std::max<int64_t>(plan.groups[group].size, 1);
    chunk = std::max<int64_t>(
        llvm::alignTo(chunkElements / reduced, kernelLanes), leastColumns);
    return;
  }
  if (outer.size() == 1 || int64_t(outer[1]) == vectorGroup ||
      plan.groups[outer.front()].size >= wantedIterations)
    return;
  int64_t inside = 1;
  for (auto [g, group] : llvm::enumerate(plan.groups))
    if (g != outer[0] && g != outer[1])
      inside *= group.size;
  if (plan.groups[outer[1]].size > 0 && inside >= leastElements)
    parallelGroups.push_back(outer[1]);
}

/// The innermost loop, which reads and writes neighbors; where that one is
/// short, the innermost reduced one, whose elements are gathered.
void LoopKernelEmitter::chooseVectorGroup() {
  if (plan.groups.empty())
    return;
  if (plan.groups.back().size >= minVectorElements) {
    vectorGroup = plan.groups.size() - 1;
    return;
  }
  SmallVector<unsigned> reduced = groupsThatAre(/*reduced=*/true);
  if (!reduced.empty() && plan.groups[reduced.back()].size >= kernelLanes)
    vectorGroup = reduced.back();
}

LogicalResult LoopKernelEmitter::run() {
  chooseVectorGroup();

  chooseParallelLoop();

  int64_t extent = 1;
  for (unsigned group : parallelGroups) {
    int64_t size = plan.groups[group].size;
    extent *=
        int64_t(group) == vectorGroup ? llvm::divideCeil(size, chunk) : size;
  }

  // Kept values: the reduced space, and past its end as far as the tail of its
  // last row reaches, which is stored whole.
  int64_t elements = 1, bytes = 0;
  for (unsigned group : groupsThatAre(/*reduced=*/true))
    elements *= plan.groups[group].size;
  if (vectorIsReduced()) {
    int64_t size = plan.groups[vectorGroup].size;
    elements += llvm::alignTo(size, kernelLanes) - size;
  } else if (vectorGroup >= 0) {
    elements *= kernelLanes;
  }
  SmallVector<int64_t> offsets;
  for (auto [value, pass] : plan.kept) {
    offsets.push_back(bytes);
    Type stored = storageType(getElementTypeOrSelf(value.getType()));
    bytes += llvm::alignTo(elements * stored.getIntOrFloatBitWidth() / 8, 64);
  }

  function = createKernelFunction(builder, kernel, extent, bytes);
  for (auto [argument, buffer] :
       llvm::zip(kernel.getBody().getArguments(), function.inputs))
    emitter.addBuffer(argument, buffer);
  for (auto [kept, offset] : llvm::zip(plan.kept, offsets))
    keptMemory.push_back(
        viewScratch(builder, function, offset, elements,
                    storageType(getElementTypeOrSelf(kept.first.getType()))));
  emitter.checks = &function.checks;
  emitter.place.groups = plan.groups;
  emitter.place.indices.assign(plan.groups.size(), nullptr);
  emitter.place.numLoops = plan.numLoops();
  return emitParallel();
}

LogicalResult lowerLoopKernel(ir::KernelOp kernel) {
  FailureOr<KernelPlan> plan = planKernel(kernel.getBody().front());
  if (failed(plan))
    return kernel.emitOpError("expected a kernel that is one loop nest");
  LoopKernelEmitter emitter(kernel, std::move(*plan));
  if (failed(emitter.run()))
    return kernel.emitOpError(
        "expected values that are linear in the kernel's loops");
  kernel.erase();
  return success();
}

} // namespace tactus
