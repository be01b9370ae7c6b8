//===- ProductEmitter.h - Products on the array -----------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PRODUCTEMITTER_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PRODUCTEMITTER_H

#include "compiler/Transforms/Systolic/KernelEmitter.h"
#include "compiler/Transforms/Systolic/ProductPlan.h"

namespace tactus::systolic {

/// The halves of the accumulators, which every product of a program uses in
/// turn.
struct AccumulatorHalves {
  mlir::Value buffers[2];
  /// The half that the next block of sums goes to, and where in each half. A
  /// block comes behind the one before, so that products run ahead of what
  /// drains.
  unsigned next = 0;
  int64_t rows[2] = {0, 0};
};

/// Emits one kernel that is built around a product, as `plan` says.
class ProductEmitter {
public:
  ProductEmitter(KernelEmitter &steps, const ProductPlan &plan,
                 AccumulatorHalves &halves, BufferPool &tiles)
      : steps(steps), emit(steps.emit), machine(steps.machine),
        placed(steps.placed), kernel(steps.kernel), product(*kernel.product),
        plan(plan), halves(halves), tiles(tiles) {}

  void run();

private:
  /// One matrix of the batch, or all of them as one where the weights are the
  /// same.
  void runMatrix(int64_t firstRow, int64_t rows, int64_t batch);
  void loadPanel(int64_t fold);
  /// `isFirst` where panels behind the first are still to be loaded.
  void multiplyBlock(const Extent &block, const Rows &sums, bool isFirst);
  void preload(const Extent &block, const Rows &sums);
  void loadTile(int64_t fold, int64_t depth, const Extent &block);
  /// Through the unified buffer, as the plan wants it.
  void stageTile(ProgramBuilder::Weights &weights, int64_t rows,
                 int64_t rowBytes);
  void multiplyRows(int64_t fold, int64_t depth, const Extent &block,
                    const Rows &sums, bool accumulate);
  void drainBlock(const Extent &block, const Rows &sums);
  /// A row of f32 that the drain reads, all of it once a kernel.
  Rows vectorFor(const Read &read, const Extent &block, mlir::Value &buffer);
  Rows sumsOf(unsigned half, int64_t row, int64_t rows) const;
  /// The next place for the sums of a block.
  Rows nextSums(int64_t rows);
  int64_t folds() const {
    return llvm::divideCeil(product.depth, machine.rows);
  }
  int64_t depthOf(int64_t fold) const {
    return std::min(machine.rows, product.depth - fold * machine.rows);
  }

  KernelEmitter &steps;
  ProgramBuilder &emit;
  const Machine &machine;
  const PlacedKernel &placed;
  const MachineKernel &kernel;
  const Product &product;
  const ProductPlan &plan;
  AccumulatorHalves &halves;
  /// Of the chunk at work: a buffer for each fold, none where the rows are
  /// resident.
  llvm::SmallVector<mlir::Value> panels;
  /// Of the whole program.
  BufferPool &tiles;
  Extent chunk;
  int64_t batch = 0;
};

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PRODUCTEMITTER_H
