//===- ContractionLeft.cpp - The left operand of a product, copied --------===//
//
// Rows of the left operand go to scratch where they would be read in pieces
// that lie far apart, where each element takes computing or converting, which
// every panel would do again, and where they are bytes that are prepared: there
// a step of k is one word that every lane takes. The right operand's panels
// have the bytes of a step side by side.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Kernels/ContractionEmitter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace tactus {

static bool isRead(Value value) {
  Operation *op = value.getDefiningOp();
  return !op || (isa<ir::TransposeOp, ir::SliceOp, ir::BroadcastOp>(op) &&
                 isRead(op->getOperand(0)));
}

/// Whether vectors of the left operand would be gathered.
bool ContractionEmitter::isLeftScattered() const {
  Value lhs = const_cast<ir::MatmulOp &>(matmul).getLhs();
  auto access = accessOf(lhs, operandMap(lhs, /*isLeft=*/true));
  return !access || access->second.coefficients[unsigned(rank)] != 1;
}

/// Whether elements of the left operand are computed or converted.
bool ContractionEmitter::isLeftPrepared() const {
  Value lhs = const_cast<ir::MatmulOp &>(matmul).getLhs();
  return getElementTypeOrSelf(lhs) != accumulator || !isRead(lhs);
}

/// Whether vectors along k are read, from the operand or its copy.
bool ContractionEmitter::isLeftAlongDepth() const {
  return isLeftPrepared() || !isLeftScattered();
}

void ContractionEmitter::chooseLeft() {
  if (perStep > 1)
    isLeftCopied = !bytes.areWordsInMemory() || k % perStep != 0 ||
                   !isRead(matmul.getLhs()) || isLeftScattered();
  else
    isLeftCopied = depthBlock < numSteps || isLeftPrepared() ||
                   (isAlongDepth && isLeftScattered());
  leftLanes = perStep > 1    ? machine.vectorBits / 8
              : isAlongDepth ? kernelLanes
                             : tile.lanes;
  if (!isLeftCopied)
    return;
  // Rows a multiple of 4 KiB apart would share few sets of a cache.
  constexpr int64_t pageBytes = 4096;
  leftWidth =
      int64_t(llvm::alignTo(depthBlock < numSteps ? depthBlock : k, leftLanes));
  if (leftWidth * leftElementBytes() % pageBytes == 0)
    leftWidth += leftLanes;
}

/// Rows of a group stay in scratch for all panels where they fit into the
/// second-level cache beside a panel.
void ContractionEmitter::keepLeft() {
  if (!isLeftCopied)
    return;
  bool hasRounds = depthBlock < numSteps;
  int64_t rowsOfGroup = blocksOfGroup * rowsOfBlock,
          bytes = rowsOfGroup * leftWidth * leftElementBytes();
  isLeftKept = hasRounds ? !isCopied
                         : numPanels > 1 && (numTiles == 1 ||
                                             bytes <= machine.l2Bytes * 3 / 4);
  leftHeight = isLeftKept ? rowsOfGroup : hasRounds ? rowsOfBlock : tile.rows;
}

Type ContractionEmitter::leftType() const {
  return perStep > 1 ? IntegerType::get(accumulator.getContext(),
                                        unsigned(bytes.leftBits()))
                     : accumulator;
}

int64_t ContractionEmitter::leftElementBytes() const {
  return leftType().getIntOrFloatBitWidth() / 8;
}

/// Of what tiles read of a row, in a block of k where that has several.
int64_t ContractionEmitter::leftBytesOfRow() const {
  Type element =
      getElementTypeOrSelf(const_cast<ir::MatmulOp &>(matmul).getLhs());
  int64_t bytes = isLeftCopied
                      ? leftElementBytes()
                      : storageType(element).getIntOrFloatBitWidth() / 8;
  return std::min(k, depthBlock * perStep) * bytes;
}

Value ContractionEmitter::indexInLeft(Value row, Value depth) {
  return buildLinear(builder, loc, 0,
                     ArrayRef<int64_t>{leftWidth, -leftWidth, 1, -1},
                     ArrayRef<Value>{row, leftRow, depth, leftDepth});
}

/// A vector of elements of row `row` from k = `depth` on, of which `inside` are
/// inside the matrix.
FailureOr<Value> ContractionEmitter::emitLeft(Value row, Value depth,
                                              int64_t inside, int64_t lanes) {
  place(row, nullptr, /*isVector=*/false, nullptr);
  emitter.place.indices[rank] = depth;
  emitter.place.vectorGroup = rank;
  emitter.place.lanes = lanes;
  emitter.place.mask = maskOf(inside, lanes);
  emitter.pushScope();
  FailureOr<Value> elements = emitter.emit(
      matmul.getLhs(), operandMap(matmul.getLhs(), /*isLeft=*/true));
  if (succeeded(elements))
    elements = emitter.splat(*elements);
  emitter.popScope();
  return elements;
}

