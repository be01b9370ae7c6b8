//===- ContractionDots.cpp - Sums along k ---------------------------------===//
//
// Few rows times a right operand whose elements lie together along k, a matrix
// times a vector above all, would read that operand once and turn it for
// nothing. Instead every lane sums up its part of k, and the lanes of a vector
// of columns are added up at the end: in one order, on any processor.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Kernels/ContractionEmitter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace tactus {

/// Columns that are read together: streams of which none waits for the other,
/// as many as registers hold the sums of.
int64_t ContractionEmitter::columnsOfDots(int64_t rows) const {
  constexpr int64_t most = 8, kept = 8;
  int64_t registersOfSum = llvm::divideCeil(kernelLanes, tile.lanes);
  return std::clamp<int64_t>(
      (machine.vectorRegisters - kept) / (rows * registersOfSum), 1, most);
}

/// `kernelLanes` elements of k from `depth` on: of the row of the left operand,
/// or the column of the right one, that the emitter is at.
FailureOr<Value> ContractionEmitter::loadAlongDepth(Value operand, Value depth,
                                                    Value mask) {
  bool isLeft = operand == matmul.getLhs();
  emitter.place.indices[rank] = depth;
  emitter.place.vectorGroup = rank;
  emitter.place.lanes = kernelLanes;
  emitter.place.mask = mask;
  emitter.pushScope();
  FailureOr<Value> element = emitter.emit(operand, operandMap(operand, isLeft));
  if (succeeded(element))
    element = toAccumulator(emitter.splat(*element));
  emitter.popScope();
  return element;
}

/// Asks for what the column that the emitter is at reads some steps after
/// `depth`: of its own, or, where those are at an end, of that `together`
/// columns on. A processor fetches ahead by itself only after some reads of
/// each page: 2048x2048x1 took 1.1 times as long.
void ContractionEmitter::fetchDots(Value depth, int64_t together) {
  constexpr int64_t bytesAhead = 1024;
  auto access =
      accessOf(matmul.getRhs(), operandMap(matmul.getRhs(), /*isLeft=*/false));
  if (!access)
    return;
  const Buffer &buffer = emitter.buffer(access->first);
  int64_t bytes =
      storageType(buffer.type.getElementType()).getIntOrFloatBitWidth() / 8;
  if (k * n * bytes <= machine.l2Bytes)
    return;
  int64_t ahead = bytesAhead / bytes,
          toNext = together * access->second.coefficients[unsigned(rank - 1)] -
                   k * access->second.coefficients[unsigned(rank)];
  Value isAtEnd = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::uge,
                                        add(depth, ahead), constant(k));
  Value jump = arith::SelectOp::create(
      builder, loc, isAtEnd, constant(ahead + toNext), constant(ahead));
  Value here = emitter.indexOf(access->second);
  fetch(buffer.memref,
        arith::AddIOp::create(builder, loc, here, jump).getResult());
}

/// Adds the products of `kernelLanes` elements of k, from `depth` on, to
/// `sums`, one for each of `rows` rows and of the columns from `column` on.
LogicalResult ContractionEmitter::emitDotStep(Value row, int64_t rows,
                                              Value column, Value depth,
                                              Value mask,
                                              MutableArrayRef<Value> sums) {
  auto type = VectorType::get({kernelLanes}, accumulator);
  SmallVector<Value> left;
  for (int64_t r = 0; r < rows; ++r) {
    if (isLeftCopied) {
      left.push_back(vector::LoadOp::create(builder, loc, type, leftRows,
                                            indexInLeft(add(row, r), depth)));
      continue;
    }
    place(add(row, r), nullptr, /*isVector=*/false, nullptr);
    FailureOr<Value> loaded = loadAlongDepth(matmul.getLhs(), depth, mask);
    if (failed(loaded))
      return failure();
    left.push_back(*loaded);
  }
  for (int64_t c = 0, columns = int64_t(sums.size()) / rows; c < columns; ++c) {
    place(nullptr, add(column, c), /*isVector=*/false, nullptr);
    FailureOr<Value> right = loadAlongDepth(matmul.getRhs(), depth, mask);
    if (failed(right))
      return failure();
    if (!mask)
      fetchDots(depth, columns);
    for (int64_t r = 0; r < rows; ++r)
      sums[c * rows + r] = multiplyAdd(left[r], *right, sums[c * rows + r]);
  }
  return success();
}

