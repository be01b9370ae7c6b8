//===- KernelEmitter.h - Instructions of one kernel -------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_KERNELEMITTER_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_KERNELEMITTER_H

#include "compiler/Transforms/Systolic/BufferPool.h"
#include "compiler/Transforms/Systolic/Storage.h"

namespace tactus::systolic {

/// A kernel with the places of its operands and of its result.
struct PlacedKernel {
  MachineKernel kernel;
  /// By argument.
  llvm::SmallVector<View> arguments;
  View result;
  /// Rows of the unified buffer that it may take beside what is resident.
  int64_t budget = 0;

  Access accessOf(const Read &read, unsigned extraLoops = 0) const {
    return systolic::accessOf(arguments[read.argument], read.map,
                              kernel.numLoops() + extraLoops);
  }
  /// Where the kernel's loops write; a reduction's result has no last loop.
  Access resultAccess() const;
};

/// Rows [firstRow, firstRow + rows) and columns of a kernel's space.
struct Extent {
  int64_t firstRow = 0, rows = 0, firstColumn = 0, columns = 0;
};

/// The block of an operand of `form`, of which `access` says where it lies, as
/// rows of the unified buffer; none where it is not there, or not in rows that
/// lie evenly.
std::optional<Rows> findResident(const MachineKernel &kernel,
                                 const Machine &machine, const Access &access,
                                 const Extent &block, Form form);

/// Emits the steps of the vector unit for one block after another.
class KernelEmitter {
public:
  KernelEmitter(ProgramBuilder &emit, const Machine &machine,
                const PlacedKernel &placed, BufferPool &pool)
      : emit(emit), machine(machine), placed(placed), kernel(placed.kernel),
        pool(pool) {}

  /// The rows and columns that the vector unit works on at a time within
  /// `budget` rows of the unified buffer; none where even one row is too wide.
  static std::optional<Extent> chunkSize(const MachineKernel &kernel,
                                         const Machine &machine,
                                         int64_t budget);
  /// All rows and columns, in chunks, where there is no product.
  void emitSteps(const Extent &chunk);
  /// What follows the drained sums of `block`, which stand in `sums`.
  void emitBlock(const Extent &block, std::optional<Rows> sums);

  /// Where a block of the result goes: into what is resident, or into a buffer
  /// that `storeResult` sends to DRAM and gives back.
  struct Target {
    Rows rows;
    mlir::Value buffer;
  };
  Target resultTarget(const Extent &block);
  void storeResult(const Extent &block, const Target &target);

  /// The block of an operand of form Full in the unified buffer: where it is
  /// resident, or loaded to `buffer`, which the caller gives back.
  Rows loadBlock(const Access &access, const Extent &block, Form form,
                 mlir::Value &buffer);

  ProgramBuilder &emit;
  const Machine &machine;
  const PlacedKernel &placed;
  const MachineKernel &kernel;
  BufferPool &pool;

private:
  int64_t spanOf(Form form, ElementKind type, const Extent &block) const;
};

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_KERNELEMITTER_H
