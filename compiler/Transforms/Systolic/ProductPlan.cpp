//===- ProductPlan.cpp - How a product is cut -----------------------------===//
//
// Candidates are the orders of the loops times the numbers of chunks; the cost
// of one follows from the recurrence of Timing.h for weights and products, with
// DRAM, the drain and the vector unit as rates beside it.
//
//===----------------------------------------------------------------------===//
#include "compiler/Transforms/Systolic/ProductPlan.h"
#include "dialects/Systolic/Footprint.h"

using namespace mlir;

namespace tactus::systolic {

ProductShape3 shapeOf(const PlacedKernel &placed) {
  const MachineKernel &kernel = placed.kernel;
  unsigned loops = kernel.numLoops();
  Access weights = placed.accessOf(kernel.product->rhs, 1);
  ProductShape3 shape;
  shape.depth = kernel.product->depth;
  shape.columns = kernel.columns();
  bool isShared = true;
  for (unsigned l = 0; l + 2 < loops; ++l)
    isShared &= kernel.sizes[l] == 1 || weights.strides[l] == 0;
  shape.rows = isShared ? kernel.rows() : kernel.sizes[loops - 2];
  shape.matrices = kernel.rows() / shape.rows;
  return shape;
}

namespace {

class Estimator {
public:
  Estimator(const PlacedKernel &placed, const Machine &machine)
      : placed(placed), kernel(placed.kernel), product(*kernel.product),
        machine(machine), shape(shapeOf(placed)),
        folds(llvm::divideCeil(shape.depth, machine.rows)),
        blocks(llvm::divideCeil(shape.columns, machine.columns)),
        loadsPanels(!hasLocalInput(placed, machine)),
        weights(placed.accessOf(product.rhs, 1)),
        areWeightsLocal(weights.storage->isResident),
        result(placed.resultAccess()) {}

  SmallVector<ProductPlan> enumerate() {
    SmallVector<ProductPlan> plans;
    std::optional<int64_t> loads = leastLoads();
    if (!loads || *loads > mostLoads)
      return plans;
    int64_t least = llvm::divideCeil(shape.rows, mostRows());
    for (int64_t count = least; count <= std::max(2 * least, least + 3);
         ++count) {
      // Chunks shorter than the array is high leave it idle while weights
      // shift.
      if (count > least && shape.rows / count < machine.rows)
        break;
      for (LoopOrder order : {LoopOrder::ColumnsFirst, LoopOrder::DepthFirst})
        for (WeightPath path : {WeightPath::Direct, WeightPath::Staged})
          for (bool wholeRows : {false, true})
            if (auto plan = make(order, count, path, wholeRows))
              plans.push_back(std::move(*plan));
    }
    llvm::stable_sort(plans, [](const ProductPlan &a, const ProductPlan &b) {
      return a.cycles < b.cycles;
    });
    return plans;
  }

  std::optional<int64_t> leastLoads() const {
    int64_t most = mostRows();
    if (most < 1)
      return std::nullopt;
    return shape.matrices * folds * blocks * llvm::divideCeil(shape.rows, most);
  }

private:
  int64_t span(int64_t bytes) const {
    return spanOf(machine, Space::UnifiedBuffer, bytes);
  }

  /// Rows of the unified buffer that one row of a chunk takes beside its
  /// panels, in every buffer that its blocks have at one time.
  int64_t stagingSpan() const {
    int64_t width = std::min(machine.columns, shape.columns);
    bool isStored = !result.storage->isResident;
    int64_t total = isStored * span(width * result.storage->elementBytes());
    if (product.drain.residual)
      total += span(width * byteSize(product.drain.output));
    if (!kernel.isDrainedOnly())
      total += span(width * byteSize(product.drain.output)) +
               kernel.vector.peakBuffers() * span(width * 4);
    return total;
  }

