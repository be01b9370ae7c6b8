//===- ContractionPrefetch.cpp - What a matrix product fetches ahead ------===//
//
// What is past the end of an operand is asked for by a few steps only: where no
// page is there, a core looks for it again each time, and 333x649x350 took 1.2
// times as long.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Kernels/ContractionEmitter.h"
#include "compiler/Conversion/Kernels/KernelWork.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;

namespace tactus {

static constexpr int64_t lineBytes = 64;

static int64_t bytesOfElement(Type storage) {
  return storage.getIntOrFloatBitWidth() / 8;
}

/// Whether what a call reads and writes leaves the second-level cache before
/// the next.
bool ContractionEmitter::isFar() {
  uint64_t bytes = 0;
  Block &body = kernel.getBody().front();
  for (Value input : body.getArguments())
    bytes += bytesOf(input);
  for (Value result : body.getTerminator()->getOperands())
    bytes += bytesOf(result);
  return int64_t(bytes) > machine.l2Bytes;
}

/// Asks for the line of element `index` of `memory`, also where it will have
/// left the first-level cache again before it is read: what is wanted in the
/// second only, a Zen 5 fetches late (128x768x768 with weights that are not in
/// a cache took 1.03 times as long).
void ContractionEmitter::fetch(Value memory, Value index, bool isWrite) {
  memref::PrefetchOp::create(builder, loc, memory, index, isWrite,
                             /*localityHint=*/3, /*isDataCache=*/true);
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

/// A right operand that does not stay in the second-level cache comes from
/// farther away, the next panel, or block of k, while this one is at work: each
/// tile of rows asks for its share. A third of the cache stays only where all
/// else fits beside it: 0.96 of the time for 517x244x514.
std::optional<ContractionEmitter::Stream>
ContractionEmitter::streamOfRight(Value row, Value firstDepth) {
  auto [memory, type] = panelMemory();
  Stream stream{memory, bytesOfElement(type), nullptr, 0};
  if (isCopied || k * n * stream.bytes <= machine.l2Bytes / (isFar() ? 3 : 2))
    return std::nullopt;
  int64_t step = tile.columns * perStep, rows = m, share = depthBlock * step;
  Value done = row;
  if (numGroups > 1 || roundBegin) {
    rows = rowsOfBlock * blocksOfGroup;
    done = arith::SubIOp::create(builder, loc, row, firstOfGroup);
  }
  stream.stride = std::max<int64_t>(
      llvm::divideCeil(step * std::min(tile.rows, m), rows), 1);
  // Where there are more tiles than lines of a step, the last have nothing
  // left.
  done = arith::MinUIOp::create(builder, loc,
                                buildLinear(builder, loc, 0,
                                            ArrayRef<int64_t>{share / rows},
                                            ArrayRef(done)),
                                constant(share));
  // The last panel is followed by the first, for the next group, or, in a
  // round, at the next block of k.
  int64_t panelsBack = numPanels - 1, toFirst = 0;
  Value isLast;
  if (roundBegin) {
    panelsBack = iterationsOfRound / blocksOfGroup - 1;
    toFirst = share;
    isLast = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::uge,
                                   add(iteration, blocksOfGroup), roundEnd);
  } else {
    isLast = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                   panel, constant(numPanels - 1));
  }
  Value here = indexInPanel(firstDepth, 0),
        next = arith::SelectOp::create(
            builder, loc, isLast,
            add(here, toFirst - panelsBack * numSteps * step),
            add(here, numSteps * step));
  stream.first =
      buildLinear(builder, loc, 0, ArrayRef<int64_t>{1, 1, -stream.stride},
                  ArrayRef<Value>{next, done, firstDepth});
  return stream;
}

/// The rows of the next tile, which the processor does not fetch ahead by
/// itself: it follows a few rows at a time, each until its page ends. 0.97 of
/// the time for 588x578x53, 0.96 for 512x512x512.
std::optional<ContractionEmitter::Stream>
ContractionEmitter::streamOfLeft(Value row, int64_t rows) {
  // A tile of one vector has no load to spare, and of many panels a few find
  // the rows far away where all panels, or all rows, stay close: 1.04 for
  // 669x564x14 and 517x244x514.
  constexpr int64_t fewPanels = 2;
  bool isClose = isRightClose() || m * leftBytesOfRow() <= bytesForRows();
  if (isLeftCopied || !isFar() || tile.columns == tile.lanes ||
      (isClose && numPanels > fewPanels))
    return std::nullopt;
  auto access =
      accessOf(matmul.getLhs(), operandMap(matmul.getLhs(), /*isLeft=*/true));
  if (!access || access->second.coefficients[unsigned(rank)] != 1 ||
      access->second.coefficients[unsigned(rank - 2)] != k)
    return std::nullopt;
  const Buffer &buffer = emitter.buffer(access->first);
  Value next = add(row, rows);
  if (isUpwards)
    next =
        arith::SelectOp::create(builder, loc, isUpwards, next, add(row, -rows));
  Value isInside = arith::CmpIOp::create(
      builder, loc, arith::CmpIPredicate::ult, next, constant(m));
  place(arith::SelectOp::create(builder, loc, isInside, next, constant(0)),
        nullptr, /*isVector=*/false, nullptr);
  emitter.place.indices[rank] = constant(0);
  Value first = emitter.indexOf(access->second);
  emitter.place.indices[rank - 2] = row;
  return Stream{buffer.memref,
                bytesOfElement(storageType(buffer.type.getElementType())),
                first, rows * perStep};
}

