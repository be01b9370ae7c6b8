//===- ContractionTiles.cpp - How a matrix product is shared out ----------===//
//
// The iterations of the function are (batch, panel) pairs, or, where those are
// few or the rows many, such pairs with one of several blocks of rows. A
// block's rows come in tiles of nearly equal height, each of a static size.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Kernels/ContractionEmitter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace tactus {

Value ContractionEmitter::constant(int64_t value) {
  return arith::ConstantIndexOp::create(builder, loc, value);
}

//===----------------------------------------------------------------------===//
// Tiles
//===----------------------------------------------------------------------===//

/// The tiles are shared out evenly.
Value ContractionEmitter::tileOfBlock(Value number) {
  Value tiles = arith::MulIOp::create(builder, loc, number, constant(numTiles));
  return arith::DivUIOp::create(builder, loc, tiles, constant(numBlocks));
}

/// The first rows are those of the taller tiles.
Value ContractionEmitter::rowOfTile(Value number) {
  int64_t small = m / numTiles, numTall = m % numTiles;
  Value rows = arith::MulIOp::create(builder, loc, number, constant(small));
  if (numTall == 0)
    return rows;
  Value taller =
      arith::MinUIOp::create(builder, loc, number, constant(numTall));
  return arith::AddIOp::create(builder, loc, rows, taller);
}

/// Those of the tiles [first, past) that are in the block at hand. Each has
/// `rows` rows, and the first begins at row `firstRow`.
LogicalResult ContractionEmitter::emitTiles(int64_t first, int64_t past,
                                            int64_t firstRow, int64_t rows,
                                            TileBody body) {
  if (first == past)
    return success();
  Value lower = constant(firstRow);
  Value upper = constant(firstRow + (past - first) * rows);
  if (block) {
    auto rowOf = [&](Value tile) {
      Value inside = arith::MinUIOp::create(
          builder, loc,
          arith::MaxUIOp::create(builder, loc, tile, constant(first)),
          constant(past));
      return buildLinear(builder, loc, firstRow - first * rows,
                         ArrayRef<int64_t>{rows}, ArrayRef(inside));
    };
    lower = rowOf(firstTile);
    upper = rowOf(pastTile);
  }
  // A number of steps times what the loop does not change costs an addition
  // for each tile.
  Value begin, sign;
  if (isUpwards) {
    begin = arith::SelectOp::create(builder, loc, isUpwards, lower,
                                    add(upper, -rows));
    sign = arith::SelectOp::create(builder, loc, isUpwards, constant(1),
                                   constant(-1));
  }
  auto loop = scf::ForOp::create(builder, loc, lower, upper, constant(rows));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  Value row = loop.getInductionVar();
  if (isUpwards) {
    Value done = arith::SubIOp::create(builder, loc, row, lower);
    row = arith::AddIOp::create(
        builder, loc, begin,
        arith::MulIOp::create(builder, loc, sign, done).getResult());
  }
  emitter.place.indices[rank - 2] = row;
  LogicalResult result = body(rows);
  builder.setInsertionPointAfter(loop);
  return result;
}

/// All tiles of the block at hand, tall ones first.
LogicalResult ContractionEmitter::emitTiles(TileBody body) {
  int64_t small = m / numTiles, numTall = m % numTiles;
  if (failed(emitTiles(0, numTall, 0, small + 1, body)))
    return failure();
  return emitTiles(numTall, numTiles, numTall * (small + 1), small, body);
}

//===----------------------------------------------------------------------===//
// Panels
//===----------------------------------------------------------------------===//

/// Emits what copies the panel at hand, or a part of it. That stays in scratch
/// for the blocks that follow in this call: those of a group, and, where only
/// the last panel has what is copied, those of all groups of a matrix.
LogicalResult
ContractionEmitter::onceForPanel(llvm::function_ref<LogicalResult()> body) {
  scf::IfOp isNew;
  if (block) {
    auto isLess = [&](Value lhs, Value rhs) -> Value {
      return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ult, lhs,
                                   rhs);
    };
    // How long ago this panel was, if that was in this call.
    Value never = constant(numBatches * numPanels * numBlocks),
          lastGroup = never;
    if (!isCopied)
      lastGroup = arith::SelectOp::create(
          builder, loc, isLess(constant(0), group),
          constant(blocksOfGroup * (numPanels - 1) + 1), never);
    Value sinceLast = arith::SelectOp::create(
        builder, loc, isLess(constant(0), inGroup), constant(1), lastGroup);
    Value begins =
        isLess(iteration,
               arith::AddIOp::create(builder, loc, function.begin, sinceLast));
    isNew = scf::IfOp::create(builder, loc, begins, /*withElseRegion=*/false);
    builder.setInsertionPoint(isNew.thenBlock()->getTerminator());
  }
  if (failed(body()))
    return failure();
  if (isNew)
    builder.setInsertionPointAfter(isNew);
  return success();
}