  /// Rows of vectors that blocks read.
  int64_t vectorRows() const {
    int64_t count = 2;
    for (const VectorValue &value : kernel.vector.values)
      count += value.form == Form::Row;
    return 2 * count * span(machine.columns * 4);
  }

  /// Rows that a chunk takes, its panels and what its blocks have at one time.
  int64_t chunkRows(int64_t rows) const {
    return loadsPanels * folds * rows + stagingSpan() * rows;
  }

  bool fits(int64_t rows, int64_t copies) const {
    return vectorRows() + copies * chunkRows(rows) <= placed.budget;
  }

  int64_t mostRows() const {
    int64_t most =
        std::min<int64_t>({machine.accumulatorRows / 2, 65535, shape.rows});
    while (most > 0 && !fits(most, most < shape.rows ? 2 : 1) &&
           !(most == 1 && fits(1, 1)))
      most = most > 16 ? most * 15 / 16 : most - 1;
    return most;
  }

  std::optional<ProductPlan> make(LoopOrder order, int64_t count,
                                  WeightPath path, bool wholeRows) const {
    ProductPlan plan;
    plan.order = order;
    plan.loadsWholeRows = wholeRows;
    plan.weights = path;
    plan.loadsPanels = loadsPanels;
    plan.blockColumns = machine.columns;
    for (int64_t i = 0; i < count; ++i)
      plan.chunks.push_back(shape.rows / count + (i < shape.rows % count));
    int64_t inHalf = llvm::divideCeil(blocks, 2);
    if (order == LoopOrder::DepthFirst &&
        (folds == 1 || blocks == 1 ||
         inHalf * plan.chunks.front() > machine.accumulatorRows / 2))
      return std::nullopt;
    if (wholeRows && (order == LoopOrder::DepthFirst || !canLoadWholeRows()))
      return std::nullopt;
    if (path == WeightPath::Staged &&
        (areWeightsLocal || stagingRows(machine) == 0))
      return std::nullopt;
    plan.cycles = shape.matrices * estimate(plan);
    return plan;
  }

  /// Folds begin at rows of the unified buffer, and DRAM would move some bursts
  /// for two of them.
  bool canLoadWholeRows() const {
    int64_t bytes = byteSize(product.type);
    return loadsPanels && folds > 1 && shape.depth * bytes <= 65535 &&
           machine.rows * bytes % machine.unifiedBufferRowBytes == 0 &&
           panelBytes(64, true) < panelBytes(64, false);
  }

  /// What a channel moves for `count` runs of `width` bytes, in whole bursts.
  static int64_t burstsOf(const Channel &channel, int64_t begin, int64_t stride,
                          int64_t width, int64_t count) {
    int64_t burst = channel.burstBytes;
    if (stride == width || count == 1)
      return int64_t(llvm::alignTo(width * count, burst));
    int64_t bursts = 0, sample = std::min<int64_t>(count, 64);
    for (int64_t i = 0; i < sample; ++i, begin += stride)
      bursts += (begin + width - 1) / burst - begin / burst + 1;
    return bursts * burst * count / sample;
  }

  /// What comes from DRAM for `rows` rows of the input.
  int64_t panelBytes(int64_t rows, bool wholeRows) const {
    int64_t bytes = byteSize(product.type);
    Access access = placed.accessOf(product.lhs, 1);
    int64_t begin = access.offset * bytes;
    int64_t stride = access.strides[kernel.numLoops() - 2] * bytes;
    const Channel &channel = machine.dataChannel();
    if (wholeRows)
      return burstsOf(channel, begin, stride, shape.depth * bytes, rows);
    int64_t total = 0;
    for (int64_t k = 0; k < shape.depth; k += machine.rows)
      total += burstsOf(channel, begin + k * bytes, stride,
                        std::min(machine.rows, shape.depth - k) * bytes, rows);
    return total;
  }

