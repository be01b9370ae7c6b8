//===- ProductPlan.h - How a product is cut ---------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PRODUCTPLAN_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PRODUCTPLAN_H

#include "compiler/Transforms/Systolic/KernelEmitter.h"

namespace tactus::systolic {

/// Which loop over the tiles of a chunk is outermost.
enum class LoopOrder : uint8_t {
  /// Columns, then the depth: sums of one block stay in one half.
  ColumnsFirst,
  /// The depth, then columns: sums of all columns stay in the accumulators, so
  /// that products begin when the first panel of rows has come.
  DepthFirst,
};

/// How tiles of weights in DRAM come to the array.
enum class WeightPath : uint8_t {
  /// Straight to the FIFO, which waits for each as long as DRAM takes.
  Direct,
  /// Through the unified buffer, in which many are under way at a time.
  Staged,
};

struct ProductPlan {
  LoopOrder order = LoopOrder::ColumnsFirst;
  WeightPath weights = WeightPath::Direct;
  /// Rows of each chunk; the weights pass once for each.
  llvm::SmallVector<int64_t> chunks;
  /// Columns of a block: the array's, or fewer where results must begin at rows
  /// of the unified buffer.
  int64_t blockColumns = 1;
  bool loadsPanels = true;
  /// Rows come whole, not fold by fold: DRAM then moves no burst twice.
  bool loadsWholeRows = false;
  /// The estimated cycles.
  int64_t cycles = 0;
};

/// What the plans of a kernel have in common.
struct ProductShape3 {
  int64_t matrices = 1, rows = 1, depth = 1, columns = 1;
};

/// The matrices of the batch and their size; one, where all share their
/// weights.
ProductShape3 shapeOf(const PlacedKernel &placed);

/// Whether the left operand is in the unified buffer, and every fold of every
/// row of it begins at a row there.
bool hasLocalInput(const PlacedKernel &placed, const Machine &machine);

/// Rows of the unified buffer that a program keeps for tiles of weights on
/// their way: enough to hide how long DRAM takes, and not so many that they
/// hold up what is wanted sooner. None where they would go by the way of the
/// host, or the buffer is small.
int64_t stagingRows(const Machine &machine);
/// Tiles that these rows hold.
inline constexpr int64_t stagedTiles = 16;

/// Tiles of weights that a kernel may load, each of which takes some
/// instructions: what is beyond is a mistake in a machine's sizes.
inline constexpr int64_t mostLoads = 1 << 22;
/// The loads of a plan with as few chunks as can be; none where no row fits.
std::optional<int64_t> leastLoads(const PlacedKernel &placed,
                                  const Machine &machine);

/// Every plan that fits the accumulators and the kernel's share of the unified
/// buffer, the cheapest first by the recurrence of weights and products and by
/// what DRAM must move. Empty where none fits, or all load too many tiles.
llvm::SmallVector<ProductPlan> enumeratePlans(const PlacedKernel &placed,
                                              const Machine &machine);

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PRODUCTPLAN_H
