//===- PieceEmitter.cpp - Loops over part of a result ---------------------===//
#include "compiler/Conversion/Kernels/PieceEmitter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace tactus {

/// Elements of a flat vector loop that one iteration does.
static constexpr int64_t chunkElements = 4096;

FailureOr<Piece> Piece::plan(Value value, ArrayRef<int64_t> start,
                             RankedTensorType type) {
  return fromPlan(value, planPiece(value, start, type));
}

FailureOr<Piece> Piece::planUpdates(Operation *scatter, Value updates) {
  return fromPlan(updates, tactus::planUpdates(scatter, updates));
}

FailureOr<Piece> Piece::fromPlan(Value value, FailureOr<PiecePlan> plan) {
  if (failed(plan))
    return failure();
  Piece piece;
  piece.value = value;
  piece.groups = std::move(plan->groups);
  piece.indexed = std::move(plan->indexed);
  piece.output = std::move(plan->output);
  ArrayRef<LoopGroup> groups = piece.groups;
  if (!groups.empty() && groups.back().size >= minVectorElements)
    piece.vectorGroup = groups.size() - 1;
  if (!groups.empty())
    piece.extent = piece.isChunked()
                       ? llvm::divideCeil(groups.front().size, chunkElements)
                       : groups.front().size;
  return piece;
}

Value PieceEmitter::constant(int64_t value) {
  return arith::ConstantIndexOp::create(builder, loc, value);
}

scf::ForOp PieceEmitter::enterLoop(Value lower, Value upper, int64_t step) {
  auto loop = scf::ForOp::create(builder, loc, lower, upper, constant(step));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  return loop;
}

LogicalResult PieceEmitter::emitBody() {
  emitter.pushScope();
  LogicalResult result = body();
  emitter.popScope();
  return result;
}

LogicalResult PieceEmitter::emitVectors(Value lower, Value upper) {
  scf::ForOp loop = enterLoop(lower, upper, kernelLanes);
  emitter.place.indices[piece->vectorGroup] = loop.getInductionVar();
  LogicalResult result = emitBody();
  builder.setInsertionPointAfter(loop);
  return result;
}

/// What is left of the vector loop past the last whole vector.
LogicalResult PieceEmitter::emitTail() {
  int64_t size = piece->groups[piece->vectorGroup].size;
  int64_t rest = size % kernelLanes;
  if (rest == 0)
    return success();
  SmallVector<bool> lanes(kernelLanes, false);
  std::fill_n(lanes.begin(), rest, true);
  auto type = VectorType::get({kernelLanes}, builder.getI1Type());
  emitter.place.mask = arith::ConstantOp::create(
      builder, loc, type, DenseElementsAttr::get(type, lanes));
  emitter.place.indices[piece->vectorGroup] = constant(size - rest);
  LogicalResult result = emitBody();
  emitter.place.mask = nullptr;
  return result;
}

LogicalResult PieceEmitter::lookUpOutside() {
  for (const auto &[op, map] : piece->indexed)
    if (failed(emitter.emitInvariantLookups(op, map)))
      return failure();
  return success();
}

LogicalResult PieceEmitter::emitGroups(unsigned group) {
  ArrayRef<LoopGroup> groups = piece->groups;
  if (group == groups.size())
    return emitBody();
  int64_t size = groups[group].size;
  if (int64_t(group) == piece->vectorGroup) {
    int64_t full = size / kernelLanes * kernelLanes;
    emitter.pushScope();
    LogicalResult result = lookUpOutside();
    if (succeeded(result) && full > 0)
      result = emitVectors(constant(0), constant(full));
    if (succeeded(result))
      result = emitTail();
    emitter.popScope();
    return result;
  }
  scf::ForOp loop = enterLoop(constant(0), constant(size));
  emitter.place.indices[group] = loop.getInductionVar();
  LogicalResult result = emitGroups(group + 1);
  builder.setInsertionPointAfter(loop);
  return result;
}

/// One chunk of a piece that is a flat vector loop; the last one has the tail.
LogicalResult PieceEmitter::emitChunk(Value iteration) {
  int64_t size = piece->groups.front().size;
  int64_t full = size / kernelLanes * kernelLanes;
  Value lower =
      arith::MulIOp::create(builder, loc, iteration, constant(chunkElements));
  Value past =
      arith::AddIOp::create(builder, loc, lower, constant(chunkElements));
  Value upper = arith::MinSIOp::create(builder, loc, past, constant(full));
  emitter.pushScope();
  LogicalResult result = lookUpOutside();
  if (succeeded(result))
    result = emitVectors(lower, upper);
  if (succeeded(result) && full != size) {
    Value isLast =
        arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, iteration,
                              constant(piece->extent - 1));
    auto last =
        scf::IfOp::create(builder, loc, isLast, /*withElseRegion=*/false);
    builder.setInsertionPoint(last.thenBlock()->getTerminator());
    result = emitTail();
    builder.setInsertionPointAfter(last);
  }
  emitter.popScope();
  return result;
}

LogicalResult PieceEmitter::emit(const Piece &next, Value begin, Value end,
                                 int64_t firstIteration, Body perform) {
  piece = &next;
  body = perform;
  emitter.place.groups = next.groups;
  emitter.place.indices.assign(next.groups.size(), nullptr);
  emitter.place.numLoops = next.numLoops();
  emitter.place.vectorGroup = next.vectorGroup;

  scf::ForOp loop = enterLoop(begin, end);
  Value iteration =
      buildLinear(builder, loc, -firstIteration, ArrayRef<int64_t>{1},
                  ArrayRef<Value>{loop.getInductionVar()});
  LogicalResult result = success();
  if (next.groups.empty()) {
    result = emitBody();
  } else if (next.isChunked()) {
    result = emitChunk(iteration);
  } else {
    emitter.place.indices.front() = iteration;
    result = emitGroups(1);
  }
  builder.setInsertionPointAfter(loop);
  return result;
}

LogicalResult PieceEmitter::emitStores(const Piece &next, const Buffer &output,
                                       Value begin, Value end,
                                       int64_t firstIteration) {
  auto store = [&]() -> LogicalResult {
    FailureOr<Value> element =
        emitter.emit(next.value, identityMap(next.numLoops()));
    if (failed(element))
      return failure();
    emitter.store(*element, output, next.output);
    return success();
  };
  return emit(next, begin, end, firstIteration, store);
}

} // namespace tactus
