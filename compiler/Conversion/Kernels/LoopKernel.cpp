//===- LoopKernel.cpp - Kernels that are one loop nest --------------------===//
#include "compiler/Conversion/Kernels/LoopKernel.h"
#include "compiler/Conversion/Kernels/LoopEmitter.h"
#include "compiler/Conversion/Kernels/ReductionEmitter.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace tactus {

/// How many sums, or other results of a reduction, take turns along the vector
/// loop, since each step of one waits for the step before; where there are
/// steps enough.
constexpr int64_t mostChains = 4, leastSteps = 4 * mostChains;

/// The place of this point among the reduced loops, times the lanes where these
/// lie along a loop that stays.
Value LoopEmitter::keptIndex() {
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
LogicalResult LoopEmitter::passOverKept(unsigned pass, const Row &row) {
  Location loc = kernel.getLoc();
  for (auto [kept, memory] : llvm::zip(plan.kept, row.keptMemory)) {
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

FailureOr<Value> LoopEmitter::emitReduction(unsigned pass, const Row &row) {
  const Reduction &reduction = plan.reductions[pass];
  ReductionEmitter combine(builder, reduction.op);
  int64_t lanes = vectorGroup < 0 ? 1 : kernelLanes;
  emitter.place.vectorGroup = vectorGroup;
  auto body = [&](ValueRange state) -> FailureOr<SmallVector<Value>> {
    if (failed(passOverKept(pass, row)))
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
    result = emitter.firstLane(result);
  return result;
}

LogicalResult LoopEmitter::emitResults(const Row &row) {
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
    if (failed(passOverKept(plan.reductions.size(), row)))
      return failure();
    for (auto &[i, map] : inSpace)
      if (failed(emitOne(i, map)))
        return failure();
    return SmallVector<Value>();
  };
  return loopOver(groupsThatAre(/*reduced=*/true), {}, body);
}

/// One pass of `row` over its reduced loops: for a reduction, or, after the
/// last one, for the results.
LogicalResult LoopEmitter::emitPass(unsigned pass, Row &row) {
  emitter.pushScope();
  if (row.iteration)
    enterRow(row.iteration);
  emitter.place.vectorGroup = vectorIsReduced() ? -1 : vectorGroup;
  for (auto [reduction, value] : llvm::zip(plan.reductions, row.reduced)) {
    Value result = reduction.op->getResult(0);
    FailureOr<IndexMap> map =
        plan.rowMap(cast<RankedTensorType>(result.getType()).getShape());
    if (failed(map))
      return failure();
    emitter.bind(result, *map, value);
  }
  LogicalResult result = success();
  if (pass == plan.reductions.size()) {
    result = emitResults(row);
  } else if (FailureOr<Value> value = emitReduction(pass, row);
             succeeded(value)) {
    row.reduced.push_back(*value);
  } else {
    result = failure();
  }
  emitter.popScope();
  return result;
}

/// Computes the rows at `iterations` of the parallel loop pass by pass. What a
/// row's next pass waits for, which takes as long as a pass over a short row,
/// then takes the time that the others' passes take.
LogicalResult LoopEmitter::emitRowsAt(ArrayRef<Value> iterations) {
  SmallVector<Row> rows;
  for (auto [iteration, memory] : llvm::zip_first(iterations, keptMemory))
    rows.push_back({iteration, memory, {}});
  for (unsigned pass = 0; pass <= plan.reductions.size(); ++pass)
    for (Row &row : rows)
      if (failed(emitPass(pass, row)))
        return failure();
  return success();
}

LogicalResult LoopEmitter::run() {
  chooseVectorGroup();

  chooseParallelLoop();
  chooseRowsAtOnce();

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

  function = createKernelFunction(builder, kernel, extent, bytes * rowsAtOnce);
  for (auto [argument, buffer] :
       llvm::zip(kernel.getBody().getArguments(), function.inputs))
    emitter.addBuffer(argument, buffer);
  keptMemory.resize(rowsAtOnce);
  for (auto [row, memory] : llvm::enumerate(keptMemory))
    for (auto [kept, offset] : llvm::zip(plan.kept, offsets))
      memory.push_back(viewScratch(
          builder, function, int64_t(row) * bytes + offset, elements,
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
  LoopEmitter emitter(kernel, std::move(*plan));
  if (failed(emitter.run()))
    return kernel.emitOpError(
        "expected values that are linear in the kernel's loops");
  kernel.erase();
  return success();
}

} // namespace tactus