  /// What goes to DRAM for `rows` rows of the result.
  int64_t resultBytes(int64_t rows) const {
    int64_t bytes = result.storage->elementBytes(), total = 0;
    for (int64_t c = 0; c < shape.columns; c += machine.columns)
      total +=
          burstsOf(machine.dataChannel(), c * bytes, shape.columns * bytes,
                   std::min(machine.columns, shape.columns - c) * bytes, rows);
    return total;
  }

  int64_t cyclesOf(const Channel &channel, int64_t bytes) const {
    return machine.transferCycles(channel, bytes);
  }

  /// What DRAM moves for the rows of a tile, in whole bursts.
  int64_t tileBytes(int64_t rows, int64_t rowBytes) const {
    bool isRun = weights.storage->tiling || shape.columns <= machine.columns;
    int64_t burst = machine.weightChannel().burstBytes;
    return isRun ? int64_t(llvm::alignTo(rows * rowBytes, burst))
                 : rows * int64_t(llvm::alignTo(rowBytes, burst));
  }

  /// Cycles of LD and WL for a tile of k x n, and those that pass at least from
  /// one tile to the next: its place in the FIFO is free once the tile before
  /// by the FIFO's size has shifted out.
  struct TileCycles {
    int64_t load = 0, push = 0, period = 0;
  };
  TileCycles tileCycles(const ProductPlan &plan, int64_t k, int64_t n) const {
    int64_t bytes = byteSize(product.type);
    int64_t local = k * span(n * bytes);
    int64_t moved = tileBytes(k, n * bytes);
    TileCycles cycles;
    int64_t inFifo;
    if (plan.weights == WeightPath::Direct && !areWeightsLocal) {
      const Channel &channel = machine.weightChannel();
      cycles.push = cyclesOf(channel, moved);
      inFifo = cycles.push + channel.latency;
    } else {
      inFifo = cycles.push = local;
      if (!areWeightsLocal)
        cycles.load = std::max(cyclesOf(machine.dataChannel(), moved), local);
    }
    int64_t turn = inFifo + machine.shiftCycles();
    cycles.period = std::max<int64_t>(
        cycles.push, llvm::divideCeil(turn, machine.fifoTiles));
    return cycles;
  }

