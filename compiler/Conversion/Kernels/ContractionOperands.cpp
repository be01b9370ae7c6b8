//===- ContractionOperands.cpp - The operands of a matrix product ---------===//
#include "compiler/Conversion/Kernels/ContractionEmitter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace tactus {

/// Loop numbers: batch dimensions first, then rows, columns and k.
IndexMap ContractionEmitter::operandMap(Value operand, bool isLeft) const {
  ArrayRef<int64_t> shape =
      cast<RankedTensorType>(operand.getType()).getShape();
  int64_t operandRank = shape.size(), shift = rank - operandRank;
  SmallVector<int64_t> loops;
  for (int64_t d = 0; d + 2 < operandRank; ++d)
    loops.push_back(shape[d] == 1 ? -1 : d + shift);
  int64_t row = rank - 2, column = rank - 1, depth = rank;
  loops.push_back(isLeft ? row : depth);
  loops.push_back(isLeft ? depth : column);
  return mapOfLoops(loops, rank + 1);
}

/// Puts the emitter at a row and a column of the result, in the batch at hand.
void ContractionEmitter::place(Value row, Value column, bool isVector,
                               Value mask) {
  for (int64_t d = 0; d < rank - 2; ++d)
    emitter.place.indices[d] = batch[d];
  emitter.place.indices[rank - 2] = row;
  emitter.place.indices[rank - 1] = column;
  emitter.place.indices[rank] = nullptr;
  emitter.place.vectorGroup = isVector ? rank - 1 : -1;
  emitter.place.lanes = tile.lanes;
  emitter.place.mask = mask;
}

/// The first `inside` of `lanes` lanes; null for all of them.
Value ContractionEmitter::maskOf(int64_t inside, int64_t lanes) {
  return inside == lanes ? Value() : firstLanes(builder, loc, inside, lanes);
}

Value ContractionEmitter::maskOf(Width width, int64_t vector) {
  return maskOf(vector + 1 == width.vectors ? width.lastLanes : tile.lanes,
                tile.lanes);
}

Value ContractionEmitter::toAccumulator(Value value) {
  if (getElementTypeOrSelf(value.getType()) == accumulator)
    return value;
  Type type = accumulator;
  if (auto vector = dyn_cast<VectorType>(value.getType()))
    type = vector.clone(accumulator);
  return ir::CastOp::create(builder, loc, type, value,
                            TypeAttr::get(accumulator));
}

FailureOr<Value> ContractionEmitter::loadLeft(Value row, Value depth) {
  if (isLeftCopied)
    return loadCopiedLeft(row, depth);
  place(row, nullptr, /*isVector=*/false, nullptr);
  emitter.place.indices[rank] = depth;
  emitter.pushScope();
  FailureOr<Value> element = emitter.emit(
      matmul.getLhs(), operandMap(matmul.getLhs(), /*isLeft=*/true));
  emitter.popScope();
  if (failed(element))
    return failure();
  return toAccumulator(*element);
}

/// Where step `depth` of the panel at hand, as it is read, has column `column`.
Value ContractionEmitter::indexInPanel(Value depth, int64_t column) {
  if (!isCopied)
    return indexInPacked(depth, column);
  return buildLinear(builder, loc, column * perStep,
                     ArrayRef<int64_t>{scratchColumns() * perStep}, depth);
}

/// The same in the packed operand.
Value ContractionEmitter::indexInPacked(Value depth, int64_t column) {
  int64_t step = packedColumns * perStep,
          numPacked = llvm::divideCeil(n, packedColumns);
  SmallVector<int64_t> strides = {step, numSteps * step *
                                            (tile.columns / packedColumns)};
  SmallVector<Value> loops = {depth, panel};
  // The panels of one matrix follow one another; batches of them too.
  auto unpack = matmul.getRhs().getDefiningOp<ir::UnpackOp>();
  ArrayRef<int64_t> shape = unpack.getInput().getType().getShape();
  int64_t stride = numPacked * numSteps * step,
          batchRank = int64_t(shape.size()) - 3;
  for (int64_t d = batchRank - 1; d >= 0; --d) {
    strides.push_back(shape[d] == 1 ? 0 : stride);
    loops.push_back(batch[d + rank - 2 - batchRank]);
    stride *= shape[d];
  }
  int64_t offset = column / packedColumns * numSteps * step +
                   column % packedColumns * perStep;
  return buildLinear(builder, loc, offset, strides, loops);
}

