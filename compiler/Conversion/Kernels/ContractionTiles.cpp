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
  int64_t most = std::max<int64_t>(machine.l2Bytes / 10 / bytesOfStep, 64);
  depthBlock = llvm::divideCeil(k, llvm::divideCeil(k, most));
}

/// Enough iterations for several threads, and more of a large product for many;
/// each costs some instructions more, and is worth being counted. Sums that
/// wait for the next block of k have to find room in a cache.
void ContractionEmitter::chooseRowBlocks() {
  constexpr double leastProducts = 1 << 15, productsOfMany = 1 << 19;
  constexpr int64_t mostWaiting = 1 << 14;
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
  rowsOfBlock = tile.rows * int64_t(llvm::divideCeil(numTiles, numBlocks));
  waitingRows = tile.rows;
  if (depthBlock < numSteps) {
    int64_t most = std::max<int64_t>(mostWaiting / tile.columns / tile.rows, 1);
    numBlocks = std::max(numBlocks, int64_t(llvm::divideCeil(numTiles, most)));
    rowsOfBlock = tile.rows * int64_t(llvm::divideCeil(numTiles, numBlocks));
    waitingRows = rowsOfBlock;
  }
  // Either every panel reads all rows again, which is for nothing where they
  // stay in the second-level cache, or every block all panels, which are
  // fetched ahead and count half. A panel that is copied is used up at once.
  int64_t leftBytes = m * k * int64_t(accumulator.getIntOrFloatBitWidth() / 8);
  hasPanelsInside = isPacked && leftBytes > machine.l2Bytes / 2 &&
                    2 * m * numPanels > n * numBlocks;
}

//===----------------------------------------------------------------------===//
// Tiles
//===----------------------------------------------------------------------===//

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

/// One block of k after another, for all rows of the block at hand.
LogicalResult ContractionEmitter::emitDepthBlocks(Width width) {
  firstWaiting = block ? rowOfTile(firstTile) : constant(0);
  Value past = block ? rowOfTile(pastTile) : constant(m);
  auto clear =
      scf::ForOp::create(builder, loc, firstWaiting, past, constant(1));
  builder.setInsertionPoint(clear.getBody()->getTerminator());
  storeSums(zeros(1, width), clear.getInductionVar(), width);
  builder.setInsertionPointAfter(clear);

  auto loop = scf::ForOp::create(builder, loc, constant(0), constant(numSteps),
                                 constant(depthBlock));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  Value begin = loop.getInductionVar();
  Value end = arith::MinUIOp::create(builder, loc, add(begin, depthBlock),
                                     constant(numSteps));
  LogicalResult result = emitTiles([&](int64_t rows) -> LogicalResult {
    Value row = emitter.place.indices[rank - 2];
    FailureOr<SmallVector<Value>> sums =
        emitSums(loadSums(row, rows, width), begin, end, rows, width);
    if (failed(sums))
      return failure();
    storeSums(*sums, row, width);
    return success();
  });
  builder.setInsertionPointAfter(loop);
  if (failed(result))
    return failure();
  return emitWaitingRows(firstWaiting, past, width);
}

