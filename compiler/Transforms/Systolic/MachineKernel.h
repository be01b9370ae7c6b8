//===- MachineKernel.h - What a kernel is to the machine --------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_MACHINEKERNEL_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_MACHINEKERNEL_H

#include "compiler/Transforms/Systolic/VectorProgram.h"

namespace tactus::systolic {

/// What `systolic.activate` does to the sums of a product on their way out, as
/// much of the kernel as it can.
struct Drain {
  ElementKind input = ElementKind::i32, output = ElementKind::i32;
  float scale = 1;
  /// A scale for each column, in place of `scale`.
  std::optional<Read> scales;
  FunctionKind function = FunctionKind::none;
  float alpha = 0, beta = 0;
  std::optional<Read> slopes;
  std::optional<Read> residual;
  /// Added before the function.
  bool residualFirst = false;
  float outputScale = 1;
  int64_t zeroPoint = 0;
  /// What of the kernel's body comes out.
  mlir::Value value;
};

/// A matrix product, one for each index of the batch loops, which are all but
/// the last two of the kernel's space.
struct Product {
  ElementKind type = ElementKind::i8;
  int64_t depth = 0;
  /// Read at the kernel's loops and, behind them, the loop along the depth.
  Read lhs, rhs;
  /// What the accumulators begin with; does not vary with rows, or is a whole
  /// matrix.
  std::optional<Read> init;
  Drain drain;
};

/// A kernel that the machine runs: a product with what happens to its sums, or
/// steps of the vector unit alone.
struct MachineKernel {
  /// The kernel's loops; the last runs along a row.
  llvm::SmallVector<int64_t> sizes;
  std::optional<Product> product;
  /// From the drained sums, or from arguments, to the result.
  VectorProgram vector;
  /// The form of the result, Full or Column.
  Form resultForm = Form::Full;

  unsigned numLoops() const { return sizes.size(); }
  int64_t columns() const { return sizes.back(); }
  int64_t rows() const {
    int64_t count = 1;
    for (int64_t size : llvm::ArrayRef(sizes).drop_back())
      count *= size;
    return count;
  }
  /// Whether the vector unit has nothing to do.
  bool isDrainedOnly() const { return product && vector.steps.empty(); }
};

/// Where a kernel only moves data, the argument and how it is read; else null.
const Read *movedRead(const MachineKernel &kernel);

/// Says which op of a kernel the machine cannot run, and why.
using Refuse = llvm::function_ref<void(mlir::Operation *, const llvm::Twine &)>;

/// What the region `body`, which ends in `tactus.yield`, is to `machine`. Fails
/// after `refuse` where it cannot run it.
mlir::FailureOr<MachineKernel>
analyzeKernel(mlir::Block &body, const Machine &machine, Refuse refuse);

/// Follows the ops on the product's sums as far as a drain goes.
void matchDrain(ir::MatmulOp matmul, Product &product, unsigned numLoops);

/// The argument that `value`, wanted at `map`, is read from through views; none
/// where something is computed on the way.
std::optional<Read> readOf(mlir::Value value, IndexMap map);

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_MACHINEKERNEL_H