  /// Of one matrix.
  int64_t estimate(const ProductPlan &plan) const {
    bool isShared = !machine.host;
    int64_t array = 0, direct = 0, data = 0, units = 0, numTiles = 0;
    int64_t passes = 1 + int64_t(kernel.vector.steps.size());
    for (int64_t rows : plan.chunks) {
      for (int64_t fold = 0; fold < folds; ++fold)
        for (int64_t block = 0; block < blocks; ++block) {
          int64_t k = std::min(machine.rows, shape.depth - fold * machine.rows);
          int64_t n = std::min(machine.columns,
                               shape.columns - block * machine.columns);
          TileCycles tile = tileCycles(plan, k, n);
          if (plan.weights == WeightPath::Direct && !areWeightsLocal)
            direct += tile.push;
          data += tile.load;
          // The first tiles find the FIFO empty.
          bool isFree = numTiles++ < machine.fifoTiles;
          array += std::max(
              {rows, machine.shiftCycles(), isFree ? tile.push : tile.period});
        }
      units += blocks * (rows * passes + machine.activateDepth);
      // What moves at one go holds up the weights behind it, once the tiles
      // before them are used up.
      bool isHeldUp = isShared && !areWeightsLocal;
      int64_t ahead = (plan.weights == WeightPath::Staged ? stagedTiles
                                                          : machine.fifoTiles) *
                      std::max(rows, machine.shiftCycles());
      auto move = [&](int64_t bytes, int64_t localRows, int64_t parts) {
        int64_t cycles =
            std::max(cyclesOf(machine.dataChannel(), bytes), localRows);
        data += cycles;
        if (isHeldUp)
          array += std::max<int64_t>(0, cycles - ahead * parts);
      };
      if (loadsPanels)
        move(panelBytes(rows, plan.loadsWholeRows), folds * rows,
             plan.loadsWholeRows ? 1 : folds);
      if (result.storage->needsDram)
        move(resultBytes(rows), 0, blocks);
    }
    int64_t busiest = std::max({array, units, isShared ? direct + data : data});
    // What nothing hides: the first panels, the first shift, the last drain.
    int64_t first = plan.chunks.front(), last = plan.chunks.back();
    int64_t ready = 0;
    if (loadsPanels) {
      int64_t all = std::max(cyclesOf(machine.dataChannel(),
                                      panelBytes(first, plan.loadsWholeRows)),
                             folds * first);
      ready = machine.dataChannel().latency +
              (plan.loadsWholeRows ? all : all / folds);
      // The first block wants all panels, as fast as they come.
      if (plan.order == LoopOrder::ColumnsFirst && !plan.loadsWholeRows)
        ready += std::max<int64_t>(
            0, all - folds * std::max(first, machine.shiftCycles()));
    }
    int64_t drains = plan.order == LoopOrder::DepthFirst ? blocks : 1;
    int64_t tail = machine.arrayDepth() + drains * last * passes +
                   cyclesOf(machine.dataChannel(),
                            last * std::min(machine.columns, shape.columns) *
                                result.storage->elementBytes());
    // The first tile on its way.
    int64_t k = std::min(machine.rows, shape.depth);
    int64_t n = std::min(machine.columns, shape.columns);
    TileCycles tile = tileCycles(plan, k, n);
    int64_t firstTile = tile.push;
    if (!areWeightsLocal)
      firstTile += machine.weightChannel().latency;
    // A staged one comes behind the panel.
    if (plan.weights == WeightPath::Staged && !areWeightsLocal)
      firstTile +=
          tile.load + (ready > 0 ? ready - machine.dataChannel().latency : 0);
    return std::max(ready, firstTile) + machine.shiftCycles() + busiest + tail;
  }

  const PlacedKernel &placed;
  const MachineKernel &kernel;
  const Product &product;
  const Machine &machine;
  ProductShape3 shape;
  int64_t folds, blocks;
  bool loadsPanels;
  Access weights;
  bool areWeightsLocal;
  Access result;
};

} // namespace

bool hasLocalInput(const PlacedKernel &placed, const Machine &machine) {
  const MachineKernel &kernel = placed.kernel;
  const Product &product = *kernel.product;
  Access access = placed.accessOf(product.lhs, 1);
  unsigned loops = kernel.numLoops();
  if (!access.storage->isResident || access.strides[loops] != 1)
    return false;
  bool isLocal = true;
  for (int64_t k = 0; k < product.depth; k += machine.rows)
    forEachRun(ArrayRef(kernel.sizes).drop_back(),
               ArrayRef(access.strides).take_front(loops - 1), 0, kernel.rows(),
               [&](int64_t, int64_t count, int64_t offset, int64_t stride) {
                 int64_t depth = std::min(machine.rows, product.depth - k);
                 isLocal &=
                     localRows(*access.storage, machine,
                               access.offset + offset + k, stride, count, depth)
                         .has_value();
               });
  return isLocal;
}

int64_t stagingRows(const Machine &machine) {
  int64_t side = std::max(machine.rows, machine.columns);
  int64_t bytes = side * byteSize(machine.elementTypes.back());
  int64_t rows =
      stagedTiles * side * spanOf(machine, Space::UnifiedBuffer, bytes);
  return machine.host || 4 * rows > machine.unifiedBufferRows() ? 0 : rows;
}

std::optional<int64_t> leastLoads(const PlacedKernel &placed,
                                  const Machine &machine) {
  return Estimator(placed, machine).leastLoads();
}

SmallVector<ProductPlan> enumeratePlans(const PlacedKernel &placed,
                                        const Machine &machine) {
  return Estimator(placed, machine).enumerate();
}

} // namespace tactus::systolic