/// Copies elements of row `row` from k = `depth` on, as many as a vector has
/// lanes or `inside`.
LogicalResult ContractionEmitter::copyLeft(Value row, Value depth,
                                           int64_t inside) {
  FailureOr<Value> elements = emitLeft(row, depth, inside, leftLanes);
  if (failed(elements))
    return failure();
  Value prepared =
      perStep > 1 ? bytes.prepareLeft(
                        builder, loc,
                        emitter.toStorage(
                            *elements, getElementTypeOrSelf(matmul.getLhs())))
                  : toAccumulator(*elements);
  // What lies past k meets zeros of the right operand, or nothing: it has
  // to be a number, which 0 / 0 is not.
  if (Value mask = maskOf(inside, leftLanes); mask && perStep == 1)
    prepared = arith::SelectOp::create(
        builder, loc, mask, prepared,
        arith::ConstantOp::create(builder, loc,
                                  builder.getZeroAttr(prepared.getType())));
  vector::StoreOp::create(builder, loc, prepared, leftRows,
                          indexInLeft(row, depth));
  return success();
}

/// Copies the rows [first, past) for k in [leftDepth, pastDepth), which is a
/// block of k or all of it.
LogicalResult ContractionEmitter::copyLeftRows(Value first, Value past,
                                               Value pastDepth) {
  int64_t whole = k / leftLanes * leftLanes;
  auto loop = scf::ForOp::create(builder, loc, first, past, constant(1));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  Value row = loop.getInductionVar();
  auto along = scf::ForOp::create(
      builder, loc, leftDepth,
      arith::MinUIOp::create(builder, loc, pastDepth, constant(whole)),
      constant(leftLanes));
  builder.setInsertionPoint(along.getBody()->getTerminator());
  if (failed(copyLeft(row, along.getInductionVar(), leftLanes)))
    return failure();
  builder.setInsertionPointAfter(along);
  if (whole < k) {
    auto isLast = scf::IfOp::create(
        builder, loc,
        arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ugt,
                              pastDepth, constant(whole)),
        /*withElseRegion=*/false);
    builder.setInsertionPoint(isLast.thenBlock()->getTerminator());
    if (failed(copyLeft(row, constant(whole), k - whole)))
      return failure();
    builder.setInsertionPointAfter(isLast);
  }
  builder.setInsertionPointAfter(loop);
  return success();
}

/// Copies the rows of the iteration at hand for k in [firstDepth, pastDepth),
/// unless they have stayed since an iteration from `firstIteration` on.
LogicalResult ContractionEmitter::copyLeftOfBlock(Value firstIteration,
                                                  Value firstDepth,
                                                  Value pastDepth) {
  scf::IfOp isNew;
  if (isLeftKept) {
    Value number =
        arith::SubIOp::create(builder, loc, iteration, firstIteration);
    Value isFirst =
        arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ult, number,
                              constant(blocksOfGroup));
    Value begins = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                         panel, constant(0));
    isNew = scf::IfOp::create(
        builder, loc, arith::OrIOp::create(builder, loc, isFirst, begins),
        /*withElseRegion=*/false);
    builder.setInsertionPoint(isNew.thenBlock()->getTerminator());
  }
  leftRow = isLeftKept ? firstOfGroup : firstRow;
  leftDepth = firstDepth;
  if (failed(copyLeftRows(firstRow, pastRow, pastDepth)))
    return failure();
  if (isNew)
    builder.setInsertionPointAfter(isNew);
  return success();
}

/// Copies the rows of a tile.
LogicalResult ContractionEmitter::copyLeftOfTile(Value row, int64_t rows) {
  leftRow = row;
  leftDepth = constant(0);
  return copyLeftRows(row, add(row, rows), constant(k));
}

/// The element of a row of the scratch.
Value ContractionEmitter::loadCopiedLeft(Value row, Value depth) {
  return memref::LoadOp::create(builder, loc, leftRows,
                                indexInLeft(row, depth));
}

/// The word of step `depth` in row `r` of the tile that begins at `row`.
FailureOr<Value> ContractionEmitter::loadLeftWord(Value row, int64_t r,
                                                  Value depth) {
  if (isLeftCopied) {
    int64_t words = leftWidth / perStep;
    Value index = buildLinear(builder, loc, r * words,
                              ArrayRef<int64_t>{words, -words, 1},
                              ArrayRef<Value>{row, leftRow, depth});
    return memref::LoadOp::create(builder, loc, leftWords, index).getResult();
  }
  FailureOr<Value> elements = emitLeft(
      add(row, r),
      buildLinear(builder, loc, 0, ArrayRef<int64_t>{perStep}, ArrayRef(depth)),
      perStep, perStep);
  if (failed(elements))
    return failure();
  Value stored =
      emitter.toStorage(*elements, getElementTypeOrSelf(matmul.getLhs()));
  auto word = VectorType::get({1}, builder.getI32Type());
  return vector::ExtractOp::create(
             builder, loc,
             vector::BitCastOp::create(builder, loc, word, stored), 0)
      .getResult();
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