/// Rounds of iterations, whose sums wait in memory: one block of k after
/// another for all of a round, so that rows of the left operand stay close.
LogicalResult ContractionEmitter::emitRounds() {
  auto rounds = scf::ForOp::create(builder, loc, function.begin, function.end,
                                   constant(iterationsOfRound));
  builder.setInsertionPoint(rounds.getBody()->getTerminator());
  roundBegin = rounds.getInductionVar();
  roundEnd = arith::MinUIOp::create(
      builder, loc, add(roundBegin, iterationsOfRound), function.end);
  if (failed(forEachIteration(roundBegin, roundEnd, [&](Width width) {
        if (isCopied && failed(onceForPanel([&] { return copyPanel(width); })))
          return failure();
        auto clear =
            scf::ForOp::create(builder, loc, firstRow, pastRow, constant(1));
        builder.setInsertionPoint(clear.getBody()->getTerminator());
        storeSums(zeros(1, width), clear.getInductionVar(), width);
        builder.setInsertionPointAfter(clear);
        return success();
      })))
    return failure();

  auto loop = scf::ForOp::create(builder, loc, constant(0), constant(numSteps),
                                 constant(depthBlock));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  Value begin = loop.getInductionVar();
  Value end = arith::MinUIOp::create(builder, loc, add(begin, depthBlock),
                                     constant(numSteps));
  if (failed(forEachIteration(roundBegin, roundEnd, [&](Width width) {
        if (failed(copyLeftOfBlock(roundBegin, begin, end)))
          return failure();
        return emitTiles([&](int64_t rows) -> LogicalResult {
          Value row = emitter.place.indices[rank - 2];
          FailureOr<SmallVector<Value>> sums =
              emitSums(loadSums(row, rows, width), begin, end, rows, width);
          if (failed(sums))
            return failure();
          storeSums(*sums, row, width);
          return success();
        });
      })))
    return failure();
  builder.setInsertionPointAfter(loop);
  if (failed(forEachIteration(roundBegin, roundEnd, [&](Width width) {
        return emitWaitingRows(firstRow, pastRow, width);
      })))
    return failure();
  builder.setInsertionPointAfter(rounds);
  return success();
}

LogicalResult ContractionEmitter::emitPanel(Width width) {
  bool copiesTail = width.hasTail && isTailCopied;
  if ((isCopied || copiesTail) && failed(onceForPanel([&]() -> LogicalResult {
        if (isCopied && failed(copyPanel(withTail(width))))
          return failure();
        return copiesTail ? copyTail(width.vectors) : success();
      })))
    return failure();
  if (startMemory)
    emitStart(width);
  if (isLeftKept &&
      failed(copyLeftOfBlock(function.begin, constant(0), constant(k))))
    return failure();
  return emitTiles([&](int64_t rows) -> LogicalResult {
    Value row = emitter.place.indices[rank - 2];
    if (isLeftCopied && !isLeftKept && failed(copyLeftOfTile(row, rows)))
      return failure();
    if (width.vectors > 0 && failed(emitTile(row, rows, width)))
      return failure();
    return width.hasTail ? emitTail(row, rows, width.vectors) : success();
  });
}

LogicalResult ContractionEmitter::emitTile(Value row, int64_t rows,
                                           Width width) {
  emitter.place.indices[rank - 2] = row;
  FailureOr<SmallVector<Value>> sums = emitSums(
      initialSums(rows, width), constant(0), constant(numSteps), rows, width);
  if (failed(sums))
    return failure();
  emitter.place.indices[rank - 2] = row;
  return emitEpilogue(*sums, rows, width);
}

//===----------------------------------------------------------------------===//
// The function
//===----------------------------------------------------------------------===//

