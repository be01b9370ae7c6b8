//===- ContractionBytes.cpp - Operands of products of bytes ---------------===//
//
// The left operand's rows of a tile go to scratch, where a step of k is one
// word that every lane takes; the right operand's panels have the bytes of a
// step side by side.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Kernels/ContractionEmitter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace tactus {

/// The elements of a row of the left operand in scratch: whole vectors of them.
int64_t ContractionEmitter::leftWidth() const {
  return int64_t(llvm::alignTo(k, machine.vectorBits / 8));
}

/// Copies `lanes` elements of row `row` from k = `depth` on to row `to` of the
/// scratch.
LogicalResult ContractionEmitter::copyLeft(Value row, Value to, Value depth,
                                           int64_t inside) {
  int64_t lanes = machine.vectorBits / 8;
  place(row, nullptr, /*isVector=*/false, nullptr);
  emitter.place.indices[rank] = depth;
  emitter.place.vectorGroup = rank;
  emitter.place.lanes = lanes;
  emitter.place.mask = inside == lanes ? Value() : maskOf(inside, lanes);
  emitter.pushScope();
  FailureOr<Value> element = emitter.emit(
      matmul.getLhs(), operandMap(matmul.getLhs(), /*isLeft=*/true));
  if (succeeded(element))
    element = emitter.toStorage(emitter.splat(*element),
                                getElementTypeOrSelf(matmul.getLhs()));
  emitter.popScope();
  if (failed(element))
    return failure();
  // What lies past k meets zeros of the right operand.
  Value index = buildLinear(builder, loc, 0, ArrayRef<int64_t>{leftWidth(), 1},
                            ArrayRef<Value>{to, depth});
  vector::StoreOp::create(
      builder, loc, bytes.prepareLeft(builder, loc, *element), leftRows, index);
  return success();
}

LogicalResult ContractionEmitter::copyLeftRows(Value firstRow, int64_t rows) {
  int64_t lanes = machine.vectorBits / 8, whole = k / lanes * lanes;
  auto loop = scf::ForOp::create(builder, loc, constant(0), constant(rows),
                                 constant(1));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  Value to = loop.getInductionVar();
  Value row = arith::AddIOp::create(builder, loc, firstRow, to);
  auto along = scf::ForOp::create(builder, loc, constant(0), constant(whole),
                                  constant(lanes));
  builder.setInsertionPoint(along.getBody()->getTerminator());
  if (failed(copyLeft(row, to, along.getInductionVar(), lanes)))
    return failure();
  builder.setInsertionPointAfter(along);
  if (whole < k && failed(copyLeft(row, to, constant(whole), k - whole)))
    return failure();
  builder.setInsertionPointAfter(loop);
  return success();
}

/// The word of step `depth` in row `row` of the scratch.
Value ContractionEmitter::loadLeftWord(int64_t row, Value depth) {
  Value index = buildLinear(builder, loc, row * leftWidth() / perStep,
                            ArrayRef<int64_t>{1}, ArrayRef(depth));
  return memref::LoadOp::create(builder, loc, leftWords, index);
}

Value ContractionEmitter::loadRightBytes(Value depth, int64_t vector) {
  auto type = VectorType::get({tile.lanes * perStep}, builder.getI8Type());
  return vector::LoadOp::create(builder, loc, type, panelMemory().first,
                                indexInPanel(depth, vector * tile.lanes));
}

/// Stores what the sums of the panel at hand start from.
void ContractionEmitter::emitStart(Width width) {
  auto loop = scf::ForOp::create(builder, loc, constant(0), constant(numSteps),
                                 constant(1), zeros(/*rows=*/1, width));
  builder.setInsertionPointToEnd(loop.getBody());
  SmallVector<Value> sums;
  Value word = bytes.startWord(builder, loc);
  for (int64_t v = 0; v < width.vectors; ++v)
    sums.push_back(bytes.add(builder, loc, loop.getRegionIterArg(unsigned(v)),
                             word, loadRightBytes(loop.getInductionVar(), v)));
  scf::YieldOp::create(builder, loc, sums);
  builder.setInsertionPointAfter(loop);
  Value zero = zeros(/*rows=*/1, width).front();
  for (int64_t v = 0; v < width.vectors; ++v)
    vector::StoreOp::create(
        builder, loc,
        arith::SubIOp::create(builder, loc, zero, loop.getResult(unsigned(v))),
        startMemory, constant(v * tile.lanes));
}

SmallVector<Value> ContractionEmitter::initialSums(int64_t rows, Width width) {
  if (!startMemory)
    return zeros(rows, width);
  auto type = VectorType::get({tile.lanes}, accumulator);
  SmallVector<Value> row, sums;
  for (int64_t v = 0; v < width.vectors; ++v)
    row.push_back(vector::LoadOp::create(builder, loc, type, startMemory,
                                         constant(v * tile.lanes)));
  for (int64_t r = 0; r < rows; ++r)
    sums.append(row);
  return sums;
}

} // namespace tactus
