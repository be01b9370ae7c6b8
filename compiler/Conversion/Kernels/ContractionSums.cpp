//===- ContractionSums.cpp - The sums of a product, and what follows ------===//
#include "compiler/Conversion/Kernels/ContractionEmitter.h"
#include "compiler/Conversion/Kernels/KernelWork.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace tactus {

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

Value ContractionEmitter::multiplyAdd(Value lhs, Value rhs, Value sum) {
  if (isa<FloatType>(accumulator)) {
    if (machine.fma)
      return math::FmaOp::create(builder, loc, lhs, rhs, sum);
    return arith::AddFOp::create(
        builder, loc, arith::MulFOp::create(builder, loc, lhs, rhs), sum);
  }
  return arith::AddIOp::create(
      builder, loc, arith::MulIOp::create(builder, loc, lhs, rhs), sum);
}

SmallVector<Value> ContractionEmitter::zeros(int64_t rows, Width width) {
  auto type = VectorType::get({tile.lanes}, accumulator);
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
  return SmallVector<Value>(rows * width.vectors, zero);
}

/// Adds the products of the tile at the emitter's place for k in [firstDepth,
/// pastDepth) to `initial`.
FailureOr<SmallVector<Value>>
ContractionEmitter::emitSums(SmallVector<Value> initial, Value firstDepth,
                             Value pastDepth, int64_t rows, Width width) {
  Value row = emitter.place.indices[rank - 2];
  if (isAlongDepth)
    return emitSumsAlongDepth(row, rows, width);
  Prefetch prefetch = planPrefetch(row, rows, firstDepth);
  // Two steps in a loop save instructions, but take longer to compile, so they
  // are for most of the work. Blocks of k are whole numbers of vectors: only
  // the last has a rest.
  int64_t small = m / numTiles;
  bool isCommon = (rows > small) == (2 * (m % numTiles) > numTiles) &&
                  width.vectors * tile.lanes == tile.columns;
  int64_t stepsOfLoop = isCommon ? 2 : 1;
  Value rest = pastDepth;
  if (numSteps % stepsOfLoop != 0) {
    Value count = arith::SubIOp::create(builder, loc, pastDepth, firstDepth);
    rest = arith::SubIOp::create(
        builder, loc, pastDepth,
        arith::RemUIOp::create(builder, loc, count, constant(stepsOfLoop)));
  }
  auto loop = [&](Value begin, Value end, int64_t steps,
                  ValueRange state) -> FailureOr<SmallVector<Value>> {
    auto loop =
        scf::ForOp::create(builder, loc, begin, end, constant(steps), state);
    builder.setInsertionPointToEnd(loop.getBody());
    auto sums = llvm::to_vector_of<Value>(loop.getRegionIterArgs());
    for (int64_t step = 0; step < steps; ++step) {
      Value depth = add(loop.getInductionVar(), step);
      emitPrefetch(prefetch, depth, step, width);
      if (failed(emitStep(row, depth, sums, rows, width)))
        return failure();
    }
    scf::YieldOp::create(builder, loc, sums);
    builder.setInsertionPointAfter(loop);
    return llvm::to_vector_of<Value>(loop.getResults());
  };
  FailureOr<SmallVector<Value>> sums =
      fetchesResults()
          ? emitRowByRow(rows, width, stepsOfLoop, rest, initial, loop)
          : loop(firstDepth, rest, stepsOfLoop, initial);
  if (failed(sums) || rest == pastDepth)
    return sums;
  return loop(rest, pastDepth, 1, *sums);
}

