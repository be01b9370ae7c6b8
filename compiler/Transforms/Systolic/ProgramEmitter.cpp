//===- ProgramEmitter.cpp - A planned program as instructions -------------===//
#include "compiler/Transforms/Systolic/ProgramEmitter.h"
#include "compiler/Transforms/Systolic/ProductEmitter.h"
#include "dialects/Systolic/Footprint.h"
#include "dialects/Systolic/Instructions.h"

using namespace mlir;

namespace tactus::systolic {
namespace {

class ProgramEmitter {
public:
  ProgramEmitter(ProgramPlan &plan, ArrayRef<PlannedStep> steps,
                 func::FuncOp main, const Machine &machine)
      : plan(plan), steps(steps), main(main), machine(machine), builder(main),
        emit(builder, main.getLoc()), tiles(emit, stagingRows(machine)) {}

  ProgramOp run() {
    SmallVector<Attribute> layers;
    for (const PlannedStep &step : steps)
      layers.push_back(builder.getStringAttr(step.layer));
    if (layers.empty())
      layers.push_back(builder.getStringAttr("main"));
    auto program =
        ProgramOp::create(builder, main.getLoc(), builder.getStringAttr("main"),
                          builder.getArrayAttr(layers));
    builder.setInsertionPointToEnd(&program.getBody().emplaceBlock());
    addTensors();
    for (Value &half : halves.buffers)
      half = emit.alloc(machine.accumulatorRows / 2,
                        AccumulatorsType::get(builder.getContext()));
    for (const PlannedStep &step : steps) {
      if (step.placed)
        emitKernel(step);
      else if (step.host)
        emitHostCall(step);
      else
        emitCopy(step);
      ++emit.layer;
    }
    emit.layer = std::max<int64_t>(emit.layer - 1, 0);
    emit.halt();
    // Buffers stand before what moves, which may then be moved freely.
    Operation *first = nullptr;
    for (Operation &op :
         llvm::make_early_inc_range(program.getBody().front())) {
      bool isBuffer = isa<AllocOp, DramOp>(op);
      if (!isBuffer && !first)
        first = &op;
      if (isBuffer && first)
        op.moveBefore(first);
    }
    return program;
  }

private:
  Value addDram(RoleKind role, RankedTensorType type, StringAttr name,
                int64_t index) {
    MLIRContext *context = builder.getContext();
    return DramOp::create(builder, main.getLoc(), DramType::get(context),
                          RoleKindAttr::get(context, role), TypeAttr::get(type),
                          name, builder.getI64IntegerAttr(index),
                          ElementsAttr(), IntegerAttr(), DenseI64ArrayAttr());
  }

  /// Whether the steps are some of many, and do not touch `storage`.
  bool isLeftOut(const Storage *storage) const {
    return steps.size() < plan.steps.size() && !touched.contains(storage);
  }

  void findTouched() {
    for (const PlannedStep &step : steps) {
      if (step.placed) {
        for (const View &view : step.placed->arguments)
          touched.insert(view.storage);
        touched.insert(step.placed->result.storage);
      } else if (step.host) {
        touched.insert(step.host->inputs.begin(), step.host->inputs.end());
        touched.insert(step.host->result.storage);
      } else {
        touched.insert(step.from.storage);
        touched.insert(step.to.storage);
      }
    }
  }

  void addTensors() {
    findTouched();
    for (auto &storage : plan.storages)
      storage->dram = storage->local = Value();
    for (ProgramPlan::Port &port : plan.ports) {
      if (isLeftOut(port.storage))
        continue;
      port.storage->dram =
          addDram(port.role, port.storage->type, port.name, port.index);
      if (const std::optional<Tiling> &tiling = port.storage->tiling)
        port.storage->dram.getDefiningOp<DramOp>().setTiles(
            ArrayRef<int64_t>({tiling->height, tiling->rows, tiling->columns}));
    }
    for (auto &storage : plan.storages) {
      if (isLeftOut(storage.get()))
        continue;
      if (storage->needsDram && !storage->dram)
        storage->dram = addDram(RoleKind::scratch, storage->type, {}, 0);
      if (storage->isResident)
        storage->local = emit.allocBuffer(storage->localRows());
    }
  }

