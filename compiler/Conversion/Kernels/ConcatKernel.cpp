//===- ConcatKernel.cpp - Kernels that put tensors beside each other ------===//
//
// A tree of concats is a list of pieces, each a box in the result that is
// computed from values linear in the box's own loops. Each piece has a loop
// nest of its own, so that none asks element by element which piece it is in;
// the iterations of the function are those of the pieces, one after another.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Kernels/KernelFunction.h"
#include "compiler/Conversion/Kernels/KernelPlan.h"
#include "compiler/Conversion/Kernels/LoopKernel.h"
#include "dialects/Tactus/ShapeInference.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace tactus {
namespace {

/// Elements of a flat vector loop that one iteration does.
constexpr int64_t chunkElements = 4096;
/// Below this many elements a vector is mostly mask.
constexpr int64_t minVectorElements = 4;

struct Piece {
  Value value;
  /// Where its box begins in the result.
  SmallVector<int64_t> start;
  PiecePlan plan;
  /// The group whose elements are computed a vector at a time, or -1.
  int64_t vectorGroup = -1;
  /// Its iterations: those of the first group, or chunks of it.
  int64_t extent = 1;

  bool isChunked() const { return vectorGroup == 0; }
};

void collectPieces(Value value, SmallVector<int64_t> start,
                   SmallVectorImpl<Piece> &pieces) {
  auto concat = value.getDefiningOp<ir::ConcatOp>();
  if (!concat) {
    pieces.push_back({value, std::move(start), {}});
    return;
  }
  int64_t axis = *ir::normalizeAxis(std::nullopt, concat.getAxis(),
                                    concat.getType().getRank());
  for (Value input : concat.getInputs()) {
    collectPieces(input, start, pieces);
    start[axis] += cast<RankedTensorType>(input.getType()).getDimSize(axis);
  }
}

/// Fails where `body` is no such tree, or a piece is not one nest.
FailureOr<SmallVector<Piece>> planPieces(Block &body) {
  ValueRange results = body.getTerminator()->getOperands();
  if (results.size() != 1 || !results.front().getDefiningOp<ir::ConcatOp>())
    return failure();
  auto type = cast<RankedTensorType>(results.front().getType());
  if (!type.hasStaticShape() || llvm::any_of(body, [](Operation &op) {
        return Reduction::of(&op).has_value();
      }))
    return failure();
  SmallVector<Piece> pieces;
  collectPieces(results.front(), SmallVector<int64_t>(type.getRank(), 0),
                pieces);
  llvm::erase_if(pieces, [](const Piece &piece) {
    auto shape = cast<RankedTensorType>(piece.value.getType()).getShape();
    return llvm::is_contained(shape, 0);
  });
  for (Piece &piece : pieces) {
    FailureOr<PiecePlan> plan = planPiece(piece.value, piece.start, type);
    if (failed(plan))
      return failure();
    piece.plan = std::move(*plan);
    ArrayRef<LoopGroup> groups = piece.plan.groups;
    if (!groups.empty() && groups.back().size >= minVectorElements)
      piece.vectorGroup = groups.size() - 1;
    if (!groups.empty())
      piece.extent = piece.isChunked()
                         ? llvm::divideCeil(groups.front().size, chunkElements)
                         : groups.front().size;
  }
  return pieces;
}

class ConcatEmitter {
public:
  ConcatEmitter(ir::KernelOp kernel, SmallVector<Piece> pieces)
      : kernel(kernel), pieces(std::move(pieces)), builder(kernel.getContext()),
        emitter(builder), loc(kernel.getLoc()) {}

  LogicalResult run();

private:
  LogicalResult emitPiece(const Piece &piece, int64_t firstIteration);
  LogicalResult emitGroups(const Piece &piece, unsigned group);
  LogicalResult emitVectors(const Piece &piece, Value lower, Value upper);
  LogicalResult emitTail(const Piece &piece);
  LogicalResult emitElements(const Piece &piece);
  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  }
  /// Moves the builder into the body of a new loop.
  scf::ForOp enterLoop(Value lower, Value upper, int64_t step = 1) {
    auto loop = scf::ForOp::create(builder, loc, lower, upper, constant(step));
    builder.setInsertionPoint(loop.getBody()->getTerminator());
    return loop;
  }

  ir::KernelOp kernel;
  SmallVector<Piece> pieces;
  OpBuilder builder;
  ValueEmitter emitter;
  Location loc;
  KernelFunction function;
};

} // namespace

LogicalResult ConcatEmitter::emitElements(const Piece &piece) {
  emitter.pushScope();
  FailureOr<Value> element =
      emitter.emit(piece.value, identityMap(emitter.place.numLoops));
  if (succeeded(element))
    emitter.store(*element, function.outputs.front(), piece.plan.output);
  emitter.popScope();
  return success(succeeded(element));
}

