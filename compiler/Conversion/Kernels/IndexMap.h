//===- IndexMap.h - Where a loop nest touches a tensor ----------*- C++ -*-===//
//
// Every op that may stand inside a kernel beside reductions and contractions
// reads its operand at places that are linear in the loops around it. So the
// place of any value, back to the kernel's arguments, is one small matrix.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_INDEXMAP_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_INDEXMAP_H

#include "mlir/IR/Operation.h"
#include "mlir/IR/Value.h"
#include "mlir/Support/LLVM.h"

namespace tactus {

/// One dimension's index: `offset + sum over l of coefficients[l] * loop[l]`.
struct LinearIndex {
  int64_t offset = 0;
  llvm::SmallVector<int64_t, 4> coefficients;

  bool operator==(const LinearIndex &) const = default;
};

/// The index of each dimension of a tensor.
using IndexMap = llvm::SmallVector<LinearIndex, 4>;

/// Where a flat row-major buffer is touched: `offset + sum of strides[l] *
/// loop[l]`.
using FlatAccess = LinearIndex;

/// Dimension d is loop `loops[d]`, or 0 where that is negative.
IndexMap mapOfLoops(llvm::ArrayRef<int64_t> loops, unsigned numLoops);

/// Dimension d is loop d, for as many loops as dimensions.
IndexMap identityMap(unsigned rank);

/// Where `op`, whose result is wanted at `result`, reads operand `index`; fails
/// unless the op is elementwise, transpose, broadcast or slice.
mlir::FailureOr<IndexMap> mapOfOperand(mlir::Operation *op, unsigned index,
                                       const IndexMap &result);

/// The place in the row-major buffer of a tensor of `shape`.
FlatAccess flatten(const IndexMap &map, llvm::ArrayRef<int64_t> shape,
                   unsigned numLoops);

/// The memory and the place that `value` at `map` is read from through ops of
/// one operand; none where others are between.
std::optional<std::pair<mlir::Value, FlatAccess>> accessOf(mlir::Value value,
                                                           const IndexMap &map);

/// Whether neighbors of `value` at `map` along loop `along` are neighbors in
/// memory while those along `across` are not: vectors along `across` would be
/// gathered.
bool liesAlong(mlir::Value value, const IndexMap &map, unsigned along,
               unsigned across);

/// A loop nest in which neighboring loops were merged wherever every access
/// stays linear.
struct LoopGroup {
  int64_t size = 1;
  /// The original loop whose stride is the group's.
  unsigned loop = 0;
  /// A loop over dimensions that a reduction removes.
  bool reduced = false;
};

/// Merges loops of `sizes`; loops of size 1 vanish. At least one group remains
/// for each of the two kinds that had a loop of size above 1.
llvm::SmallVector<LoopGroup> mergeLoops(llvm::ArrayRef<int64_t> sizes,
                                        llvm::ArrayRef<bool> reduced,
                                        llvm::ArrayRef<FlatAccess> accesses);

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_INDEXMAP_H
