//===- ContractionSizes.cpp - How a matrix product is cut -----------------===//
//
// Panels of columns, blocks and groups of rows, and blocks of k, by what stays
// in which cache.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Kernels/ContractionEmitter.h"
#include <cmath>

using namespace mlir;

namespace tactus {

/// Rows from which on a panel that is not packed is copied.
static constexpr int64_t leastRowsToCopy = 8;

/// Few rows read each panel once, from afar: several panels side by side are
/// streams that come faster than one, if registers hold the sums, and if as
/// many iterations are left as threads may want.
int64_t ContractionEmitter::panelsAtOnce() const {
  constexpr int64_t most = 4, leastIterations = 8;
  int64_t panels = llvm::divideCeil(n, packedColumns),
          vectors = packedColumns / tile.lanes;
  // One row takes what it multiplies from memory, several hold it: with too few
  // registers for that 2x768x3072 took 1.3 times as long.
  int64_t registers = vectors * (m > 1 ? m + 1 : m);
  return std::max<int64_t>(
      std::min({most,
                (machine.vectorRegisters - 8) / std::max<int64_t>(registers, 1),
                panels / leastIterations}),
      1);
}

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
                  : chooseRegisterTile(machine, matmul);
  packedColumns = tile.columns;
  if (isPacked)
    tile.columns *= panelsAtOnce();
  // Few rows would read a panel too rarely to pay for storing it.
  isAlongDepth = m < leastRowsToCopy && k >= kernelLanes && isRightTransposed();
  // Nor would they pay for converting it beforehand.
  isCopied = isPacked
                 ? perStep == 1 && right != accumulator && m > 2 * tile.rows
                 : perStep > 1 || m >= leastRowsToCopy;
  if (isAlongDepth)
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
  if (perStep > 1 || isAlongDepth || m <= tile.rows || k <= longestSum ||
      k * bytesOfStep <= machine.l2Bytes / 3)
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
  waitingRows = tile.rows;
  if (products >= 2 * leastProducts && isRightClose() && evenOutTiles()) {
    shareRows(leastTiles);
    return;
  }
  chooseGroups();
  if (depthBlock < numSteps)
    chooseRounds();
}

/// Whether it costs little that each of several groups of rows meets all
/// panels: they stay in the second-level cache, and nothing is done for a panel
/// before its rows.
bool ContractionEmitter::isRightClose() const {
  Type element =
      getElementTypeOrSelf(const_cast<ir::MatmulOp &>(matmul).getRhs());
  return isPacked && !isCopied && !bytes.hasStart() && depthBlock == numSteps &&
         k * n * int64_t(element.getIntOrFloatBitWidth() / 8) <=
             machine.l2Bytes / 2;
}

/// Sees to it that halves of the rows have about as many tiles, if need be with
/// one more of them that is a little lower. False where that is not possible.
bool ContractionEmitter::evenOutTiles() {
  constexpr int64_t manyTiles = 16;
  if (numTiles % 2 == 1 && numTiles < manyTiles &&
      m / (numTiles + 1) >= tile.rows - 1)
    ++numTiles;
  return numTiles % 2 == 0 || numTiles >= manyTiles;
}

/// Groups of one block of rows, so that threads write rows of their own: where
/// each has columns of its own, in each row they share a line of the cache. An
/// even number, so that two threads have as much to do, and where there are
/// two, the first goes down from where the second goes up: a processor fetches
/// what comes next in each column, and would take from the other thread the
/// rows that it writes (417x11x551 took 1.6 times as long).
void ContractionEmitter::shareRows(int64_t leastTiles) {
  constexpr int64_t groupsOfAll = 8, tilesOfGroup = 4;
  int64_t wanted = llvm::divideCeil(groupsOfAll, numBatches),
          most = numTiles / std::max(leastTiles / 4, tilesOfGroup);
  numBlocks = std::max(
      {numBlocks, std::min(wanted, most), std::min<int64_t>(wanted, 2)});
  if (numBlocks > 1)
    numBlocks = int64_t(llvm::alignTo(numBlocks, 2));
  numGroups = numBlocks;
  isMirrored = numGroups > 1;
  blocksOfGroup = 1;
  rowsOfBlock = tile.rows * int64_t(llvm::divideCeil(numTiles, numBlocks));
}

/// How much of the second-level cache rows may take that all panels read again:
/// beside the panel at hand and the next there is some room for results. Where
/// panels leave little, each group has some rows all the same.
int64_t ContractionEmitter::bytesForRows() const {
  int64_t elementBytes =
              perStep > 1 ? 1 : accumulator.getIntOrFloatBitWidth() / 8,
          bytesOfPanel = tile.columns * elementBytes *
                         std::min(numSteps, depthBlock) * perStep;
  return std::max(machine.l2Bytes / 3,
                  machine.l2Bytes * 3 / 4 - 2 * bytesOfPanel);
}

/// Rows that all panels read again should stay in the second-level cache. Where
/// they do not, the blocks come in groups that do, and a group meets all panels
/// before the next begins: it reads all panels again, but those are fetched
/// ahead and count half. A panel that is copied would be copied by each group,
/// and rows that are copied are by each panel that they do not stay for.
void ContractionEmitter::chooseGroups() {
  bool hasRounds = depthBlock < numSteps;
  int64_t bytesOfRow = std::max<int64_t>(leftBytesOfRow(), 1),
          most = std::max(bytesForRows() / bytesOfRow, tile.rows),
          groups = llvm::divideCeil(m, most);
  bool isWorth = isCopied ? isLeftCopied && !hasRounds &&
                                m * (numPanels - 1) > n * (groups - 1)
                          : hasRounds || 2 * m * numPanels > n * groups;
  if (isWorth)
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

} // namespace tactus
