//===- ContractionTail.cpp - The last columns of a product ----------------===//
//
// Columns that would fill half of a vector or less have vectors whose lanes are
// for several steps of k: with four columns, each lane sums up every fourth
// product of its column, and four lanes are added up at the end. 127x333x65
// takes 68 lanes then and not 80. The vectors have as many lanes on every
// processor, so that the order of a sum is the same on all of them.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Kernels/ContractionEmitter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace tactus {

/// Panels are for the columns before the tail; the last also has the tail, even
/// where that is packed as a panel of its own.
void ContractionEmitter::chooseTail() {
  ColumnTail wanted = tailOf(matmul);
  if (wanted.columns == 0 || isAlongDepth || !isLeftAlongDepth())
    return;
  tail = wanted;
  numPanels =
      std::max<int64_t>(llvm::divideCeil(n - tail.columns, tile.columns), 1);
}

int64_t ContractionEmitter::tailSteps() const {
  return tail.columns == 0 ? 0 : int64_t(llvm::divideCeil(k, tail.depth));
}

/// The vectors of the tail, as those of other columns are.
ContractionEmitter::Width ContractionEmitter::widthOfTail() const {
  auto vectors = int64_t(llvm::divideCeil(tail.columns, tile.lanes));
  return {vectors, tail.columns - (vectors - 1) * tile.lanes};
}

/// The columns of a panel that is copied, of which the last has the tail.
int64_t ContractionEmitter::scratchColumns() const {
  return tile.columns +
         (tail.columns == 0 ? 0 : widthOfTail().vectors * tile.lanes);
}

/// The panel that `width` is of with the tail's vectors as those of others.
ContractionEmitter::Width ContractionEmitter::withTail(Width width) const {
  if (!width.hasTail)
    return width;
  Width last = widthOfTail();
  return {width.vectors + last.vectors, last.lastLanes};
}

Value ContractionEmitter::indexInTail(Value step) {
  return buildLinear(builder, loc, 0, ArrayRef<int64_t>{tail.lanes},
                     ArrayRef(step));
}

/// Copies step `step` of the tail, which comes after `before` vectors of the
/// panel at hand; `inside` of its rows are inside the matrix.
LogicalResult ContractionEmitter::copyTailStep(Value step, int64_t inside,
                                               int64_t before) {
  Width width = widthOfTail();
  int64_t columns = tail.lanes / tail.depth;
  auto type = VectorType::get({columns}, accumulator);
  SmallVector<Value> rows(
      tail.depth,
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type)));
  auto lanes = llvm::to_vector(llvm::seq<int64_t>(0, columns));
  for (int64_t d = 0; d < inside; ++d) {
    Value depth = buildLinear(builder, loc, d, ArrayRef<int64_t>{tail.depth},
                              ArrayRef(step));
    SmallVector<Value> vectors;
    for (int64_t v = 0; v < width.vectors; ++v) {
      FailureOr<Value> loaded = loadRight(depth, before + v, maskOf(width, v));
      if (failed(loaded))
        return failure();
      vectors.push_back(*loaded);
    }
    rows[d] = vector::ShuffleOp::create(builder, loc, vectors.front(),
                                        vectors.back(), lanes);
  }
  vector::StoreOp::create(builder, loc, interleaveRows(builder, loc, rows),
                          tailMemory, indexInTail(step));
  return success();
}

LogicalResult ContractionEmitter::copyTail(int64_t before) {
  int64_t whole = k / tail.depth;
  auto loop = scf::ForOp::create(builder, loc, constant(0), constant(whole),
                                 constant(1));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  if (failed(copyTailStep(loop.getInductionVar(), tail.depth, before)))
    return failure();
  builder.setInsertionPointAfter(loop);
  return whole < tailSteps()
             ? copyTailStep(constant(whole), k - whole * tail.depth, before)
             : success();
}

/// The elements of row `row` that belong to a step, again and again in the
/// lanes of a vector; zeros for those past the first `inside`.
FailureOr<Value> ContractionEmitter::loadLeftOfTail(Value row, Value depth,
                                                    int64_t inside) {
  auto type = VectorType::get({tail.depth}, accumulator);
  Value elements;
  if (isLeftCopied) {
    Value index = indexInLeft(row, depth);
    Value mask = maskOf(inside, tail.depth);
    elements = mask
                   ? vector::MaskedLoadOp::create(
                         builder, loc, type, leftRows, index, mask,
                         arith::ConstantOp::create(builder, loc,
                                                   builder.getZeroAttr(type)))
                         .getResult()
                   : vector::LoadOp::create(builder, loc, type, leftRows, index)
                         .getResult();
  } else {
    FailureOr<Value> loaded = emitLeft(row, depth, inside, tail.depth);
    if (failed(loaded))
      return failure();
    elements = toAccumulator(*loaded);
  }
  SmallVector<int64_t> lanes;
  for (int64_t lane = 0; lane < tail.lanes; ++lane)
    lanes.push_back(lane % tail.depth);
  return vector::ShuffleOp::create(builder, loc, elements, elements, lanes)
      .getResult();
}