LogicalResult ContractionEmitter::emitPanel(Width width) {
  if (!isPacked && panels && failed(copyPanelOnce(width)))
    return failure();
  if (depthBlock < numSteps)
    return emitDepthBlocks(width);
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
  int64_t sumBytes = waitingRows * tile.columns * elementBytes;
  // Few rows read a panel too rarely to pay for copying it.
  bool copies = !isPacked && (m >= leastRowsToCopy || perStep > 1);
  int64_t panelBytes = copies ? numSteps * perStep * tile.columns *
                                    panelType().getIntOrFloatBitWidth() / 8
                              : 0;
  int64_t startBytes = bytes.hasStart() ? tile.columns * elementBytes : 0;
  int64_t leftBytes =
      perStep > 1 ? tile.rows * leftWidth() * bytes.leftBits() / 8 : 0;
  int64_t extent =
      numBatches * m * n == 0 ? 0 : numBatches * numPanels * numBlocks;
  function = createKernelFunction(
      builder, kernel, extent, sumBytes + startBytes + leftBytes + panelBytes);
  for (auto [argument, buffer] :
       llvm::zip(kernel.getBody().getArguments(), function.inputs))
    emitter.addBuffer(argument, buffer);
  if (extent == 0)
    return;
  sumMemory = viewScratch(builder, function, 0, waitingRows * tile.columns,
                          accumulator);
  int64_t offset = sumBytes;
  if (startBytes > 0)
    startMemory =
        viewScratch(builder, function, offset, tile.columns, accumulator);
  offset += startBytes;
  if (perStep > 1) {
    leftRows = viewScratch(builder, function, offset, tile.rows * leftWidth(),
                           builder.getIntegerType(unsigned(bytes.leftBits())));
    leftWords = viewScratch(builder, function, offset, leftBytes / 4,
                            builder.getI32Type());
  }
  offset += leftBytes;
  if (copies) {
    panels = viewScratch(builder, function, offset,
                         numSteps * perStep * tile.columns, panelType());
    isCopied = true;
  }

  // Every dimension of the result is a loop of its own, and k is the last.
  for (int64_t d = 0; d < rank; ++d)
    emitter.place.groups.push_back({type.getDimSize(d), unsigned(d), false});
  emitter.place.groups.push_back({k, unsigned(rank), true});
  emitter.place.indices.assign(rank + 1, nullptr);
  emitter.place.numLoops = rank + 1;
}

/// Moves the builder into the loop over iterations, and takes one apart.
void ContractionEmitter::enterIteration() {
  auto loop = scf::ForOp::create(builder, loc, function.begin, function.end,
                                 constant(1));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  iteration = loop.getInductionVar();
  Value rest = iteration;
  auto split = [&](int64_t size) -> Value {
    Value part =
        arith::RemUIOp::create(builder, loc, rest, constant(size)).getResult();
    rest = arith::DivUIOp::create(builder, loc, rest, constant(size));
    return part;
  };
  if (hasPanelsInside)
    panel = split(numPanels);
  if (numBlocks > 1) {
    block = split(numBlocks);
    auto tileOf = [&](int64_t add) -> Value {
      Value tiles = buildLinear(builder, loc, add * numTiles,
                                ArrayRef<int64_t>{numTiles}, ArrayRef(block));
      return arith::DivUIOp::create(builder, loc, tiles, constant(numBlocks));
    };
    firstTile = tileOf(0);
    pastTile = tileOf(1);
  }
  if (!hasPanelsInside)
    panel = split(numPanels);
  batch.resize(rank - 2);
  ArrayRef<int64_t> shape = cast<RankedTensorType>(matmul.getType()).getShape();
  for (int64_t d = rank - 3; d >= 0; --d)
    batch[d] = split(shape[d]);
  firstColumn =
      arith::MulIOp::create(builder, loc, panel, constant(tile.columns));
}

LogicalResult ContractionEmitter::run() {
  measure();
  bool isEmpty = m * n * numBatches == 0;
  if (!isEmpty) {
    chooseDepthBlocks();
    chooseRowBlocks();
  }
  createFunction();
  if (isEmpty) {
    kernel.erase();
    return success();
  }
  enterIteration();
  int64_t lastColumns = n - (numPanels - 1) * tile.columns;
  int64_t lastVectors = llvm::divideCeil(lastColumns, tile.lanes);
  Width last{lastVectors, lastColumns - (lastVectors - 1) * tile.lanes};
  Width full{tile.columns / tile.lanes, tile.lanes};
  if (lastColumns == tile.columns || numPanels == 1) {
    if (failed(emitPanel(last)))
      return failure();
  } else {
    Value isLast = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                         panel, constant(numPanels - 1));
    auto which =
        scf::IfOp::create(builder, loc, isLast, /*withElseRegion=*/true);
    builder.setInsertionPoint(which.thenBlock()->getTerminator());
    if (failed(emitPanel(last)))
      return failure();
    builder.setInsertionPoint(which.elseBlock()->getTerminator());
    if (failed(emitPanel(full)))
      return failure();
  }
  kernel.erase();
  return success();
}

} // namespace tactus
