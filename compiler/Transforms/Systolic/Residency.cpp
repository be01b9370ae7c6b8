//===- Residency.cpp - What stays in the unified buffer -------------------===//
#include "compiler/Transforms/Systolic/Residency.h"
#include "compiler/Transforms/Systolic/ProductPlan.h"
#include "dialects/Systolic/Footprint.h"
#include <numeric>

using namespace mlir;

namespace tactus::systolic {
namespace {

class Residents {
public:
  Residents(ProgramPlan &plan, const Machine &machine, double share)
      : plan(plan), machine(machine),
        limit(
            int64_t(double(machine.unifiedBufferRows() - stagingRows(machine)) *
                    share)) {}

  LogicalResult run(func::FuncOp main) {
    for (auto [i, step] : llvm::enumerate(plan.steps))
      if (step.placed)
        propose(int64_t(i));
    for (auto [i, step] : llvm::enumerate(plan.steps))
      visitReaders(step, int64_t(i));
    for (auto &storage : plan.storages) {
      storage->isResident &= isRead.contains(storage.get());
      storage->needsDram |= !storage->isResident;
    }
    addUpRows();
    for (auto [i, step] : llvm::enumerate(plan.steps))
      while (!fits(step, int64_t(i)))
        if (!evict(int64_t(i)))
          return refuse(step);
    for (auto [i, step] : llvm::enumerate(plan.steps))
      if (step.placed)
        step.placed->budget = limit - liveRows[i];
    return success();
  }

private:
  LogicalResult refuse(const PlannedStep &step) const {
    std::optional<int64_t> loads;
    if (step.placed && step.placed->kernel.product)
      loads = leastLoads(*step.placed, machine);
    if (loads && *loads > mostLoads)
      return step.op->emitOpError("expected at most ")
             << mostLoads << " loads of weights in kernel '" << step.layer
             << "', which a larger array or more accumulators make fewer, but "
                "got "
             << *loads;
    return step.op->emitOpError(
               "expected rows that fit the unified buffer of '")
           << machine.name << "', but got kernel '" << step.layer
           << "', which wants more than " << limit << " of its "
           << machine.unifiedBufferRows() << " rows";
  }

  /// Blocks of columns begin at rows of the unified buffer.
  bool isAligned(const Storage &storage) const {
    return storage.columns <= machine.columns ||
           machine.columns * storage.elementBytes() %
                   machine.unifiedBufferRowBytes ==
               0;
  }

  void propose(int64_t index) {
    const PlacedKernel &placed = *plan.steps[index].placed;
    Storage &storage = *placed.result.storage;
    const MachineKernel &kernel = placed.kernel;
    bool isWhole =
        kernel.resultForm == Form::Full && placed.result.offset == 0 &&
        placed.result.strides == contiguousStrides(storage.type.getShape());
    storage.isResident =
        isWhole && isAligned(storage) && storage.rows == kernel.rows() &&
        storage.columns == kernel.columns() && storage.localRows() <= limit;
    storage.firstKernel = storage.lastKernel = index;
  }

  void visitReaders(PlannedStep &step, int64_t index) {
    if (!step.placed)
      return;
    const MachineKernel &kernel = step.placed->kernel;
    if (kernel.product) {
      const Product &product = *kernel.product;
      Access lhs = step.placed->accessOf(product.lhs, 1);
      note(lhs, index, hasLocalInput(*step.placed, machine));
      Access rhs = step.placed->accessOf(product.rhs, 1);
      note(rhs, index, readsTiles(*step.placed, rhs));
      if (product.init)
        note(step.placed->accessOf(*product.init), index, false);
      const Drain &drain = product.drain;
      for (const std::optional<Read> *read : {&drain.scales, &drain.slopes})
        if (*read)
          noteBlocks(*step.placed, **read, Form::Row, index);
      if (drain.residual)
        noteBlocks(*step.placed, *drain.residual, Form::Full, index);
    }
    for (const VectorValue &value : kernel.vector.values)
      if (value.read)
        noteBlocks(*step.placed, *value.read, value.form, index);
  }

