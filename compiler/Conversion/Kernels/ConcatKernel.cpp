//===- ConcatKernel.cpp - Kernels that put tensors beside each other ------===//
//
// A tree of concats is a list of pieces, each a box in the result that is
// computed from values linear in the box's own loops. Each piece has a loop
// nest of its own, so that none asks element by element which piece it is in;
// the iterations of the function are those of the pieces, one after another.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Kernels/KernelFunction.h"
#include "compiler/Conversion/Kernels/LoopKernel.h"
#include "compiler/Conversion/Kernels/PieceEmitter.h"
#include "dialects/Tactus/ShapeInference.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace tactus {

/// Adds the pieces of `value`, whose box in a tensor of `type` begins at
/// `start`.
static LogicalResult addPieces(Value value, SmallVector<int64_t> start,
                               RankedTensorType type,
                               SmallVectorImpl<Piece> &pieces) {
  auto concat = value.getDefiningOp<ir::ConcatOp>();
  if (!concat) {
    auto shape = cast<RankedTensorType>(value.getType()).getShape();
    if (llvm::is_contained(shape, 0))
      return success();
    FailureOr<Piece> piece = Piece::plan(value, start, type);
    if (succeeded(piece))
      pieces.push_back(std::move(*piece));
    return success(succeeded(piece));
  }
  int64_t axis = *ir::normalizeAxis(std::nullopt, concat.getAxis(),
                                    concat.getType().getRank());
  for (Value input : concat.getInputs()) {
    if (failed(addPieces(input, start, type, pieces)))
      return failure();
    start[axis] += cast<RankedTensorType>(input.getType()).getDimSize(axis);
  }
  return success();
}

/// Fails where `body` is no such tree, or a piece is not one nest.
static FailureOr<SmallVector<Piece, 1>> planPieces(Block &body) {
  ValueRange results = body.getTerminator()->getOperands();
  if (results.size() != 1 || !results.front().getDefiningOp<ir::ConcatOp>())
    return failure();
  auto type = cast<RankedTensorType>(results.front().getType());
  SmallVector<Piece, 1> pieces;
  if (!type.hasStaticShape() ||
      failed(addPieces(results.front(), SmallVector<int64_t>(type.getRank(), 0),
                       type, pieces)))
    return failure();
  return pieces;
}

bool isConcatKernel(Block &body) {
  return succeeded(planPieces(body));
}

LogicalResult lowerConcatKernel(ir::KernelOp kernel) {
  FailureOr<SmallVector<Piece, 1>> pieces =
      planPieces(kernel.getBody().front());
  if (failed(pieces))
    return kernel.emitOpError("expected tensors that are linear in the loops "
                              "of their part of the result");
  int64_t extent = 0;
  for (const Piece &piece : *pieces)
    extent += piece.extent;

  OpBuilder builder(kernel.getContext());
  Location loc = kernel.getLoc();
  KernelFunction function = createKernelFunction(builder, kernel, extent, 0);
  ValueEmitter emitter(builder);
  emitter.checks = &function.checks;
  for (auto [argument, buffer] :
       llvm::zip(kernel.getBody().getArguments(), function.inputs))
    emitter.addBuffer(argument, buffer);
  PieceEmitter loops(builder, emitter, loc);
  int64_t first = 0;
  for (const Piece &piece : *pieces) {
    auto constant = [&](int64_t value) -> Value {
      return arith::ConstantIndexOp::create(builder, loc, value);
    };
    Value begin =
        arith::MaxSIOp::create(builder, loc, function.begin, constant(first));
    Value end = arith::MinSIOp::create(builder, loc, function.end,
                                       constant(first + piece.extent));
    if (failed(loops.emitStores(piece, function.outputs.front(), begin, end,
                                first)))
      return kernel.emitOpError(
          "expected values that are linear in the kernel's loops");
    first += piece.extent;
  }
  kernel.erase();
  return success();
}

} // namespace tactus
