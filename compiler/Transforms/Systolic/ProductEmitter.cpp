//===- ProductEmitter.cpp - Products on the array -------------------------===//
#include "compiler/Transforms/Systolic/ProductEmitter.h"
#include "dialects/Systolic/Footprint.h"

using namespace mlir;

namespace tactus::systolic {

/// Tokens are kept for blocks of so many rows of accumulators.
static constexpr int64_t rowsOfPart = 64;

Rows ProductEmitter::sumsOf(unsigned half, int64_t row, int64_t rows) const {
  Rows sums{halves.buffers[half], row, 1, {}};
  for (int64_t i = row / rowsOfPart; i <= (row + rows - 1) / rowsOfPart; ++i)
    sums.parts.push_back({sums.buffer, i});
  return sums;
}

Rows ProductEmitter::nextSums(int64_t rows) {
  unsigned half = std::exchange(halves.next, halves.next ^ 1);
  int64_t &begin = halves.rows[half];
  if (begin + rows > machine.accumulatorRows / 2)
    begin = 0;
  int64_t row =
      std::exchange(begin, int64_t(llvm::alignTo(begin + rows, rowsOfPart)));
  return sumsOf(half, row, rows);
}

void ProductEmitter::run() {
  ProductShape3 shape = shapeOf(placed);
  for (int64_t i = 0; i < shape.matrices; ++i)
    runMatrix(i * shape.rows, shape.rows, i);
}

void ProductEmitter::runMatrix(int64_t firstRow, int64_t rows, int64_t index) {
  batch = index;
  int64_t row = firstRow;
  for (int64_t chunkRows : plan.chunks) {
    chunk = {row, chunkRows, 0, kernel.columns()};
    SmallVector<Extent> blocks;
    for (int64_t c = 0; c < kernel.columns(); c += plan.blockColumns)
      blocks.push_back({row, chunkRows, c,
                        std::min(plan.blockColumns, kernel.columns() - c)});
    // What the first product waits for is loaded first.
    panels.assign(folds(), Value());
    loadPanel(0);
    if (plan.order == LoopOrder::ColumnsFirst) {
      for (auto [b, block] : llvm::enumerate(blocks)) {
        Rows sums = nextSums(chunkRows);
        preload(block, sums);
        multiplyBlock(block, sums, b == 0);
        drainBlock(block, sums);
      }
    } else {
      // The blocks lie one behind the other, as many in each half.
      SmallVector<Rows> sums;
      int64_t inHalf = llvm::divideCeil(blocks.size(), 2);
      for (size_t b = 0; b < blocks.size(); ++b) {
        bool isSecond = int64_t(b) >= inHalf;
        int64_t place = int64_t(b) - isSecond * inHalf;
        sums.push_back(sumsOf(isSecond, place * chunkRows, chunkRows));
      }
      for (auto [block, into] : llvm::zip(blocks, sums))
        preload(block, into);
      for (int64_t i = 0; i < folds(); ++i) {
        if (i > 0)
          loadPanel(i);
        for (auto [block, into] : llvm::zip(blocks, sums)) {
          loadTile(i, depthOf(i), block);
          multiplyRows(i, depthOf(i), block, into,
                       product.init.has_value() || i > 0);
        }
      }
      for (auto [block, into] : llvm::zip(blocks, sums))
        drainBlock(block, into);
    }
    for (Value panel : panels)
      if (panel)
        steps.pool.release(panel);
    row += chunkRows;
  }
}

/// The rows of a fold.
void ProductEmitter::loadPanel(int64_t fold) {
  if (!plan.loadsPanels)
    return;
  Access access = placed.accessOf(product.lhs, 1);
  unsigned loops = kernel.numLoops();
  int64_t bytes = byteSize(product.type);
  int64_t depth = plan.loadsWholeRows ? product.depth : depthOf(fold);
  int64_t span = spanOf(machine, Space::UnifiedBuffer, depth * bytes);
  if (plan.loadsWholeRows && fold > 0)
    return;
  Value panel = panels[fold] = steps.pool.acquire(chunk.rows * span);
  int64_t base = access.offset + fold * machine.rows * access.strides[loops];
  forEachRun(ArrayRef(kernel.sizes).drop_back(),
             ArrayRef(access.strides).take_front(loops - 1), chunk.firstRow,
             chunk.rows,
             [&](int64_t row, int64_t count, int64_t offset, int64_t stride) {
               emit.load({.local = {panel,
                                    (row - chunk.firstRow) * span,
                                    span,
                                    {{panel, 0}}},
                          .dram = dramRows(*access.storage, base + offset,
                                           stride, count, depth),
                          .rows = count,
                          .bytes = depth * bytes});
             });
}

/// What the sums begin with, loaded to the accumulators.
void ProductEmitter::preload(const Extent &block, const Rows &sums) {
  if (!product.init)
    return;
  Access access = placed.accessOf(*product.init);
  unsigned loops = kernel.numLoops();
  int64_t base = access.offset + block.firstColumn * access.strides[loops - 1];
  if (!hasRows(formOf(product.init->map, loops))) {
    emit.load({.local = sums,
               .dram = dramRows(*access.storage, base, 0, 1, block.columns),
               .rows = block.rows,
               .bytes = block.columns * 4,
               .broadcast = true});
    return;
  }
  forEachRun(ArrayRef(kernel.sizes).drop_back(),
             ArrayRef(access.strides).take_front(loops - 1), block.firstRow,
             block.rows,
             [&](int64_t row, int64_t count, int64_t offset, int64_t stride) {
               Rows part = sums;
               part.row += row - block.firstRow;
               emit.load({.local = part,
                          .dram = dramRows(*access.storage, base + offset,
                                           stride, count, block.columns),
                          .rows = count,
                          .bytes = block.columns * 4});
             });
}

void ProductEmitter::multiplyBlock(const Extent &block, const Rows &sums,
                                   bool isFirst) {
  for (int64_t i = 0; i < folds(); ++i) {
    if (isFirst && i > 0)
      loadPanel(i);
    loadTile(i, depthOf(i), block);
    multiplyRows(i, depthOf(i), block, sums, product.init.has_value() || i > 0);
  }
}

/// The loops' indices where the batch loops are at matrix `index`, as an
/// offset.
static int64_t batchOffset(ArrayRef<int64_t> sizes, const Access &access,
                           int64_t index) {
  int64_t offset = 0;
  for (int64_t d = int64_t(sizes.size()) - 3; d >= 0; --d) {
    offset += index % sizes[d] * access.strides[d];
    index /= sizes[d];
  }
  return offset;
}

void ProductEmitter::loadTile(int64_t fold, int64_t depth,
                              const Extent &block) {
  Access access = placed.accessOf(product.rhs, 1);
  unsigned loops = kernel.numLoops();
  const Storage &storage = *access.storage;
  int64_t alongColumns = access.strides[loops - 1];
  int64_t alongDepth = access.strides[loops];
  int64_t offset = access.offset + batchOffset(kernel.sizes, access, batch) +
                   fold * machine.rows * alongDepth +
                   block.firstColumn * alongColumns;
  ProgramBuilder::Weights weights;
  weights.type = product.type;
  weights.k = depth;
  weights.n = block.columns;
  // Rows of the tile lie evenly; if not, those of its transpose do.
  weights.transpose =
      alongColumns != 1 && (block.columns != 1 || storage.tiling.has_value());
  int64_t rows = weights.transpose ? block.columns : depth;
  int64_t width = weights.transpose ? depth : block.columns;
  int64_t stride = weights.transpose ? alongColumns : alongDepth;
  weights.local = storage.isResident
                      ? localRows(storage, machine, offset, stride, rows, width)
                      : std::nullopt;
  if (!weights.local)
    weights.dram = dramRows(storage, offset, stride, rows, width);
  if (weights.local || plan.weights == WeightPath::Direct)
    return emit.loadWeights(weights);
  stageTile(weights, rows, width * storage.elementBytes());
}

void ProductEmitter::stageTile(ProgramBuilder::Weights &weights, int64_t rows,
                               int64_t rowBytes) {
  int64_t span = spanOf(machine, Space::UnifiedBuffer, rowBytes);
  Value buffer = tiles.acquire(stagingRows(machine) / stagedTiles);
  emit.load({.local = {buffer, 0, span, {{buffer, 0}}},
             .dram = *weights.dram,
             .rows = rows,
             .bytes = rowBytes});
  weights.dram.reset();
  weights.local = {buffer, 0, span, {{buffer, 0}}};
  emit.loadWeights(weights);
  tiles.release(buffer);
}

void ProductEmitter::multiplyRows(int64_t fold, int64_t depth,
                                  const Extent &block, const Rows &sums,
                                  bool accumulate) {
  ProgramBuilder::Multiply multiply;
  multiply.sums = sums;
  multiply.type = product.type;
  multiply.k = depth;
  multiply.accumulate = accumulate;
  if (Value panel = panels[plan.loadsWholeRows ? 0 : fold]) {
    multiply.input = {panel, 0, 1, {{panel, 0}}};
    int64_t bytes = byteSize(product.type);
    if (plan.loadsWholeRows) {
      multiply.input.row =
          fold * machine.rows * bytes / machine.unifiedBufferRowBytes;
      multiply.input.stride =
          spanOf(machine, Space::UnifiedBuffer, product.depth * bytes);
    }
    multiply.rows = block.rows;
    return emit.multiply(multiply);
  }
  Access access = placed.accessOf(product.lhs, 1);
  unsigned loops = kernel.numLoops();
  int64_t base = access.offset + fold * machine.rows * access.strides[loops];
  forEachRun(ArrayRef(kernel.sizes).drop_back(),
             ArrayRef(access.strides).take_front(loops - 1), block.firstRow,
             block.rows,
             [&](int64_t row, int64_t count, int64_t offset, int64_t stride) {
               multiply.input = *localRows(*access.storage, machine,
                                           base + offset, stride, count, depth);
               multiply.sums.row = sums.row + row - block.firstRow;
               multiply.rows = count;
               emit.multiply(multiply);
               multiply.switchWeights = false;
             });
}

Rows ProductEmitter::vectorFor(const Read &read, const Extent &block,
                               Value &buffer) {
  return steps.loadBlock(placed.accessOf(read), block, Form::Row, buffer);
}

void ProductEmitter::drainBlock(const Extent &block, const Rows &sums) {
  const Drain &drain = product.drain;
  ProgramBuilder::Activation activation;
  activation.sums = sums;
  activation.rows = block.rows;
  activation.columns = block.columns;
  activation.input = drain.input;
  activation.output = drain.output;
  activation.function = drain.function;
  activation.alpha = drain.alpha;
  activation.beta = drain.beta;
  activation.scale = drain.scale;
  activation.outputScale = drain.outputScale;
  activation.residualFirst = drain.residualFirst;
  activation.zeroPoint = drain.zeroPoint;
  Value buffers[3];
  if (drain.scales)
    activation.scales = vectorFor(*drain.scales, block, buffers[0]);
  if (drain.slopes)
    activation.slopes = vectorFor(*drain.slopes, block, buffers[1]);
  if (drain.residual)
    activation.residual = steps.loadBlock(placed.accessOf(*drain.residual),
                                          block, Form::Full, buffers[2]);
  KernelEmitter::Target target;
  Value staging;
  bool isAll = kernel.isDrainedOnly();
  if (isAll) {
    target = steps.resultTarget(block);
    activation.destination = target.rows;
  } else {
    int64_t span = spanOf(machine, Space::UnifiedBuffer,
                          block.columns * byteSize(drain.output));
    staging = steps.pool.acquire(block.rows * span);
    activation.destination = {staging, 0, span, {{staging, 0}}};
  }
  emit.activate(activation);
  for (Value buffer : buffers)
    if (buffer)
      steps.pool.release(buffer);
  if (isAll)
    return steps.storeResult(block, target);
  steps.emitBlock(block, activation.destination);
  steps.pool.release(staging);
}

} // namespace tactus::systolic