/// Plans what is to be fetched while the tile of `rows` rows at `row` reads the
/// panel from `firstDepth` on.
ContractionEmitter::Prefetch
ContractionEmitter::planPrefetch(Value row, int64_t rows, Value firstDepth) {
  constexpr int64_t leastStepsAhead = 8;
  Prefetch plan;
  if (!isPacked && !isCopied)
    return plan;
  // A panel that is larger than the first-level cache streams from the second,
  // and its rows are longer than what the processor fetches ahead by itself.
  auto isStreamed = [&](int64_t bytes) { return bytes > machine.l1Bytes / 2; };
  int64_t bytes = bytesOfElement(panelMemory().second),
          bytesOfStep = tile.columns * perStep * bytes;
  if (!isCopied && m <= tile.rows) {
    // Panels lie one after the other, and each is read once.
    constexpr int64_t bytesAhead = 6 << 10;
    if (!isStreamed(k * n * bytes))
      return plan;
    plan.stepsAhead = std::max(bytesAhead / bytesOfStep, leastStepsAhead);
    plan.lastStep = buildLinear(builder, loc, numPanels * numSteps - 1,
                                ArrayRef<int64_t>{-numSteps}, ArrayRef(panel));
    return plan;
  }
  if (isStreamed(depthBlock * bytesOfStep))
    plan.stepsAhead = leastStepsAhead;
  for (std::optional<Stream> stream :
       {streamOfRight(row, firstDepth), streamOfLeft(row, rows)})
    if (stream)
      plan.streams.push_back(*stream);
  return plan;
}

/// Asks for what step `depth` is to ask for, the loop's step `step`.
void ContractionEmitter::emitPrefetch(const Prefetch &plan, Value depth,
                                      int64_t step, Width width) {
  for (const Stream &stream : plan.streams) {
    // Several steps may be for the same line.
    int64_t stepsOfLine =
        std::max<int64_t>(lineBytes / (stream.stride * stream.bytes), 1);
    if (step % stepsOfLine == 0)
      fetch(stream.memory,
            buildLinear(builder, loc, 0, ArrayRef<int64_t>{1, stream.stride},
                        ArrayRef<Value>{stream.first, depth}));
  }
  if (plan.stepsAhead == 0)
    return;
  auto [memory, type] = panelMemory();
  Value ahead = add(depth, plan.stepsAhead);
  if (plan.lastStep)
    ahead = arith::MinUIOp::create(builder, loc, ahead, plan.lastStep);
  for (int64_t column = 0; column < width.vectors * tile.lanes;
       column += lineBytes / bytesOfElement(type) / perStep)
    fetch(memory, indexInPanel(ahead, column));
}

//===----------------------------------------------------------------------===//
// Results
//===----------------------------------------------------------------------===//

/// Whether the lines that results are written to are fetched, and there is time
/// for that.
bool ContractionEmitter::fetchesResults() {
  constexpr int64_t leastSteps = 8;
  return isFar() && numSteps >= leastSteps && depthBlock == numSteps;
}

/// Asks for the lines that row `row` of the panel at hand is written to.
void ContractionEmitter::fetchResults(Value row, Width width) {
  IndexMap map =
      mapOfLoops(llvm::to_vector(llvm::seq<int64_t>(0, rank)), rank + 1);
  int64_t columns = (width.vectors - 1) * tile.lanes + width.lastLanes;
  for (const Buffer &output : function.outputs) {
    int64_t bits =
        storageType(output.type.getElementType()).getIntOrFloatBitWidth();
    FlatAccess access = flatten(map, output.type.getShape(), rank + 1);
    auto fetchColumn = [&](int64_t column) {
      place(row, add(firstColumn, column), /*isVector=*/false, nullptr);
      fetch(output.memref, emitter.indexOf(access),
            /*isWrite=*/true);
    };
    for (int64_t column = 0; column < columns; column += lineBytes * 8 / bits)
      fetchColumn(column);
    if (n * bits % (lineBytes * 8) != 0)
      fetchColumn(columns - 1);
  }
}

} // namespace tactus