/// Adds up the steps before `end` in as many parts as the tile has rows, and
/// asks for where a row is written before each. All at once, by the stores at
/// the end, they would be as many as a core can wait for, and the next tile's
/// operands would come after them: 0.92 of the time for 517x244x514.
FailureOr<SmallVector<Value>>
ContractionEmitter::emitRowByRow(int64_t rows, Width width, int64_t stepsOfLoop,
                                 Value end, ValueRange initial,
                                 StepsBody steps) {
  Value first = emitter.place.indices[rank - 2];
  int64_t share =
      int64_t(llvm::alignTo(llvm::divideCeil(numSteps, rows), stepsOfLoop));
  auto loop = scf::ForOp::create(builder, loc, constant(0), constant(rows),
                                 constant(1), initial);
  builder.setInsertionPointToEnd(loop.getBody());
  Value row = loop.getInductionVar();
  fetchResults(arith::AddIOp::create(builder, loc, first, row), width);
  Value begin = arith::MulIOp::create(builder, loc, row, constant(share));
  FailureOr<SmallVector<Value>> sums =
      steps(begin, arith::MinUIOp::create(builder, loc, add(begin, share), end),
            stepsOfLoop, loop.getRegionIterArgs());
  if (failed(sums))
    return failure();
  scf::YieldOp::create(builder, loc, *sums);
  builder.setInsertionPointAfter(loop);
  emitter.place.indices[rank - 2] = first;
  return llvm::to_vector_of<Value>(loop.getResults());
}

