//===- LoopEmitter.h - The loops of a kernel --------------------*- C++ -*-===//
//
// A kernel without a contraction is one loop nest: loops that stay, of which
// the outermost are the parallel one, and inside of them, for each reduction in
// turn, the loops that it removes.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_LOOPEMITTER_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_LOOPEMITTER_H

#include "compiler/Conversion/Kernels/KernelFunction.h"
#include "compiler/Conversion/Kernels/KernelPlan.h"

namespace tactus {

class LoopEmitter {
public:
  LoopEmitter(ir::KernelOp kernel, KernelPlan plan)
      : kernel(kernel), plan(std::move(plan)), builder(kernel.getContext()),
        emitter(builder) {}

  mlir::LogicalResult run();

private:
  using Body =
      llvm::function_ref<mlir::FailureOr<llvm::SmallVector<mlir::Value>>(
          mlir::ValueRange state)>;

  /// What each of several rows that are computed side by side has of its own.
  struct Row {
    /// Of the loop of rows; null where the place is the row's already.
    mlir::Value iteration;
    /// One flat buffer per kept value.
    llvm::SmallVector<mlir::Value> keptMemory;
    /// The results of the reductions so far.
    llvm::SmallVector<mlir::Value> reduced;
  };

  /// Runs `body` at every point of `groups`, in order, carrying `state`.
  mlir::FailureOr<llvm::SmallVector<mlir::Value>>
  loopOver(llvm::ArrayRef<unsigned> groups, mlir::ValueRange state, Body body);
  mlir::FailureOr<llvm::SmallVector<mlir::Value>>
  vectorLoop(unsigned group, mlir::Value lower, mlir::Value upper,
             mlir::ValueRange state, Body body);
  mlir::FailureOr<llvm::SmallVector<mlir::Value>>
  tail(unsigned group, mlir::ValueRange initial, Body body);
  mlir::LogicalResult step(unsigned group, mlir::Value index, int64_t chain,
                           llvm::SmallVector<mlir::Value> &state, Body body);
  mlir::LogicalResult lookUpOutside(unsigned group);
  mlir::LogicalResult emitParallel();
  mlir::LogicalResult emitChunks();
  mlir::LogicalResult emitRows(mlir::Value lower, mlir::Value upper);
  mlir::LogicalResult emitRowsAt(llvm::ArrayRef<mlir::Value> iterations);
  mlir::LogicalResult emitPass(unsigned pass, Row &row);
  mlir::FailureOr<mlir::Value> emitReduction(unsigned pass, const Row &row);
  mlir::LogicalResult emitResults(const Row &row);
  mlir::LogicalResult passOverKept(unsigned pass, const Row &row);
  mlir::Value keptIndex();

  void chooseVectorGroup();
  void chooseParallelLoop();
  void chooseRowsAtOnce();
  void enterParallel(mlir::Value iteration);
  void enterRow(mlir::Value iteration);
  llvm::SmallVector<unsigned> groupsThatAre(bool reduced) const;
  bool vectorIsReduced() const {
    return vectorGroup >= 0 && plan.groups[vectorGroup].reduced;
  }
  mlir::Value constant(int64_t value);

  ir::KernelOp kernel;
  KernelPlan plan;
  mlir::OpBuilder builder;
  ValueEmitter emitter;
  KernelFunction function;
  int64_t vectorGroup = -1;
  /// How many parts the state of the reduction at hand has, which take turns.
  int64_t chains = 1;
  /// The loops that stay and are the parallel one: none, one or two.
  llvm::SmallVector<unsigned, 2> parallelGroups;
  /// Elements of an iteration of it where it is the vector loop.
  int64_t chunk = 0;
  /// How many rows are computed side by side.
  int64_t rowsAtOnce = 1;
  /// The loop that these are of, where that is not the parallel one.
  int64_t rowGroup = -1;
  /// One flat buffer per kept value, for each of them.
  llvm::SmallVector<llvm::SmallVector<mlir::Value>, 1> keptMemory;
};

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_LOOPEMITTER_H
