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

struct ProductPlan {
  LoopOrder order = LoopOrder::ColumnsFirst;
  /// Rows of each chunk; the weights pass once for each.
  llvm::SmallVector<int64_t> chunks;
  /// Columns of a block: the array's, or fewer where results must begin at rows
  /// of the unified buffer.
  int64_t blockColumns = 1;
  bool loadsPanels = true;
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

/// Every plan that fits the accumulators and the kernel's share of the unified
/// buffer, the cheapest first by the recurrence of weights and products and by
/// what DRAM must move. Empty where none fits.
llvm::SmallVector<ProductPlan> enumeratePlans(const PlacedKernel &placed,
                                              const Machine &machine);

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PRODUCTPLAN_H
