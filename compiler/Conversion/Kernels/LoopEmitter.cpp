//===- LoopEmitter.cpp - The loops of a kernel ----------------------------===//
#include "compiler/Conversion/Kernels/LoopEmitter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace tactus {

/// Elements that one iteration of the parallel loop does at least where that is
/// a part of a flat vector loop, and how many columns that is where each is one
/// of a reduction.
constexpr int64_t chunkElements = 4096, leastColumns = 64;

/// Rows of no more vectors are computed side by side: so many that they have
/// `vectorsAtOnce`, but no fewer than two and no more than `mostRows`. In
/// longer ones a row's end is little beside its middle.
constexpr int64_t mostVectors = 64, vectorsAtOnce = 32, mostRows = 4;

/// A loop of fewer iterations is made one with the loop inside, so that there
/// are enough for many threads; but not to do so few elements in each that
/// finding them takes longer.
constexpr int64_t wantedIterations = 64, leastElements = 256;

Value LoopEmitter::constant(int64_t value) {
  return arith::ConstantIndexOp::create(builder, kernel.getLoc(), value);
}

SmallVector<unsigned> LoopEmitter::groupsThatAre(bool reduced) const {
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
LogicalResult LoopEmitter::step(unsigned group, Value index, int64_t chain,
                                SmallVector<Value> &state, Body body) {
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

FailureOr<SmallVector<Value>> LoopEmitter::vectorLoop(unsigned group,
                                                      Value lower, Value upper,
                                                      ValueRange state,
                                                      Body body) {
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
FailureOr<SmallVector<Value>> LoopEmitter::tail(unsigned group,
                                                ValueRange initial, Body body) {
  int64_t size = plan.groups[group].size, rest = size % kernelLanes,
          done = size / (chains * kernelLanes) * chains, chain = 0;
  SmallVector<Value> state = llvm::to_vector(initial);
  for (; chain < size / kernelLanes - done; ++chain)
    if (failed(step(group, constant((done + chain) * kernelLanes), chain, state,
                    body)))
      return failure();
  if (rest == 0)
    return state;
  emitter.place.mask = firstLanes(builder, kernel.getLoc(), rest);
  LogicalResult result = step(group, constant(size - rest), chain, state, body);
  emitter.place.mask = nullptr;
  if (failed(result))
    return failure();
  return state;
}

/// Looks up the indices that the loop over `group` does not change. An empty
/// loop uses none, so none may fail.
LogicalResult LoopEmitter::lookUpOutside(unsigned group) {
  if (plan.groups[group].size == 0)
    return success();
  for (const auto &[op, map] : plan.indexed)
    if (failed(emitter.emitInvariantLookups(op, map)))
      return failure();
  return success();
}

FailureOr<SmallVector<Value>>
LoopEmitter::loopOver(ArrayRef<unsigned> groups, ValueRange state, Body body) {
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

/// The one loop that stays is the vector loop: the parallel loop runs over
/// chunks of it, and the last iteration does the tail.
LogicalResult LoopEmitter::emitChunks() {
  Location loc = kernel.getLoc();
  unsigned group = vectorGroup;
  int64_t size = plan.groups[group].size,
          full = size / kernelLanes * kernelLanes;
  auto body = [&](ValueRange) -> FailureOr<SmallVector<Value>> {
    if (failed(emitRowsAt(Value())))
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

/// Makes the place that of this iteration of the parallel loop.
void LoopEmitter::enterParallel(Value iteration) {
  if (parallelGroups.size() == 2) {
    Location loc = kernel.getLoc();
    Value size = constant(plan.groups[parallelGroups.back()].size);
    emitter.place.indices[parallelGroups.back()] =
        arith::RemUIOp::create(builder, loc, iteration, size);
    iteration = arith::DivUIOp::create(builder, loc, iteration, size);
  }
  if (!parallelGroups.empty())
    emitter.place.indices[parallelGroups.front()] = iteration;
}

/// Makes the place that of this iteration of the loop of rows.
void LoopEmitter::enterRow(Value iteration) {
  if (rowGroup < 0)
    enterParallel(iteration);
  else
    emitter.place.indices[rowGroup] = iteration;
}

/// Computes the rows from `lower` to `upper`, `rowsAtOnce` of them side by side
/// and then one by one.
LogicalResult LoopEmitter::emitRows(Value lower, Value upper) {
  Location loc = kernel.getLoc();
  if (rowsAtOnce > 1) {
    Value width = constant(rowsAtOnce);
    Value count = arith::SubIOp::create(builder, loc, upper, lower);
    Value times = arith::DivUIOp::create(builder, loc, count, width);
    Value past = buildLinear(builder, loc, 0, {1, rowsAtOnce}, {lower, times});
    scf::ForOp loop = enterLoop(builder, loc, lower, past, width, {});
    SmallVector<Value> iterations;
    for (int64_t row = 0; row < rowsAtOnce; ++row)
      iterations.push_back(
          buildLinear(builder, loc, row, {1}, loop.getInductionVar()));
    if (failed(emitRowsAt(iterations)))
      return failure();
    leaveLoop(builder, loop, {});
    lower = past;
  }
  scf::ForOp loop = enterLoop(builder, loc, lower, upper, constant(1), {});
  if (failed(emitRowsAt(loop.getInductionVar())))
    return failure();
  leaveLoop(builder, loop, {});
  return success();
}

LogicalResult LoopEmitter::emitParallel() {
  if (!parallelGroups.empty() && int64_t(parallelGroups.front()) == vectorGroup)
    return emitChunks();
  SmallVector<unsigned> outer = groupsThatAre(/*reduced=*/false);
  ArrayRef<unsigned> inner = ArrayRef(outer).drop_front(parallelGroups.size());
  if (inner.empty())
    return emitRows(function.begin, function.end);
  auto body = [&](ValueRange) -> FailureOr<SmallVector<Value>> {
    if (failed(rowGroup < 0 ? emitRowsAt(Value())
                            : emitRows(constant(0),
                                       constant(plan.groups[rowGroup].size))))
      return failure();
    return SmallVector<Value>();
  };
  scf::ForOp loop = enterLoop(builder, kernel.getLoc(), function.begin,
                              function.end, constant(1), {});
  enterParallel(loop.getInductionVar());
  if (failed(loopOver(rowGroup < 0 ? inner : inner.drop_back(), {}, body)))
    return failure();
  leaveLoop(builder, loop, {});
  return success();
}

/// The outermost loop that stays; with the next one where it is short, unless
/// that is the vector loop.
void LoopEmitter::chooseParallelLoop() {
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

/// Short rows of the innermost loop that stays, unless vectors lie along it; or
/// several ops index, of which the first row to fail, not the first pass, has
/// to be reported, wherever the rows of a thread begin.
void LoopEmitter::chooseRowsAtOnce() {
  SmallVector<unsigned> outer = groupsThatAre(/*reduced=*/false);
  if (plan.reductions.empty() || plan.indexed.size() > 1 || outer.empty() ||
      int64_t(outer.back()) == vectorGroup)
    return;
  int64_t vectors = 1;
  for (unsigned group : groupsThatAre(/*reduced=*/true))
    vectors *= int64_t(group) == vectorGroup
                   ? llvm::divideCeil(plan.groups[group].size, kernelLanes)
                   : plan.groups[group].size;
  bool areInside = outer.size() > parallelGroups.size();
  int64_t rows = 1;
  for (unsigned group :
       areInside ? ArrayRef(outer).take_back() : ArrayRef(parallelGroups))
    rows *= plan.groups[group].size;
  if (rows < 2 || vectors == 0 || vectors > mostVectors)
    return;
  rowsAtOnce =
      std::min(rows, std::clamp<int64_t>(vectorsAtOnce / vectors, 2, mostRows));
  if (areInside)
    rowGroup = outer.back();
}

/// The innermost loop, which reads and writes neighbors; where that one is
/// short, the innermost reduced one, whose elements are gathered.
void LoopEmitter::chooseVectorGroup() {
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

} // namespace tactus
