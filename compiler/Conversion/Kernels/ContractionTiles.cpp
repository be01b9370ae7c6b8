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
#include <cmath>

using namespace mlir;

namespace tactus {

/// Rows from which on a panel that is not packed is copied.
static constexpr int64_t leastRowsToCopy = 8;

Value ContractionEmitter::constant(int64_t value) {
  return arith::ConstantIndexOp::create(builder, loc, value);
}

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

void ContractionEmitter::measure() {
  auto type = cast<RankedTensorType>(matmul.getType());
  rank = type.getRank();
  m = type.getDimSize(rank - 2);
  n = type.getDimSize(rank - 1);
  k = cast<RankedTensorType>(matmul.getLhs().getType()).getShape().back();
  accumulator = accumulatorType(type.getElementType());
  Type left = getElementTypeOrSelf(matmul.getLhs()),
       right = getElementTypeOrSelf(matmul.getRhs());
  perStep = depthOfProduct(machine, left, right, accumulator);
  bytes = ByteProducts(perStep, left, right);
  numSteps = llvm::divideCeil(k, perStep);
  auto unpack = matmul.getRhs().getDefiningOp<ir::UnpackOp>();
  isPacked = bool(unpack);
  // Panels are as wide as they were made, maybe for another machine.
  tile = isPacked ? tileOfPanels(machine, accumulator,
                                 unpack.getInput().getType().getShape().back() /
                                     perStep)
                  : chooseRegisterTile(machine, accumulator, n);
  // Few rows would read a panel too rarely to pay for storing it.
  isTurned = m < leastRowsToCopy && isRightTransposed();
  // Nor would they pay for converting it beforehand.
  isCopied = isPacked
                 ? perStep == 1 && right != accumulator && m > 2 * tile.rows
                 : perStep > 1 || m >= leastRowsToCopy;
  if (isTurned)
    tile.columns = tile.lanes;
  numPanels = llvm::divideCeil(n, tile.columns);
  for (int64_t size : type.getShape().drop_back(2))
    numBatches *= size;
}

/// A panel that takes much of the second-level cache would leave no room for
/// the rows of the left operand, which every panel reads again.
void ContractionEmitter::chooseDepthBlocks() {
  int64_t bytesOfStep =
      tile.columns * int64_t(accumulator.getIntOrFloatBitWidth() / 8);
  depthBlock = numSteps;
  if (perStep > 1 || m <= tile.rows || k * bytesOfStep <= machine.l2Bytes / 3)
    return;
  int64_t most = std::max<int64_t>(machine.l2Bytes / 5 / bytesOfStep, 64);
  depthBlock = int64_t(llvm::alignTo(
      llvm::divideCeil(k, llvm::divideCeil(k, most)), tile.lanes));
}

/// Enough iterations for several threads, and more of a large product for many;
/// each costs some instructions more, and is worth being counted.
void ContractionEmitter::chooseRowBlocks() {
  constexpr double leastProducts = 1 << 15, productsOfMany = 1 << 19;
  double products = double(m) * double(n) * double(k) * double(numBatches);
  auto wanted = int64_t(std::clamp(products / productsOfMany, 8.0, 64.0));
  numTiles = llvm::divideCeil(m, tile.rows);
  double productsOfTile = double(tile.rows * std::min(tile.columns, n)) *
                          double(std::max<int64_t>(k, 1));
  auto leastTiles = int64_t(std::ceil(leastProducts / productsOfTile));
  numBlocks = std::max<int64_t>(
      std::min<int64_t>(llvm::divideCeil(wanted, numBatches * numPanels),
                        numTiles / leastTiles),
      1);
  chooseGroups();
  waitingRows = tile.rows;
  if (depthBlock < numSteps)
    chooseRounds();
}

/// Rows that all panels read again should stay in the second-level cache. Where
/// they do not, the blocks come in groups that do, and a group meets all panels
/// before the next begins: it reads all panels again, but those are fetched
/// ahead and count half. A panel that is copied is used up at once.
void ContractionEmitter::chooseGroups() {
  bool hasRounds = depthBlock < numSteps;
  int64_t bytesOfRow = std::min(k, depthBlock * perStep) *
                       int64_t(accumulator.getIntOrFloatBitWidth() / 8),
          most =
              std::max(machine.l2Bytes / 4 / std::max<int64_t>(bytesOfRow, 1),
                       tile.rows),
          groups = llvm::divideCeil(m, most);
  if (!isCopied && (hasRounds || 2 * m * numPanels > n * groups))
    numGroups = groups;
  else if (hasRounds)
    numBlocks = std::max(numBlocks, groups);
  blocksOfGroup = llvm::divideCeil(numBlocks, numGroups);
  numBlocks = numGroups * blocksOfGroup;
  rowsOfBlock = tile.rows * int64_t(llvm::divideCeil(numTiles, numBlocks));
}

/// The sums of a round leave the second-level cache once for a block of k, and
/// the group's rows enter it once for a round, so a round has many panels.
void ContractionEmitter::chooseRounds() {
  waitingRows = rowsOfBlock;
  iterationsOfRound = 1;
  if (isCopied)
    return;
  int64_t sumBytes = blocksOfGroup * waitingRows * tile.columns *
                     int64_t(accumulator.getIntOrFloatBitWidth() / 8),
          most = std::clamp<int64_t>(machine.l2Bytes / sumBytes, 1, numPanels);
  iterationsOfRound =
      blocksOfGroup *
      int64_t(llvm::divideCeil(numPanels, llvm::divideCeil(numPanels, most)));
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
  auto loop = scf::ForOp::create(builder, loc, lower, upper, constant(rows));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  emitter.place.indices[rank - 2] = loop.getInductionVar();
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

/// A panel stays in scratch for the blocks that follow in this call.
LogicalResult ContractionEmitter::copyPanelOnce(Width width) {
  scf::IfOp isNew;
  if (block) {
    Value isFirst = arith::CmpIOp::create(
        builder, loc, arith::CmpIPredicate::eq, block, constant(0));
    Value begins = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                         iteration, function.begin);
    isNew = scf::IfOp::create(
        builder, loc, arith::OrIOp::create(builder, loc, isFirst, begins),
        /*withElseRegion=*/false);
    builder.setInsertionPoint(isNew.thenBlock()->getTerminator());
  }
  if (failed(copyPanel(width)))
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
        if (isCopied && failed(copyPanelOnce(width)))
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
        if (failed(copyLeftOfRound(begin, end)))
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
  if (isCopied && failed(copyPanelOnce(width)))
    return failure();
  if (startMemory)
    emitStart(width);
  return emitTiles([&](int64_t rows) -> LogicalResult {
    Value row = emitter.place.indices[rank - 2];
    FailureOr<SmallVector<Value>> sums = emitSums(
        initialSums(rows, width), constant(0), constant(numSteps), rows, width);
    if (failed(sums))
      return failure();
    emitter.place.indices[rank - 2] = row;
    return emitEpilogue(*sums, rows, width);
  });
}

//===----------------------------------------------------------------------===//
// The function
//===----------------------------------------------------------------------===//

void ContractionEmitter::createFunction() {
  auto type = cast<RankedTensorType>(matmul.getType());
  int64_t elementBytes = accumulator.getIntOrFloatBitWidth() / 8;
  int64_t numWaiting = iterationsOfRound * waitingRows * tile.columns,
          sumBytes = numWaiting * elementBytes;
  int64_t panelBytes = isCopied ? numSteps * perStep * tile.columns *
                                      panelType().getIntOrFloatBitWidth() / 8
                                : 0;
  int64_t startBytes = bytes.hasStart() ? tile.columns * elementBytes : 0;
  int64_t leftBytes = leftHeight * leftWidth * leftElementBytes();
  int64_t extent =
      numBatches * m * n == 0 ? 0 : numBatches * numPanels * numBlocks;
  function = createKernelFunction(
      builder, kernel, extent, sumBytes + startBytes + leftBytes + panelBytes);
  for (auto [argument, buffer] :
       llvm::zip(kernel.getBody().getArguments(), function.inputs))
    emitter.addBuffer(argument, buffer);
  if (extent == 0)
    return;
  sumMemory = viewScratch(builder, function, 0, numWaiting, accumulator);
  int64_t offset = sumBytes;
  if (startBytes > 0)
    startMemory =
        viewScratch(builder, function, offset, tile.columns, accumulator);
  offset += startBytes;
  if (isLeftCopied)
    leftRows = viewScratch(builder, function, offset, leftHeight * leftWidth,
                           leftType());
  if (perStep > 1)
    leftWords = viewScratch(builder, function, offset, leftBytes / 4,
                            builder.getI32Type());
  offset += leftBytes;
  if (isCopied)
    panels = viewScratch(builder, function, offset,
                         numSteps * perStep * tile.columns, panelType());

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
  Value inGroup = split(blocksOfGroup);
  panel = split(numPanels);
  if (numBlocks > 1) {
    block = buildLinear(builder, loc, 0, ArrayRef<int64_t>{1, blocksOfGroup},
                        ArrayRef<Value>{inGroup, split(numGroups)});
    firstTile = tileOfBlock(block);
    pastTile = tileOfBlock(add(block, 1));
    firstOfGroup = rowOfTile(
        tileOfBlock(arith::SubIOp::create(builder, loc, block, inGroup)));
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
  int64_t lastColumns = n - (numPanels - 1) * tile.columns;
  int64_t lastVectors = llvm::divideCeil(lastColumns, tile.lanes);
  Width last{lastVectors, lastColumns - (lastVectors - 1) * tile.lanes};
  Width full{tile.columns / tile.lanes, tile.lanes};
  if (lastColumns == tile.columns || numPanels == 1) {
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

LogicalResult ContractionEmitter::run() {
  measure();
  bool isEmpty = m * n * numBatches == 0;
  if (!isEmpty) {
    chooseDepthBlocks();
    chooseRowBlocks();
    chooseLeft();
  }
  createFunction();
  LogicalResult result = success();
  if (!isEmpty)
    result = depthBlock < numSteps
                 ? emitRounds()
                 : forEachIteration(
                       function.begin, function.end,
                       [&](Width width) { return emitPanel(width); });
  if (succeeded(result))
    kernel.erase();
  return result;
}

} // namespace tactus
