//===- FusionGroup.h - Ops on their way into a fused region -----*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_FUSIONGROUP_H
#define TACTUS_COMPILER_TRANSFORMS_FUSIONGROUP_H

#include "compiler/Transforms/FusionCost.h"
#include "compiler/Transforms/Prepared.h"
#include "dialects/Tactus/TactusDialect.h"
#include "llvm/ADT/SetVector.h"

namespace tactus {

/// Ops of one block that are to become one `tactus.fused`, whose result is that
/// of the last of them. Splat constants that the ops read come along as copies.
class FusionGroup {
public:
  explicit FusionGroup(mlir::Operation *root) { ops.insert(root); }
  explicit FusionGroup(llvm::ArrayRef<mlir::Operation *> members)
      : ops(members.begin(), members.end()) {}

  bool contains(mlir::Operation *op) const { return ops.contains(op); }
  /// True where nothing outside the group reads a result of `op`.
  bool isPrivate(mlir::Operation *op) const;
  void add(mlir::Operation *op) {
    ops.insert(op);
    time.reset();
  }
  /// Adds ops with which the kernel takes `newTime`.
  void add(llvm::ArrayRef<mlir::Operation *> members, double newTime) {
    ops.insert_range(members);
    time = newTime;
  }
  void remove(mlir::Operation *op) {
    ops.remove(op);
    time.reset();
  }
  llvm::ArrayRef<mlir::Operation *> members() const {
    return ops.getArrayRef();
  }

  /// Whether `accepts` takes the region that the group would become, which it
  /// is shown as a block that ends in `tactus.yield`.
  bool fits(llvm::function_ref<bool(mlir::Block &)> accepts) const;
  /// Nanoseconds that the kernel takes that the group would become.
  double timeOf(const FusionCost &cost) const;
  /// That time where `accepts` takes the region, else nothing.
  std::optional<double>
  timeIfFits(llvm::function_ref<bool(mlir::Block &)> accepts,
             const FusionCost &cost) const;
  /// Builds the region in place of the ops.
  ir::FusedOp build() const;

private:
  /// Fills `block` with copies of the ops; gives what they read from outside.
  llvm::SmallVector<mlir::Value> cloneInto(mlir::Block &block) const;
  llvm::SmallVector<mlir::Operation *> sorted() const;

  llvm::SetVector<mlir::Operation *> ops;
  /// What `timeOf` gave, until the group changes.
  mutable std::optional<double> time;
};

/// Adds `ops`, one kernel otherwise, whose result `into` reads or the other way
/// round, to `group` where `fits` takes what that becomes and it takes no
/// longer than the two apart do. `isAtLoad`: `ops` would be computed at load
/// otherwise.
bool tryAdd(FusionGroup &group, llvm::ArrayRef<mlir::Operation *> ops,
            mlir::Operation *into, llvm::function_ref<bool(mlir::Block &)> fits,
            const FusionCost &cost, bool isAtLoad = false);

/// Whether `op` is one that may follow a contraction in its kernel.
bool isOfEpilogue(mlir::Operation *op);

/// The ops that may follow `op` in its kernel up to the first that all goes
/// through which is computed from `op`: one op alone, or several where there
/// are branches that join. In their order in the block, empty where there are
/// none or too many.
llvm::SmallVector<mlir::Operation *> nextOfEpilogue(mlir::Operation *op);

/// Takes in transposes and slices of `matmul`'s operands that only the group
/// reads.
/// Those of parameters are made once, at load, where they can be packed too.
void takeViews(FusionGroup &group, ir::MatmulOp matmul,
               llvm::function_ref<bool(mlir::Block &)> fits,
               const FusionCost &cost, const PreparedValues &prepared);

/// Follows the one chain of elementwise ops that starts at `matmul`.
void takeEpilogue(FusionGroup &group, ir::MatmulOp matmul,
                  llvm::function_ref<bool(mlir::Block &)> fits,
                  const FusionCost &cost);

/// An op that belongs in no kernel: it moves no element, or runs kernels.
bool isFree(mlir::Operation *op);

} // namespace tactus

#endif // TACTUS_COMPILER_TRANSFORMS_FUSIONGROUP_H
