//===- ContractionTail.cpp - The last columns of a product ----------------===//
//
// Columns that would fill a part of a vector have vectors whose lanes are for
// several steps of k: where four lanes are for a column, each sums up every
// fourth of its products, and they are added up at the end. Eight columns take
// two vectors for four steps then, and not four. The vectors have as many lanes
// on every processor, so that the order of a sum is the same on all of them.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Kernels/ContractionEmitter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
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
  isTailCopied = m >= columnsOfTail();
  numPanels =
      std::max<int64_t>(llvm::divideCeil(n - tail.columns, tile.columns), 1);
}

/// The tail's columns and those that its vectors have beside them.
int64_t ContractionEmitter::columnsOfTail() const {
  return tail.vectors * tail.lanes / tail.depth;
}

int64_t ContractionEmitter::tailSteps() const {
  return tail.columns == 0 ? 0 : int64_t(llvm::divideCeil(k, tail.depth));
}

/// The vectors of the tail, after `before` others, as those of other columns
/// are.
ContractionEmitter::Width
ContractionEmitter::widthOfTail(int64_t before) const {
  auto vectors = int64_t(llvm::divideCeil(tail.columns, tile.lanes));
  return {vectors, tail.columns - (vectors - 1) * tile.lanes,
          /*hasTail=*/false, before};
}

/// The columns of a panel that is copied, of which the last has the tail.
int64_t ContractionEmitter::scratchColumns() const {
  return tile.columns + widthOfTail(0).vectors * tile.lanes;
}

/// The columns of a row of sums in memory: a panel's, or the tail's.
int64_t ContractionEmitter::waitingColumns() const {
  return std::max(tile.columns, widthOfTail(0).vectors * tile.lanes);
}

/// The panel that `width` is of with the tail's vectors as those of others.
ContractionEmitter::Width ContractionEmitter::withTail(Width width) const {
  if (!width.hasTail)
    return width;
  Width last = widthOfTail(width.vectors);
  return {width.vectors + last.vectors, last.lastLanes};
}

/// Where step `step` of the tail has its vector `vector`.
Value ContractionEmitter::indexInTail(Value step, int64_t vector) {
  return buildLinear(builder, loc, vector * tail.lanes,
                     ArrayRef<int64_t>{tail.vectors * tail.lanes},
                     ArrayRef(step));
}

/// The first `columns` elements of `vectors`, or as many as there are.
Value ContractionEmitter::joinVectors(ArrayRef<Value> vectors,
                                      int64_t columns) {
  auto size = [](Value vector) {
    return cast<VectorType>(vector.getType()).getNumElements();
  };
  Value all = vectors.front();
  for (Value vector : vectors.drop_front())
    all = vector::ShuffleOp::create(
        builder, loc, all, vector,
        llvm::to_vector(llvm::seq<int64_t>(0, size(all) + size(vector))));
  SmallVector<int64_t> lanes;
  for (int64_t column = 0; column < columns; ++column)
    lanes.push_back(column % size(all));
  return vector::ShuffleOp::create(builder, loc, all, all, lanes);
}

/// Copies step `step` of the tail, which comes after `before` vectors of the
/// panel at hand; `inside` of its rows are inside the matrix.
LogicalResult ContractionEmitter::copyTailStep(Value step, int64_t inside,
                                               int64_t before) {
  Width width = widthOfTail(before);
  int64_t columns = columnsOfTail();
  auto type = VectorType::get({columns}, accumulator);
  SmallVector<Value> rows(
      tail.depth,
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type)));
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
    rows[d] = joinVectors(vectors, columns);
  }
  vector::StoreOp::create(builder, loc, interleaveRows(builder, loc, rows),
                          tailMemory, indexInTail(step, 0));
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
  constexpr int64_t stepsAhead = 4;
  int64_t elementBytes = accumulator.getIntOrFloatBitWidth() / 8;
  if (k * std::min(n, tile.columns) * elementBytes <= machine.l1Bytes / 2)
    return;
  Value ahead = add(step, stepsAhead);
  for (int64_t v = 0; v < tail.vectors; ++v)
    fetch(tailMemory, indexInTail(ahead, v));
}

/// Adds the products of step `step` to `sums`, the vectors of each row.
LogicalResult ContractionEmitter::emitTailStep(Value row, Value step,
                                               int64_t inside,
                                               MutableArrayRef<Value> sums) {
  SmallVector<Value> right;
  for (int64_t v = 0; v < tail.vectors; ++v)
    right.push_back(vector::LoadOp::create(
        builder, loc, VectorType::get({tail.lanes}, accumulator), tailMemory,
        indexInTail(step, v)));
  fetchTail(step);
  Value depth = buildLinear(builder, loc, 0, ArrayRef<int64_t>{tail.depth},
                            ArrayRef(step));
  for (int64_t r = 0; !sums.empty(); ++r) {
    FailureOr<Value> left = loadLeftOfTail(add(row, r), depth, inside);
    if (failed(left))
      return failure();
    for (auto [sum, operand] : llvm::zip(sums, right))
      sum = multiplyAdd(*left, operand, sum);
    sums = sums.drop_front(tail.vectors);
  }
  return success();
}

