//===- KernelPlan.h - What loops a kernel becomes ---------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_KERNELPLAN_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_KERNELPLAN_H

#include "compiler/Conversion/Kernels/IndexMap.h"
#include "mlir/IR/Block.h"
#include "llvm/ADT/Sequence.h"

namespace tactus {

/// A reduction op as the loops see it.
struct Reduction {
  mlir::Operation *op = nullptr;
  mlir::Value input;
  llvm::SmallVector<int64_t> axes;
  bool keepdims = false;

  /// Nothing where `op` is not a reduction.
  static std::optional<Reduction> of(mlir::Operation *op);
};

/// Whether `op` costs no more than loading its result would.
bool isCheap(mlir::Operation *op);

/// The loops of a kernel without contractions: one nest over the space of its
/// results, or of its reductions' input, with one pass over the reduced loops
/// for each reduction and one for the results.
struct KernelPlan {
  /// One loop per dimension of the space.
  llvm::SmallVector<int64_t> sizes;
  llvm::SmallVector<bool> reduced;
  llvm::SmallVector<Reduction> reductions;
  /// The merged loops, in the space's order.
  llvm::SmallVector<LoopGroup> groups;
  /// The ops that index, with the places where their results are wanted.
  llvm::SmallVector<std::pair<mlir::Operation *, IndexMap>, 1> indexed;
  /// The values that one pass computes and keeps for a later one, because
  /// computing them again would cost more; with the pass that computes each.
  llvm::SmallVector<std::pair<mlir::Value, unsigned>> kept;

  unsigned numLoops() const { return sizes.size(); }
  /// The place of a value in the whole space.
  IndexMap spaceMap() const {
    return mapOf(llvm::to_vector(llvm::seq<int64_t>(0, numLoops())));
  }
  /// The place of a value of `shape` once the reduced loops are gone; fails
  /// where the shape is not that of such a value.
  mlir::FailureOr<IndexMap> rowMap(llvm::ArrayRef<int64_t> shape) const;
  /// The place of one of the kernel's results.
  mlir::FailureOr<IndexMap> resultMap(mlir::Value result, bool &isRow) const;

private:
  /// Dimension d is loop `loops[d]`, or 0 where that is negative or runs once,
  /// so that equal places have equal maps.
  IndexMap mapOf(llvm::SmallVector<int64_t> loops) const;
};

/// Plans the region `body` that ends in `tactus.yield`; fails where it is not
/// one nest: a contraction, reductions over different axes, a layout that is
/// not linear in the loops.
mlir::FailureOr<KernelPlan> planKernel(mlir::Block &body);

/// The loops over one value that fills a box of a larger tensor.
struct PiecePlan {
  llvm::SmallVector<LoopGroup> groups;
  llvm::SmallVector<std::pair<mlir::Operation *, IndexMap>, 1> indexed;
  FlatAccess output;
};

/// Plans `value`, whose box in a tensor of `type` begins at `start`; fails
/// where it is not linear in the box's loops.
mlir::FailureOr<PiecePlan> planPiece(mlir::Value value,
                                     llvm::ArrayRef<int64_t> start,
                                     mlir::RankedTensorType type);

/// Plans the loops over `updates` in which `scatter`, whose place in the output
/// depends on its indices, writes them; fails where they, or the indices, are
/// not linear in the loops.
mlir::FailureOr<PiecePlan> planUpdates(mlir::Operation *scatter,
                                       mlir::Value updates);

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_KERNELPLAN_H