LogicalResult ConcatEmitter::emitVectors(const Piece &piece, Value lower,
                                         Value upper) {
  scf::ForOp loop = enterLoop(lower, upper, kernelLanes);
  emitter.place.indices[piece.vectorGroup] = loop.getInductionVar();
  LogicalResult result = emitElements(piece);
  builder.setInsertionPointAfter(loop);
  return result;
}

/// What is left of the vector loop past the last whole vector.
LogicalResult ConcatEmitter::emitTail(const Piece &piece) {
  int64_t size = piece.plan.groups[piece.vectorGroup].size;
  int64_t rest = size % kernelLanes;
  if (rest == 0)
    return success();
  SmallVector<bool> lanes(kernelLanes, false);
  std::fill_n(lanes.begin(), rest, true);
  auto type = VectorType::get({kernelLanes}, builder.getI1Type());
  emitter.place.mask = arith::ConstantOp::create(
      builder, loc, type, DenseElementsAttr::get(type, lanes));
  emitter.place.indices[piece.vectorGroup] = constant(size - rest);
  LogicalResult result = emitElements(piece);
  emitter.place.mask = nullptr;
  return result;
}

LogicalResult ConcatEmitter::emitGroups(const Piece &piece, unsigned group) {
  ArrayRef<LoopGroup> groups = piece.plan.groups;
  if (group == groups.size())
    return emitElements(piece);
  int64_t size = groups[group].size;
  if (int64_t(group) == piece.vectorGroup) {
    int64_t full = size / kernelLanes * kernelLanes;
    if (full > 0 && failed(emitVectors(piece, constant(0), constant(full))))
      return failure();
    return emitTail(piece);
  }
  scf::ForOp loop = enterLoop(constant(0), constant(size));
  emitter.place.indices[group] = loop.getInductionVar();
  LogicalResult result = emitGroups(piece, group + 1);
  builder.setInsertionPointAfter(loop);
  return result;
}

/// Runs the iterations of the function that are the piece's.
LogicalResult ConcatEmitter::emitPiece(const Piece &piece,
                                       int64_t firstIteration) {
  ArrayRef<LoopGroup> groups = piece.plan.groups;
  emitter.place.groups = llvm::to_vector(groups);
  emitter.place.indices.assign(groups.size(), nullptr);
  emitter.place.numLoops = piece.start.size();
  emitter.place.vectorGroup = piece.vectorGroup;

  Value begin = arith::MaxSIOp::create(builder, loc, function.begin,
                                       constant(firstIteration));
  Value end = arith::MinSIOp::create(builder, loc, function.end,
                                     constant(firstIteration + piece.extent));
  scf::ForOp loop = enterLoop(begin, end);
  Value iteration =
      buildLinear(builder, loc, -firstIteration, ArrayRef<int64_t>{1},
                  ArrayRef<Value>{loop.getInductionVar()});
  LogicalResult result = success();
  if (groups.empty()) {
    result = emitElements(piece);
  } else if (!piece.isChunked()) {
    emitter.place.indices.front() = iteration;
    result = emitGroups(piece, 1);
  } else {
    int64_t size = groups.front().size;
    int64_t full = size / kernelLanes * kernelLanes;
    Value lower =
        arith::MulIOp::create(builder, loc, iteration, constant(chunkElements));
    Value past =
        arith::AddIOp::create(builder, loc, lower, constant(chunkElements));
    Value upper = arith::MinSIOp::create(builder, loc, past, constant(full));
    result = emitVectors(piece, lower, upper);
    if (succeeded(result) && full != size) {
      Value isLast =
          arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                iteration, constant(piece.extent - 1));
      auto last =
          scf::IfOp::create(builder, loc, isLast, /*withElseRegion=*/false);
      builder.setInsertionPoint(last.thenBlock()->getTerminator());
      result = emitTail(piece);
    }
  }
  builder.setInsertionPointAfter(loop);
  return result;
}

LogicalResult ConcatEmitter::run() {
  int64_t extent = 0;
  for (const Piece &piece : pieces)
    extent += piece.extent;
  function = createKernelFunction(builder, kernel, extent, 0);
  for (auto [argument, buffer] :
       llvm::zip(kernel.getBody().getArguments(), function.inputs))
    emitter.addBuffer(argument, buffer);
  int64_t firstIteration = 0;
  for (const Piece &piece : pieces) {
    if (failed(emitPiece(piece, firstIteration)))
      return failure();
    firstIteration += piece.extent;
  }
  return success();
}

bool isConcatKernel(Block &body) {
  return succeeded(planPieces(body));
}

LogicalResult lowerConcatKernel(ir::KernelOp kernel) {
  FailureOr<SmallVector<Piece>> pieces = planPieces(kernel.getBody().front());
  if (failed(pieces))
    return kernel.emitOpError("expected tensors that are linear in the loops "
                              "of their part of the result");
  ConcatEmitter emitter(kernel, std::move(*pieces));
  if (failed(emitter.run()))
    return kernel.emitOpError(
        "expected values that are linear in the kernel's loops");
  kernel.erase();
  return success();
}

} // namespace tactus