/// Stores the sums of each row and of `columns` columns from `inside`, in the
/// panel at hand, on: a vector each, whose lanes are to be added up.
LogicalResult ContractionEmitter::emitDots(Value row, int64_t rows,
                                           Value inside, int64_t columns) {
  Value column = arith::AddIOp::create(builder, loc, firstColumn, inside);
  auto type = VectorType::get({kernelLanes}, accumulator);
  SmallVector<Value> sums(
      columns * rows,
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type)));
  int64_t whole = k / kernelLanes * kernelLanes;
  auto loop = scf::ForOp::create(builder, loc, constant(0), constant(whole),
                                 constant(kernelLanes), sums);
  builder.setInsertionPointToEnd(loop.getBody());
  sums = llvm::to_vector_of<Value>(loop.getRegionIterArgs());
  if (failed(emitDotStep(row, rows, column, loop.getInductionVar(), nullptr,
                         sums)))
    return failure();
  scf::YieldOp::create(builder, loc, sums);
  builder.setInsertionPointAfter(loop);
  sums = llvm::to_vector_of<Value>(loop.getResults());
  if (whole < k && failed(emitDotStep(row, rows, column, constant(whole),
                                      maskOf(k - whole, kernelLanes), sums)))
    return failure();
  for (int64_t c = 0; c < columns; ++c)
    for (int64_t r = 0; r < rows; ++r)
      vector::StoreOp::create(builder, loc, sums[c * rows + r], dotMemory,
                              indexOfDot(r, c, inside));
  return success();
}

/// Where the sum of row `row` of a tile and of the panel's column `column +
/// inside` is.
Value ContractionEmitter::indexOfDot(int64_t row, int64_t column,
                                     Value inside) {
  return buildLinear(builder, loc, (row * tile.lanes + column) * kernelLanes,
                     ArrayRef<int64_t>{kernelLanes}, ArrayRef(inside));
}

Value ContractionEmitter::addSums(Value lhs, Value rhs) {
  if (isa<FloatType>(accumulator))
    return arith::AddFOp::create(builder, loc, lhs, rhs);
  return arith::AddIOp::create(builder, loc, lhs, rhs);
}

/// Adds up the lanes of each of `dots`, the upper half to the lower until one
/// is left: the sums of as many columns, in their order.
Value ContractionEmitter::foldLanes(SmallVector<Value> dots) {
  // A group of lanes for each column; two vectors become one whose groups have
  // half the lanes, until there is one vector, whose lanes they are.
  for (int64_t half = kernelLanes / 2; half >= 1; half /= 2) {
    auto lanes = cast<VectorType>(dots.front().getType()).getNumElements();
    int64_t together = lanes > tile.lanes ? 1 : 2;
    SmallVector<int64_t> low, high;
    for (int64_t lane = 0; lane < together * lanes; ++lane)
      (lane % (2 * half) < half ? low : high).push_back(lane);
    SmallVector<Value> next;
    for (size_t i = 0; i < dots.size(); i += size_t(together)) {
      Value first = dots[i], second = dots[i + size_t(together) - 1];
      next.push_back(addSums(
          vector::ShuffleOp::create(builder, loc, first, second, low),
          vector::ShuffleOp::create(builder, loc, first, second, high)));
    }
    dots = std::move(next);
  }
  return dots.front();
}

/// The sums of `rows` rows from `row` on with the panel at hand, which is one
/// vector wide.
FailureOr<SmallVector<Value>>
ContractionEmitter::emitSumsAlongDepth(Value row, int64_t rows, Width width) {
  int64_t together = columnsOfDots(rows),
          whole = width.lastLanes / together * together;
  auto loop = scf::ForOp::create(builder, loc, constant(0), constant(whole),
                                 constant(together));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  if (failed(emitDots(row, rows, loop.getInductionVar(), together)))
    return failure();
  builder.setInsertionPointAfter(loop);
  if (whole < width.lastLanes &&
      failed(emitDots(row, rows, constant(whole), width.lastLanes - whole)))
    return failure();

  auto type = VectorType::get({kernelLanes}, accumulator);
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
  SmallVector<Value> sums;
  for (int64_t r = 0; r < rows; ++r) {
    SmallVector<Value> columns(tile.lanes, zero);
    for (int64_t c = 0; c < width.lastLanes; ++c)
      columns[c] = vector::LoadOp::create(builder, loc, type, dotMemory,
                                          indexOfDot(r, c, constant(0)));
    sums.push_back(foldLanes(std::move(columns)));
  }
  return sums;
}

} // namespace tactus