  void emitKernel(const PlannedStep &step) {
    const PlacedKernel &placed = *step.placed;
    BufferPool pool(emit, placed.budget);
    KernelEmitter kernel(emit, machine, placed, pool);
    if (step.product)
      ProductEmitter(kernel, *step.product, halves, tiles).run();
    else
      kernel.emitSteps(
          *KernelEmitter::chunkSize(placed.kernel, machine, placed.budget));
  }

  void emitHostCall(const PlannedStep &step) {
    const PlannedHostCall &call = *step.host;
    auto dispatch = cast<ir::DispatchOp>(step.op);
    ProgramBuilder::HostWork work;
    for (Storage *input : call.inputs)
      work.inputs.push_back(input->dram);
    work.tensor = call.result.storage->dram;
    work.offset = call.result.offset * call.result.storage->elementBytes();
    work.bytes = dramBytesOf(cast<RankedTensorType>(
        dispatch->getResult(call.kernelResult).getType()));
    work.kernel = dispatch.getKernel();
    work.kernelResult = call.kernelResult;
    emit.hostCall(work);
  }

  /// Through the unified buffer, as rows where both sides have them, else
  /// element by element.
  void emitCopy(const PlannedStep &step) {
    int64_t bytes = step.from.storage->elementBytes();
    int64_t width = 1;
    SmallVector<int64_t> sizes, from, to;
    std::optional<size_t> along;
    for (size_t d = 0; d < step.shape.size(); ++d)
      if (step.from.strides[d] == 1 && step.to.strides[d] == 1 &&
          step.shape[d] > width) {
        width = step.shape[d];
        along = d;
      }
    for (size_t d = 0; d < step.shape.size(); ++d)
      if (along != d) {
        sizes.push_back(step.shape[d]);
        from.push_back(step.from.strides[d]);
        to.push_back(step.to.strides[d]);
      }
    int64_t rows = 1;
    for (int64_t size : sizes)
      rows *= size;
    int64_t span = spanOf(machine, Space::UnifiedBuffer, width * bytes);
    int64_t chunk = std::clamp<int64_t>(machine.unifiedBufferRows() / 8 / span,
                                        1, std::min<int64_t>(rows, 4096));
    BufferPool pool(emit, 2 * chunk * span);
    for (int64_t first = 0; first < rows; first += chunk) {
      int64_t count = std::min(chunk, rows - first);
      Value buffer = pool.acquire(chunk * span);
      auto transfer = [&](const View &view, ArrayRef<int64_t> strides,
                          auto move) {
        forEachRun(
            sizes, strides, first, count,
            [&](int64_t row, int64_t count, int64_t offset, int64_t stride) {
              move(ProgramBuilder::Transfer{
                  .local = {buffer, (row - first) * span, span, {{buffer, 0}}},
                  .dram = dramRows(*view.storage, view.offset + offset, stride,
                                   count, width),
                  .rows = count,
                  .bytes = width * bytes});
            });
      };
      transfer(step.from, from, [&](const auto &t) { emit.load(t); });
      transfer(step.to, to, [&](const auto &t) { emit.store(t); });
      pool.release(buffer);
    }
  }

  ProgramPlan &plan;
  ArrayRef<PlannedStep> steps;
  func::FuncOp main;
  const Machine &machine;
  DenseSet<const Storage *> touched;
  OpBuilder builder;
  ProgramBuilder emit;
  AccumulatorHalves halves;
  BufferPool tiles;
};

} // namespace

ProgramOp emitSteps(ProgramPlan &plan, ArrayRef<PlannedStep> steps,
                    func::FuncOp main, const Machine &machine) {
  return ProgramEmitter(plan, steps, main, machine).run();
}

} // namespace tactus::systolic