void ContractionEmitter::createFunction() {
  auto type = cast<RankedTensorType>(matmul.getType());
  int64_t elementBytes = accumulator.getIntOrFloatBitWidth() / 8;
  int64_t numWaiting = iterationsOfRound * waitingRows * waitingColumns(),
          sumBytes = numWaiting * elementBytes;
  int64_t panelBytes = isCopied ? numSteps * perStep * scratchColumns() *
                                      panelType().getIntOrFloatBitWidth() / 8
                                : 0;
  int64_t startBytes = bytes.hasStart() ? tile.columns * elementBytes : 0;
  int64_t numDots =
      isAlongDepth ? std::min(tile.rows, m) * tile.lanes * kernelLanes : 0;
  int64_t numTail = isTailCopied ? tailSteps() * tail.vectors * tail.lanes : 0;
  int64_t leftBytes = leftHeight * leftWidth * leftElementBytes();
  int64_t extent =
      numBatches * m * n == 0 ? 0 : numBatches * numPanels * numBlocks;
  function =
      createKernelFunction(builder, kernel, extent,
                           sumBytes + numDots * elementBytes + startBytes +
                               leftBytes + panelBytes + numTail * elementBytes);
  for (auto [argument, buffer] :
       llvm::zip(kernel.getBody().getArguments(), function.inputs))
    emitter.addBuffer(argument, buffer);
  if (extent == 0)
    return;
  sumMemory = viewScratch(builder, function, 0, numWaiting, accumulator);
  int64_t offset = sumBytes;
  if (isAlongDepth)
    dotMemory = viewScratch(builder, function, offset, numDots, accumulator);
  offset += numDots * elementBytes;
  if (startBytes > 0)
    startMemory =
        viewScratch(builder, function, offset, tile.columns, accumulator);
  offset += startBytes;
  if (isLeftCopied)
    leftRows = viewScratch(builder, function, offset, leftHeight * leftWidth,
                           leftType());
  if (isLeftCopied && perStep > 1)
    leftWords = viewScratch(builder, function, offset, leftBytes / 4,
                            builder.getI32Type());
  offset += leftBytes;
  if (isCopied)
    panels = viewScratch(builder, function, offset,
                         numSteps * perStep * scratchColumns(), panelType());
  offset += panelBytes;
  if (numTail > 0)
    tailMemory = viewScratch(builder, function, offset, numTail, accumulator);

  // Every dimension of the result is a loop of its own, and k is the last.
  for (int64_t d = 0; d < rank; ++d)
    emitter.place.groups.push_back({type.getDimSize(d), unsigned(d), false});
  emitter.place.groups.push_back({k, unsigned(rank), true});
  emitter.place.indices.assign(rank + 1, nullptr);
  emitter.place.numLoops = rank + 1;
}

/// Takes the iteration at hand apart.
void ContractionEmitter::enterIteration() {
  Value rest = iteration;
  auto split = [&](int64_t size) -> Value {
    Value part =
        arith::RemUIOp::create(builder, loc, rest, constant(size)).getResult();
    rest = arith::DivUIOp::create(builder, loc, rest, constant(size));
    return part;
  };
  inGroup = split(blocksOfGroup);
  panel = split(numPanels);
  if (numBlocks > 1) {
    group = split(numGroups);
    block = buildLinear(builder, loc, 0, ArrayRef<int64_t>{1, blocksOfGroup},
                        ArrayRef<Value>{inGroup, group});
    firstTile = tileOfBlock(block);
    pastTile = tileOfBlock(add(block, 1));
    firstOfGroup = rowOfTile(
        tileOfBlock(arith::SubIOp::create(builder, loc, block, inGroup)));
    if (isMirrored) {
      Value isAlone = arith::CmpIOp::create(
          builder, loc, arith::CmpIPredicate::eq,
          arith::SubIOp::create(builder, loc, function.end, function.begin),
          constant(numBatches * numPanels * numBlocks));
      isUpwards = arith::OrIOp::create(
          builder, loc, isAlone,
          arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::uge, group,
                                constant(numGroups / 2)));
    }
  } else {
    firstOfGroup = constant(0);
  }
  firstRow = block ? rowOfTile(firstTile) : constant(0);
  pastRow = block ? rowOfTile(pastTile) : constant(m);
  firstWaiting = firstRow;
  if (roundBegin)
    firstWaiting = buildLinear(
        builder, loc, 0, ArrayRef<int64_t>{1, -waitingRows, waitingRows},
        ArrayRef<Value>{firstRow, iteration, roundBegin});
  batch.resize(rank - 2);
  ArrayRef<int64_t> shape = cast<RankedTensorType>(matmul.getType()).getShape();
  for (int64_t d = rank - 3; d >= 0; --d)
    batch[d] = split(shape[d]);
  firstColumn =
      arith::MulIOp::create(builder, loc, panel, constant(tile.columns));
}

/// Emits `body` in a loop over the iterations [begin, end), once for each width
/// that panels have.
LogicalResult ContractionEmitter::forEachIteration(Value begin, Value end,
                                                   PanelBody body) {
  auto loop = scf::ForOp::create(builder, loc, begin, end, constant(1));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  iteration = loop.getInductionVar();
  enterIteration();
  bool hasTail = tail.columns > 0;
  int64_t lastColumns = n - tail.columns - (numPanels - 1) * tile.columns;
  int64_t lastVectors = llvm::divideCeil(lastColumns, tile.lanes);
  Width last{lastVectors, lastColumns - (lastVectors - 1) * tile.lanes,
             hasTail};
  Width full{tile.columns / tile.lanes, tile.lanes};
  if ((lastColumns == tile.columns && !hasTail) || numPanels == 1) {
    if (failed(body(last)))
      return failure();
  } else {
    Value isLast = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                         panel, constant(numPanels - 1));
    auto which =
        scf::IfOp::create(builder, loc, isLast, /*withElseRegion=*/true);
    builder.setInsertionPoint(which.thenBlock()->getTerminator());
    if (failed(body(last)))
      return failure();
    builder.setInsertionPoint(which.elseBlock()->getTerminator());
    if (failed(body(full)))
      return failure();
  }
  builder.setInsertionPointAfter(loop);
  return success();
}

} // namespace tactus