FailureOr<Value> ContractionEmitter::loadRight(Value depth, int64_t vector,
                                               Value mask) {
  if (isCopied)
    return vector::LoadOp::create(
               builder, loc, VectorType::get({tile.lanes}, accumulator), panels,
               indexInPanel(depth, vector * tile.lanes))
        .getResult();
  if (isPacked)
    return loadPacked(depth, vector);
  FailureOr<Value> element = emitRight(depth, vector, mask);
  if (failed(element))
    return failure();
  return toAccumulator(*element);
}

Value ContractionEmitter::loadPacked(Value depth, int64_t vector) {
  auto unpack = matmul.getRhs().getDefiningOp<ir::UnpackOp>();
  const Buffer &buffer = emitter.buffer(unpack.getInput());
  auto stored =
      VectorType::get({tile.lanes}, storageType(buffer.type.getElementType()));
  Value loaded =
      vector::LoadOp::create(builder, loc, stored, buffer.memref,
                             indexInPacked(depth, vector * tile.lanes));
  return toAccumulator(
      emitter.fromStorage(loaded, buffer.type.getElementType()));
}

/// The right operand's own elements: row `row` from where the panel at hand has
/// its vector `vector`.
FailureOr<Value> ContractionEmitter::emitRight(Value row, int64_t vector,
                                               Value mask) {
  place(nullptr, add(firstColumn, vector * tile.lanes), /*isVector=*/true,
        mask);
  emitter.place.indices[rank] = row;
  emitter.pushScope();
  FailureOr<Value> element = emitter.emit(
      matmul.getRhs(), operandMap(matmul.getRhs(), /*isLeft=*/false));
  if (succeeded(element))
    element = emitter.splat(*element);
  emitter.popScope();
  return element;
}

/// The memory of panels as it is read, and the type that it has there.
std::pair<Value, Type> ContractionEmitter::panelMemory() {
  if (isCopied)
    return {panels, panelType()};
  auto unpack = matmul.getRhs().getDefiningOp<ir::UnpackOp>();
  const Buffer &buffer = emitter.buffer(unpack.getInput());
  return {buffer.memref, storageType(buffer.type.getElementType())};
}

/// The element type of a panel that was copied: the accumulator's, or bytes
/// that an instruction takes several of.
Type ContractionEmitter::panelType() {
  return perStep == 1 ? accumulator : builder.getI8Type();
}

/// Copies the panel at hand to scratch, so that every row reads it in address
/// order and as it is needed.
LogicalResult ContractionEmitter::copyPanel(Width width) {
  if (isRightTransposed())
    return copyTransposed(width);
  int64_t whole = k / perStep;
  auto loop = scf::ForOp::create(builder, loc, constant(0), constant(whole),
                                 constant(1));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  if (failed(copyStep(loop.getInductionVar(), perStep, width)))
    return failure();
  builder.setInsertionPointAfter(loop);
  return whole < numSteps
             ? copyStep(constant(whole), k - whole * perStep, width)
             : success();
}

/// Copies step `depth` of the panel at hand, of which `inside` rows are inside
/// the matrix.
LogicalResult ContractionEmitter::copyStep(Value depth, int64_t inside,
                                           Width width) {
  Type element = getElementTypeOrSelf(matmul.getRhs());
  auto type = VectorType::get({tile.lanes}, panelType());
  for (int64_t v = 0; v < width.vectors; ++v) {
    SmallVector<Value> rows(
        perStep,
        arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type)));
    for (int64_t d = 0; d < inside; ++d) {
      if (isPacked) {
        rows[d] = loadPacked(depth, v);
        continue;
      }
      Value row = buildLinear(builder, loc, d, ArrayRef<int64_t>{perStep},
                              ArrayRef(depth));
      FailureOr<Value> loaded = emitRight(row, v, maskOf(width, v));
      if (failed(loaded))
        return failure();
      rows[d] = perStep == 1 ? toAccumulator(*loaded)
                             : emitter.toStorage(*loaded, element);
    }
    vector::StoreOp::create(builder, loc, interleaveRows(builder, loc, rows),
                            panels, indexInPanel(depth, v * tile.lanes));
  }
  return success();
}

} // namespace tactus
