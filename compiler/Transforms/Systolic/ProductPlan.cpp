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
        loadsPanels(!isLocalInput()), result(placed.resultAccess()) {}

  SmallVector<ProductPlan> enumerate() {
    SmallVector<ProductPlan> plans;
    int64_t most = mostRows();
    if (most < 1)
      return plans;
    int64_t least = llvm::divideCeil(shape.rows, most);
    for (int64_t count = least; count <= std::max(2 * least, least + 3);
         ++count) {
      // Chunks shorter than the array is high leave it idle while weights
      // shift.
      if (count > least && shape.rows / count < machine.rows)
        break;
      for (LoopOrder order : {LoopOrder::ColumnsFirst, LoopOrder::DepthFirst})
        if (std::optional<ProductPlan> plan = make(order, count))
          plans.push_back(std::move(*plan));
    }
    llvm::stable_sort(plans, [](const ProductPlan &a, const ProductPlan &b) {
      return a.cycles < b.cycles;
    });
    return plans;
  }

private:
  /// Whether every fold of every row begins at a row of the unified buffer.
  bool isLocalInput() const {
    Access access = placed.accessOf(product.lhs, 1);
    unsigned loops = kernel.numLoops();
    if (!access.storage->isResident || access.strides[loops] != 1)
      return false;
    bool isLocal = true;
    for (int64_t fold = 0; fold < folds; ++fold)
      forEachRun(
          ArrayRef(kernel.sizes).drop_back(),
          ArrayRef(access.strides).take_front(loops - 1), 0, kernel.rows(),
          [&](int64_t, int64_t count, int64_t offset, int64_t stride) {
            int64_t depth =
                std::min(machine.rows, shape.depth - fold * machine.rows);
            isLocal &= localRows(*access.storage, machine,
                                 access.offset + offset + fold * machine.rows,
                                 stride, count, depth)
                           .has_value();
          });
    return isLocal;
  }

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

  bool fits(int64_t rows, int64_t copies) const {
    int64_t taken = loadsPanels * folds * rows + stagingSpan() * rows;
    return vectorRows() + copies * taken <= placed.budget;
  }

  int64_t mostRows() const {
    int64_t most =
        std::min<int64_t>({machine.accumulatorRows / 2, 65535, shape.rows});
    while (most > 0 && !fits(most, most < shape.rows ? 2 : 1) &&
           !(most == 1 && fits(1, 1)))
      most = most > 16 ? most * 15 / 16 : most - 1;
    return most;
  }

  std::optional<ProductPlan> make(LoopOrder order, int64_t count) const {
    ProductPlan plan;
    plan.order = order;
    plan.loadsPanels = loadsPanels;
    plan.blockColumns = machine.columns;
    for (int64_t i = 0; i < count; ++i)
      plan.chunks.push_back(shape.rows / count + (i < shape.rows % count));
    int64_t inHalf = llvm::divideCeil(blocks, 2);
    if (order == LoopOrder::DepthFirst &&
        (folds == 1 || blocks == 1 ||
         inHalf * plan.chunks.front() > machine.accumulatorRows / 2))
      return std::nullopt;
    plan.cycles = shape.matrices * estimate(plan);
    return plan;
  }

  int64_t cyclesOf(const Channel &channel, int64_t bytes) const {
    return machine.transferCycles(channel, bytes);
  }

  /// What DRAM moves for the rows of a tile, in whole bursts.
  int64_t tileBytes(int64_t rows, int64_t rowBytes) const {
    bool isWhole = shape.columns <= machine.columns;
    int64_t burst = machine.weightChannel().burstBytes;
    return isWhole ? rows * rowBytes
                   : rows * int64_t(llvm::alignTo(rowBytes, burst));
  }

  /// Of one matrix.
  int64_t estimate(const ProductPlan &plan) const {
    int64_t bytes = byteSize(product.type);
    bool isShared = !machine.host;
    int64_t array = 0, weights = 0, data = 0, units = 0;
    int64_t passes = 1 + int64_t(kernel.vector.steps.size());
    for (int64_t rows : plan.chunks) {
      for (int64_t fold = 0; fold < folds; ++fold)
        for (int64_t block = 0; block < blocks; ++block) {
          int64_t k = std::min(machine.rows, shape.depth - fold * machine.rows);
          int64_t n = std::min(machine.columns,
                               shape.columns - block * machine.columns);
          int64_t load =
              cyclesOf(machine.weightChannel(), tileBytes(k, n * bytes));
          weights += load;
          array += std::max({rows, machine.shiftCycles(), load});
        }
      units += blocks * (rows * passes + machine.activateDepth);
      if (loadsPanels)
        data += cyclesOf(machine.dataChannel(), rows * shape.depth * bytes);
      if (result.storage->needsDram)
        data += cyclesOf(machine.dataChannel(),
                         rows * shape.columns * result.storage->elementBytes());
    }
    int64_t busiest =
        std::max({array, units, isShared ? weights + data : data});
    // What nothing hides: the first panels, the first shift, the last drain.
    int64_t first = plan.chunks.front(), last = plan.chunks.back();
    int64_t panel = std::min(machine.rows, shape.depth) * first * bytes;
    int64_t ready = loadsPanels ? cyclesOf(machine.dataChannel(), panel) +
                                      machine.dataChannel().latency
                                : 0;
    if (loadsPanels && plan.order == LoopOrder::ColumnsFirst) {
      // The first block wants all panels, as fast as they come.
      int64_t all =
          cyclesOf(machine.dataChannel(), shape.depth * first * bytes);
      ready += std::max<int64_t>(
          0, all - folds * std::max(first, machine.shiftCycles()));
    }
    int64_t drains = plan.order == LoopOrder::DepthFirst ? blocks : 1;
    int64_t tail = machine.arrayDepth() + drains * last * passes +
                   cyclesOf(machine.dataChannel(),
                            last * std::min(machine.columns, shape.columns) *
                                result.storage->elementBytes());
    return ready + machine.shiftCycles() + busiest + tail;
  }

  const PlacedKernel &placed;
  const MachineKernel &kernel;
  const Product &product;
  const Machine &machine;
  ProductShape3 shape;
  int64_t folds, blocks;
  bool loadsPanels;
  Access result;
};

} // namespace

SmallVector<ProductPlan> enumeratePlans(const PlacedKernel &placed,
                                        const Machine &machine) {
  return Estimator(placed, machine).enumerate();
}

} // namespace tactus::systolic