/// Asks for the tail's vectors some steps after `step`, where the rest of the
/// panel has driven them out of the first-level cache.
void ContractionEmitter::fetchTail(Value step) {
  constexpr int64_t stepsAhead = 4, lineBytes = 64;
  int64_t elementBytes = accumulator.getIntOrFloatBitWidth() / 8;
  if (k * std::min(n, tile.columns) * elementBytes <= machine.l1Bytes / 2)
    return;
  Value ahead = indexInTail(add(step, stepsAhead));
  for (int64_t lane = 0; lane < tail.lanes; lane += lineBytes / elementBytes)
    memref::PrefetchOp::create(builder, loc, tailMemory, add(ahead, lane),
                               /*isWrite=*/false, /*localityHint=*/3,
                               /*isDataCache=*/true);
}

/// Adds the products of step `step` to `sums`, of which each is for a row.
LogicalResult ContractionEmitter::emitTailStep(Value row, Value step,
                                               int64_t inside,
                                               MutableArrayRef<Value> sums) {
  Value right = vector::LoadOp::create(
      builder, loc, VectorType::get({tail.lanes}, accumulator), tailMemory,
      indexInTail(step));
  fetchTail(step);
  Value depth = buildLinear(builder, loc, 0, ArrayRef<int64_t>{tail.depth},
                            ArrayRef(step));
  for (auto [r, sum] : llvm::enumerate(sums)) {
    FailureOr<Value> left = loadLeftOfTail(add(row, int64_t(r)), depth, inside);
    if (failed(left))
      return failure();
    sum = multiplyAdd(*left, right, sum);
  }
  return success();
}

/// The vectors of results whose lanes `sum` holds in parts that lie side by
/// side.
SmallVector<Value> ContractionEmitter::addTailLanes(Value sum) {
  for (int64_t distance = 1; distance < tail.depth; distance *= 2) {
    SmallVector<int64_t> partners;
    for (int64_t lane = 0; lane < tail.lanes; ++lane)
      partners.push_back(lane ^ distance);
    sum = addSums(sum,
                  vector::ShuffleOp::create(builder, loc, sum, sum, partners));
  }
  SmallVector<Value> vectors;
  for (int64_t v = 0; v < widthOfTail().vectors; ++v) {
    // Lanes past the last column are masked, so they may hold anything.
    SmallVector<int64_t> lanes;
    for (int64_t lane = 0; lane < tile.lanes; ++lane)
      lanes.push_back((v * tile.lanes + lane) * tail.depth % tail.lanes);
    vectors.push_back(vector::ShuffleOp::create(builder, loc, sum, sum, lanes));
  }
  return vectors;
}

/// The sums of `rows` rows from `row` on.
FailureOr<SmallVector<Value>> ContractionEmitter::emitTailSums(Value row,
                                                               int64_t rows) {
  auto type = VectorType::get({tail.lanes}, accumulator);
  SmallVector<Value> sums(
      rows, arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type)));
  int64_t whole = k / tail.depth;
  auto loop = scf::ForOp::create(builder, loc, constant(0), constant(whole),
                                 constant(1), sums);
  builder.setInsertionPointToEnd(loop.getBody());
  sums = llvm::to_vector_of<Value>(loop.getRegionIterArgs());
  if (failed(emitTailStep(row, loop.getInductionVar(), tail.depth, sums)))
    return failure();
  scf::YieldOp::create(builder, loc, sums);
  builder.setInsertionPointAfter(loop);
  sums = llvm::to_vector_of<Value>(loop.getResults());
  if (whole < tailSteps() &&
      failed(emitTailStep(row, constant(whole), k - whole * tail.depth, sums)))
    return failure();
  SmallVector<Value> results;
  for (Value sum : sums)
    results.append(addTailLanes(sum));
  return results;
}

/// The tail's results in `rows` rows from `row` on, after `before` vectors of
/// the panel at hand.
LogicalResult ContractionEmitter::emitTail(Value row, int64_t rows,
                                           int64_t before) {
  Width width = widthOfTail();
  // As many rows at a time as registers hold the sums of.
  int64_t registersOfRow = llvm::divideCeil(tail.lanes, tile.lanes),
          most = std::max<int64_t>(
              machine.vectorRegisters * 3 / 4 / registersOfRow, 1);
  Value panelColumn = firstColumn;
  firstColumn = add(panelColumn, before * tile.lanes);
  for (int64_t done = 0; done < rows; done += most) {
    int64_t count = std::min(most, rows - done);
    Value first = add(row, done);
    FailureOr<SmallVector<Value>> sums = emitTailSums(first, count);
    if (failed(sums))
      return failure();
    emitter.place.indices[rank - 2] = first;
    if (failed(emitEpilogue(*sums, count, width)))
      return failure();
  }
  firstColumn = panelColumn;
  return success();
}

} // namespace tactus