/// Adds the products of step `depth` to `sums`.
LogicalResult ContractionEmitter::emitStep(Value row, Value depth,
                                           MutableArrayRef<Value> sums,
                                           int64_t rows, Width width) {
  auto type = VectorType::get({tile.lanes}, accumulator);
  SmallVector<Value> right;
  for (int64_t v = 0; v < width.vectors; ++v) {
    FailureOr<Value> loaded =
        perStep > 1 ? loadRightBytes(depth, v)
                    : loadRight(depth, width.before + v, maskOf(width, v));
    if (failed(loaded))
      return failure();
    right.push_back(*loaded);
  }
  for (int64_t r = 0; r < rows; ++r) {
    MutableArrayRef<Value> sumsOfRow =
        sums.slice(r * width.vectors, width.vectors);
    if (perStep > 1) {
      FailureOr<Value> word = loadLeftWord(row, r, depth);
      if (failed(word))
        return failure();
      for (auto [sum, operand] : llvm::zip(sumsOfRow, right))
        sum = bytes.add(builder, loc, sum, *word, operand);
      continue;
    }
    FailureOr<Value> left = loadLeft(add(row, r), depth);
    if (failed(left))
      return failure();
    // An explicit broadcast: an embedded one would load once per multiply-add.
    Value all = vector::BroadcastOp::create(builder, loc, type, *left);
    for (auto [sum, operand] : llvm::zip(sumsOfRow, right))
      sum = multiplyAdd(all, operand, sum);
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Sums that wait in memory
//===----------------------------------------------------------------------===//

/// Stores rows of sums, of which the first is the result's row `firstRow`.
void ContractionEmitter::storeSums(ArrayRef<Value> sums, Value firstRow,
                                   Width width) {
  Value waiting = arith::SubIOp::create(builder, loc, firstRow, firstWaiting);
  for (auto [i, sum] : llvm::enumerate(sums)) {
    auto place = int64_t(i);
    Value index =
        buildLinear(builder, loc,
                    place / width.vectors * waitingColumns() +
                        place % width.vectors * tile.lanes,
                    ArrayRef<int64_t>{waitingColumns()}, ArrayRef(waiting));
    vector::StoreOp::create(builder, loc, sum, sumMemory, index);
  }
}

SmallVector<Value> ContractionEmitter::loadSums(Value firstRow, int64_t rows,
                                                Width width) {
  Value waiting = arith::SubIOp::create(builder, loc, firstRow, firstWaiting);
  auto type = VectorType::get({tile.lanes}, accumulator);
  SmallVector<Value> sums;
  for (int64_t r = 0; r < rows; ++r)
    for (int64_t v = 0; v < width.vectors; ++v) {
      Value index =
          buildLinear(builder, loc, r * waitingColumns() + v * tile.lanes,
                      ArrayRef<int64_t>{waitingColumns()}, ArrayRef(waiting));
      sums.push_back(
          vector::LoadOp::create(builder, loc, type, sumMemory, index));
    }
  return sums;
}

//===----------------------------------------------------------------------===//
// Epilogues
//===----------------------------------------------------------------------===//

/// Ops that leave the sums of a whole tile in registers.
bool ContractionEmitter::isCheapEpilogue() {
  return llvm::all_of(kernel.getBody().front(), [&](Operation &op) {
    return isa<ir::MatmulOp, ir::UnpackOp, ir::YieldOp, ir::AddOp, ir::SubOp,
               ir::MulOp, ir::ReluOp, ir::MaximumOp, ir::MinimumOp,
               ir::ConstantOp, ir::BroadcastOp, ir::TransposeOp>(op);
  });
}

/// Computes the kernel's results at `places` from the sums there. All are
/// computed before the first is stored, so that loads they share are one.
LogicalResult
ContractionEmitter::emitResults(ArrayRef<std::pair<Value, Value>> places,
                                ArrayRef<Value> sums, ArrayRef<Value> masks) {
  ValueRange results = kernel.getBody().front().getTerminator()->getOperands();
  IndexMap map =
      mapOfLoops(llvm::to_vector(llvm::seq<int64_t>(0, rank)), rank + 1);
  Type element = getElementTypeOrSelf(matmul.getType());
  SmallVector<SmallVector<Value>> computed(results.size());
  for (auto [position, sum, mask] : llvm::zip(places, sums, masks)) {
    place(position.first, position.second, /*isVector=*/true, mask);
    emitter.pushScope();
    Value rounded = sum;
    if (element != accumulator)
      rounded = ir::CastOp::create(builder, loc, emitter.vectorOf(element), sum,
                                   TypeAttr::get(element));
    emitter.bind(matmul.getResult(), map, rounded);
    for (auto [result, values] : llvm::zip(results, computed)) {
      FailureOr<Value> value = emitter.emit(result, map);
      if (failed(value))
        return failure();
      values.push_back(*value);
    }
    emitter.popScope();
  }
  for (auto [output, values] : llvm::zip(function.outputs, computed)) {
    FlatAccess access = flatten(map, output.type.getShape(), rank + 1);
    for (auto [position, value, mask] : llvm::zip(places, values, masks)) {
      place(position.first, position.second, /*isVector=*/true, mask);
      emitter.store(value, output, access);
    }
  }
  return success();
}

/// The results of rows whose sums wait in memory, a row at a time.
LogicalResult ContractionEmitter::emitWaitingRows(Value firstRow, Value pastRow,
                                                  Width width) {
  auto loop = scf::ForOp::create(builder, loc, firstRow, pastRow, constant(1));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  Value row = loop.getInductionVar();
  SmallVector<std::pair<Value, Value>> places;
  SmallVector<Value> masks;
  for (int64_t v = 0; v < width.vectors; ++v) {
    places.push_back({row, add(firstColumn, (width.before + v) * tile.lanes)});
    masks.push_back(maskOf(width, v));
  }
  LogicalResult result =
      emitResults(places, loadSums(row, /*rows=*/1, width), masks);
  builder.setInsertionPointAfter(loop);
  return result;
}

LogicalResult ContractionEmitter::emitEpilogue(ArrayRef<Value> sums,
                                               int64_t rows, Width width) {
  Value row = emitter.place.indices[rank - 2];
  if (!isCheapEpilogue()) {
    // A long epilogue beside a whole tile would spill the sums in the k loop's
    // shadow, so they go to memory once and come back a row at a time.
    firstWaiting = row;
    storeSums(sums, row, width);
    return emitWaitingRows(row, add(row, rows), width);
  }
  SmallVector<std::pair<Value, Value>> places;
  SmallVector<Value> masks;
  for (int64_t r = 0; r < rows; ++r)
    for (int64_t v = 0; v < width.vectors; ++v) {
      places.push_back(
          {add(row, r), add(firstColumn, (width.before + v) * tile.lanes)});
      masks.push_back(maskOf(width, v));
    }
  return emitResults(places, sums, masks);
}

} // namespace tactus