  void note(const Access &access, int64_t index, bool isLocal) {
    Storage &storage = *access.storage;
    storage.lastKernel = std::max(storage.lastKernel, index);
    if (isLocal)
      isRead.insert(&storage);
    else
      storage.needsDram = true;
  }

  void noteBlocks(const PlacedKernel &placed, const Read &read, Form form,
                  int64_t index) {
    const MachineKernel &kernel = placed.kernel;
    Access access = placed.accessOf(read);
    bool isLocal = true;
    int64_t width = kernel.product ? machine.columns : kernel.columns();
    for (int64_t c = 0; c < kernel.columns() && isLocal; c += width)
      isLocal = findResident(kernel, machine, access,
                             {0, kernel.rows(), c,
                              std::min(width, kernel.columns() - c)},
                             form)
                    .has_value();
    note(access, index, isLocal);
  }

  /// The tiles of every matrix of weights.
  bool readsTiles(const PlacedKernel &placed, const Access &access) const {
    const MachineKernel &kernel = placed.kernel;
    const Product &product = *kernel.product;
    const Storage &storage = *access.storage;
    if (!storage.isResident)
      return false;
    unsigned loops = kernel.numLoops();
    int64_t alongColumns = access.strides[loops - 1];
    int64_t alongDepth = access.strides[loops];
    bool isLocal = true;
    forEachRun(
        ArrayRef(kernel.sizes).drop_back(2),
        ArrayRef(access.strides).take_front(loops - 2), 0,
        kernel.rows() / kernel.sizes[loops - 2],
        [&](int64_t, int64_t matrices, int64_t offset, int64_t stride) {
          for (int64_t i = 0; i < matrices; ++i)
            for (int64_t k = 0; k < product.depth; k += machine.rows)
              for (int64_t c = 0; c < kernel.columns(); c += machine.columns) {
                int64_t depth = std::min(machine.rows, product.depth - k);
                int64_t columns =
                    std::min(machine.columns, kernel.columns() - c);
                bool transposed = alongColumns != 1 && columns != 1;
                isLocal &= localRows(storage, machine,
                                     access.offset + offset + i * stride +
                                         k * alongDepth + c * alongColumns,
                                     transposed ? alongColumns : alongDepth,
                                     transposed ? columns : depth,
                                     transposed ? depth : columns)
                               .has_value();
              }
        });
    return isLocal;
  }

  void addUpRows() {
    // What each step has more than the one before.
    liveRows.assign(plan.steps.size() + 1, 0);
    for (auto &storage : plan.storages)
      if (storage->isResident) {
        liveRows[storage->firstKernel] += storage->localRows();
        liveRows[storage->lastKernel + 1] -= storage->localRows();
      }
    std::partial_sum(liveRows.begin(), liveRows.end(), liveRows.begin());
  }

  bool fits(PlannedStep &step, int64_t index) {
    if (step.host)
      return true;
    int64_t budget = limit - liveRows[index];
    if (!step.placed)
      return budget >= std::min<int64_t>(limit, 16);
    step.placed->budget = budget;
    if (step.placed->kernel.product)
      return !enumeratePlans(*step.placed, machine).empty();
    return KernelEmitter::chunkSize(step.placed->kernel, machine, budget)
        .has_value();
  }

  /// Sends the largest to DRAM.
  bool evict(int64_t index) {
    Storage *largest = nullptr;
    for (auto &storage : plan.storages)
      if (storage->isResident && storage->firstKernel <= index &&
          index <= storage->lastKernel &&
          (!largest || storage->localRows() > largest->localRows()))
        largest = storage.get();
    if (!largest)
      return false;
    largest->isResident = false;
    largest->needsDram = true;
    for (int64_t i = largest->firstKernel; i <= largest->lastKernel; ++i)
      liveRows[i] -= largest->localRows();
    return true;
  }

  ProgramPlan &plan;
  const Machine &machine;
  int64_t limit;
  DenseSet<Storage *> isRead;
  /// The rows that residents have while each step runs.
  std::vector<int64_t> liveRows;
};

} // namespace

LogicalResult chooseResidents(ProgramPlan &plan, const Machine &machine,
                              double share, func::FuncOp main) {
  return Residents(plan, machine, share).run(main);
}

} // namespace tactus::systolic