/// The vectors of a row's results, of which `sums` hold each in several lanes
/// that lie side by side.
SmallVector<Value> ContractionEmitter::addTailLanes(ArrayRef<Value> sums) {
  SmallVector<Value> columns;
  for (Value sum : sums) {
    SmallVector<int64_t> firsts;
    for (int64_t lane = 0; lane < tail.lanes; lane += tail.depth)
      firsts.push_back(lane);
    for (int64_t distance = 1; distance < tail.depth; distance *= 2) {
      SmallVector<int64_t> partners;
      for (int64_t lane = 0; lane < tail.lanes; ++lane)
        partners.push_back(lane ^ distance);
      sum = addSums(
          sum, vector::ShuffleOp::create(builder, loc, sum, sum, partners));
    }
    columns.push_back(
        vector::ShuffleOp::create(builder, loc, sum, sum, firsts));
  }
  // Lanes past the last column are masked, so they may hold anything.
  int64_t vectors = widthOfTail(0).vectors;
  Value all = joinVectors(columns, vectors * tile.lanes);
  SmallVector<Value> results;
  for (int64_t v = 0; v < vectors; ++v)
    results.push_back(vector::ExtractStridedSliceOp::create(
        builder, loc, all, ArrayRef<int64_t>{v * tile.lanes},
        ArrayRef<int64_t>{tile.lanes}, ArrayRef<int64_t>{1}));
  return results;
}

/// Runs `body` for each step of the tail, from the sums 0 on.
FailureOr<SmallVector<Value>> ContractionEmitter::sumTailSteps(int64_t vectors,
                                                               int64_t lanes,
                                                               TailStep body) {
  auto type = VectorType::get({lanes}, accumulator);
  SmallVector<Value> sums(
      vectors,
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type)));
  int64_t whole = k / tail.depth;
  auto loop = scf::ForOp::create(builder, loc, constant(0), constant(whole),
                                 constant(1), sums);
  builder.setInsertionPointToEnd(loop.getBody());
  sums = llvm::to_vector_of<Value>(loop.getRegionIterArgs());
  if (failed(body(loop.getInductionVar(), tail.depth, sums)))
    return failure();
  scf::YieldOp::create(builder, loc, sums);
  builder.setInsertionPointAfter(loop);
  sums = llvm::to_vector_of<Value>(loop.getResults());
  if (whole < tailSteps() &&
      failed(body(constant(whole), k - whole * tail.depth, sums)))
    return failure();
  return sums;
}

/// The sums of `rows` rows from `row` on.
FailureOr<SmallVector<Value>> ContractionEmitter::emitTailSums(Value row,
                                                               int64_t rows) {
  FailureOr<SmallVector<Value>> sums = sumTailSteps(
      rows * tail.vectors, tail.lanes,
      [&](Value step, int64_t inside, MutableArrayRef<Value> sums) {
        return emitTailStep(row, step, inside, sums);
      });
  if (failed(sums))
    return failure();
  SmallVector<Value> results;
  for (int64_t r = 0; r < rows; ++r)
    results.append(
        addTailLanes(ArrayRef(*sums).slice(r * tail.vectors, tail.vectors)));
  return results;
}

/// The same for few rows, which would not pay for the copy: what would be a
/// lane's part of k has vectors of its own, and so every sum the same bits.
FailureOr<SmallVector<Value>>
ContractionEmitter::emitTailSumsApart(Value row, int64_t rows, Width width) {
  int64_t ofPart = rows * width.vectors;
  FailureOr<SmallVector<Value>> sums = sumTailSteps(
      tail.depth * ofPart, tile.lanes,
      [&](Value step, int64_t inside,
          MutableArrayRef<Value> sums) -> LogicalResult {
        for (int64_t d = 0; d < inside; ++d) {
          Value depth =
              buildLinear(builder, loc, d, ArrayRef<int64_t>{tail.depth}, step);
          if (failed(emitStep(row, depth, sums.slice(d * ofPart, ofPart), rows,
                              width)))
            return failure();
        }
        return success();
      });
  if (failed(sums))
    return failure();
  for (int64_t distance = 1; distance < tail.depth; distance *= 2)
    for (int64_t d = 0; d < tail.depth; d += 2 * distance)
      for (int64_t i = 0; i < ofPart; ++i)
        (*sums)[d * ofPart + i] = addSums((*sums)[d * ofPart + i],
                                          (*sums)[(d + distance) * ofPart + i]);
  sums->resize(ofPart);
  return sums;
}

/// The tail's results in `rows` rows from `row` on, after `before` vectors of
/// the panel at hand.
LogicalResult ContractionEmitter::emitTail(Value row, int64_t rows,
                                           int64_t before) {
  Width width = widthOfTail(before);
  // As many rows at a time as registers hold the sums of, and about as many
  // each time.
  int64_t registersOfRow =
      isTailCopied
          ? tail.vectors * int64_t(llvm::divideCeil(tail.lanes, tile.lanes))
          : tail.depth * width.vectors;
  int64_t most = std::max<int64_t>(
              machine.vectorRegisters * 3 / 4 / registersOfRow, 1),
          times = llvm::divideCeil(rows, most);
  for (int64_t time = 0; time < times; ++time) {
    int64_t done = rows * time / times,
            count = rows * (time + 1) / times - done;
    Value first = add(row, done);
    FailureOr<SmallVector<Value>> sums =
        isTailCopied ? emitTailSums(first, count)
                     : emitTailSumsApart(first, count, width);
    if (failed(sums))
      return failure();
    emitter.place.indices[rank - 2] = first;
    if (failed(emitEpilogue(*sums, count, width)))
      return failure();
  }
  return success();
}

} // namespace tactus
