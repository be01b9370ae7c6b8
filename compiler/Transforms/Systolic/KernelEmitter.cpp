//===- KernelEmitter.cpp - Instructions of one kernel ---------------------===//
#include "compiler/Transforms/Systolic/KernelEmitter.h"
#include "dialects/Systolic/Footprint.h"

using namespace mlir;

namespace tactus::systolic {

Access PlacedKernel::resultAccess() const {
  unsigned loops = kernel.numLoops();
  Access access{result.storage, result.offset, SmallVector<int64_t>(loops, 0)};
  // A reduction may have dropped the last dimension.
  for (auto [loop, stride] : llvm::enumerate(result.strides))
    if (loop + 1 < loops || kernel.resultForm == Form::Full)
      access.strides[loop] = stride;
  return access;
}

int64_t KernelEmitter::spanOf(Form form, ElementKind type,
                              const Extent &block) const {
  int64_t columns = hasColumns(form) ? block.columns : 1;
  return systolic::spanOf(machine, Space::UnifiedBuffer,
                          columns * byteSize(type));
}

/// The strides of the loops over rows.
static ArrayRef<int64_t> rowStrides(const Access &access, unsigned numLoops) {
  return ArrayRef(access.strides).take_front(numLoops - 1);
}

std::optional<Rows> findResident(const MachineKernel &kernel,
                                 const Machine &machine, const Access &access,
                                 const Extent &block, Form form) {
  const Storage &storage = *access.storage;
  if (!storage.isResident)
    return std::nullopt;
  int64_t columns = hasColumns(form) ? block.columns : 1;
  unsigned loops = kernel.numLoops();
  if (columns > 1 && access.strides[loops - 1] != 1)
    return std::nullopt;
  int64_t base = access.offset;
  if (hasColumns(form))
    base += block.firstColumn * access.strides[loops - 1];
  int64_t rows = hasRows(form) ? block.rows : 1;
  std::optional<Rows> found;
  bool isOneRun = true;
  forEachRun(ArrayRef(kernel.sizes).drop_back(), rowStrides(access, loops),
             hasRows(form) ? block.firstRow : 0, rows,
             [&](int64_t, int64_t count, int64_t offset, int64_t stride) {
               isOneRun &= count == rows;
               found = localRows(storage, machine, base + offset, stride, rows,
                                 columns);
             });
  return isOneRun ? found : std::nullopt;
}

Rows KernelEmitter::loadBlock(const Access &access, const Extent &block,
                              Form form, Value &buffer) {
  buffer = Value();
  if (std::optional<Rows> resident =
          findResident(kernel, machine, access, block, form))
    return *resident;
  const Storage &storage = *access.storage;
  unsigned loops = kernel.numLoops();
  int64_t columns = hasColumns(form) ? block.columns : 1;
  int64_t rows = hasRows(form) ? block.rows : 1;
  int64_t span = spanOf(form, storage.element, block);
  buffer = pool.acquire(rows * span);
  Rows local{buffer, 0, span, {{buffer, 0}}};
  int64_t base = access.offset;
  if (hasColumns(form))
    base += block.firstColumn * access.strides[loops - 1];
  int64_t first = hasRows(form) ? block.firstRow : 0;
  forEachRun(ArrayRef(kernel.sizes).drop_back(), rowStrides(access, loops),
             first, rows,
             [&](int64_t row, int64_t count, int64_t offset, int64_t stride) {
               Rows part = local;
               part.row = (row - first) * span;
               emit.load({.local = part,
                          .dram = dramRows(storage, base + offset, stride,
                                           count, columns),
                          .rows = count,
                          .bytes = columns * storage.elementBytes()});
             });
  return local;
}

KernelEmitter::Target KernelEmitter::resultTarget(const Extent &block) {
  Access access = placed.resultAccess();
  if (std::optional<Rows> rows =
          findResident(kernel, machine, access, block, kernel.resultForm))
    return {*rows, Value()};
  int64_t span = spanOf(kernel.resultForm, access.storage->element, block);
  Value buffer = pool.acquire(block.rows * span);
  return {{buffer, 0, span, {{buffer, 0}}}, buffer};
}

void KernelEmitter::storeResult(const Extent &block, const Target &target) {
  Access access = placed.resultAccess();
  const Storage &storage = *access.storage;
  unsigned loops = kernel.numLoops();
  int64_t columns = hasColumns(kernel.resultForm) ? block.columns : 1;
  int64_t base = access.offset;
  if (hasColumns(kernel.resultForm))
    base += block.firstColumn * access.strides[loops - 1];
  if (storage.dram)
    forEachRun(ArrayRef(kernel.sizes).drop_back(), rowStrides(access, loops),
               block.firstRow, block.rows,
               [&](int64_t row, int64_t count, int64_t offset, int64_t stride) {
                 Rows part = target.rows;
                 part.row += (row - block.firstRow) * part.stride;
                 emit.store({.local = part,
                             .dram = dramRows(storage, base + offset, stride,
                                              count, columns),
                             .rows = count,
                             .bytes = columns * storage.elementBytes()});
               });
  if (target.buffer)
    pool.release(target.buffer);
}

void KernelEmitter::emitBlock(const Extent &block, std::optional<Rows> sums) {
  const VectorProgram &plan = kernel.vector;
  SmallVector<std::optional<Rows>> places(plan.values.size());
  SmallVector<Value> buffers(plan.values.size());
  SmallVector<int64_t> lastUse(plan.values.size(), -1);
  for (auto [i, step] : llvm::enumerate(plan.steps)) {
    lastUse[step.lhs] = i;
    if (step.rhs)
      lastUse[*step.rhs] = i;
  }
  auto rowsOf = [&](unsigned value) {
    return hasRows(plan.values[value].form) ? block.rows : int64_t(1);
  };
  auto columnsOf = [&](unsigned value) {
    return hasColumns(plan.values[value].form) ? block.columns : int64_t(1);
  };
  auto place = [&](unsigned value) {
    if (places[value])
      return;
    const VectorValue &info = plan.values[value];
    if (info.isProduct) {
      places[value] = sums;
    } else if (info.read) {
      places[value] = loadBlock(placed.accessOf(*info.read), block, info.form,
                                buffers[value]);
    } else {
      int64_t span = spanOf(info.form, info.type, block);
      buffers[value] = pool.acquire(rowsOf(value) * span);
      places[value] = Rows{buffers[value], 0, span, {{buffers[value], 0}}};
      if (info.isZero)
        emit.clear(*places[value], rowsOf(value),
                   columnsOf(value) * byteSize(info.type));
    }
  };
  auto done = [&](unsigned value, int64_t step) {
    if (lastUse[value] == step && value != plan.result && buffers[value])
      pool.release(std::exchange(buffers[value], Value()));
  };
  // An operand's rows, the same one again where it has but one.
  auto operand = [&](unsigned value, unsigned result) {
    Rows rows = *places[value];
    if (hasRows(plan.values[result].form) && !hasRows(plan.values[value].form))
      rows.stride = 0;
    return rows;
  };

  Target target;
  bool isMove = plan.steps.empty();
  if (!isMove || plan.values[plan.result].isProduct) {
    target = resultTarget(block);
    if (!isMove)
      places[plan.result] = target.rows;
  }
  for (auto [i, step] : llvm::enumerate(plan.steps)) {
    place(step.lhs);
    if (step.rhs)
      place(*step.rhs);
    place(step.result);
    bool reduces =
        step.kind == VectorKind::row_max || step.kind == VectorKind::row_sum;
    emit.work({.lhs = operand(step.lhs, reduces ? step.lhs : step.result),
               .destination = *places[step.result],
               .rhs = step.rhs ? std::optional(operand(*step.rhs, step.result))
                               : std::nullopt,
               .kind = step.kind,
               .right = step.right,
               .input = plan.values[step.lhs].type,
               .rightInput =
                   step.rhs ? plan.values[*step.rhs].type : ElementKind::f32,
               .output = plan.values[step.result].type,
               .negate = step.negate,
               .function = step.function,
               .alpha = step.alpha,
               .beta = step.beta,
               .immediate = step.immediate,
               .zeroPoint = step.zeroPoint,
               .rows = rowsOf(reduces ? step.lhs : step.result),
               .columns = columnsOf(reduces ? step.lhs : step.result)});
    done(step.lhs, i);
    if (step.rhs)
      done(*step.rhs, i);
  }
  if (isMove && !target.rows.buffer) {
    // Only moved: what was loaded is stored.
    place(plan.result);
    target = {*places[plan.result], buffers[plan.result]};
  }
  storeResult(block, target);
}

std::optional<Extent> KernelEmitter::chunkSize(const MachineKernel &kernel,
                                               const Machine &machine,
                                               int64_t budget) {
  // The vector unit counts columns in 16 bits.
  constexpr int64_t mostColumns = 65535;
  bool reduces = llvm::any_of(kernel.vector.steps, [](const VectorStep &step) {
    return step.kind == VectorKind::row_max || step.kind == VectorKind::row_sum;
  });
  int64_t buffers = kernel.vector.peakBuffers() + 2;
  for (const VectorValue &value : kernel.vector.values)
    buffers += value.form == Form::Row;
  int64_t columns = kernel.columns();
  auto rowSpan = [&](int64_t columns) {
    return systolic::spanOf(machine, Space::UnifiedBuffer, columns * 4);
  };
  while (columns > mostColumns || buffers * rowSpan(columns) > budget) {
    if (reduces || columns <= machine.columns)
      return std::nullopt;
    columns = llvm::divideCeil(llvm::divideCeil(columns, 2), machine.columns) *
              machine.columns;
  }
  // Two chunks at a time, so that loads run ahead; and several in all.
  int64_t rows = kernel.rows();
  int64_t most =
      std::max<int64_t>(1, budget / (2 * buffers * rowSpan(columns)));
  int64_t wanted = std::max<int64_t>(32, llvm::divideCeil(rows, 4));
  return Extent{0, std::min({rows, most, wanted}), 0, columns};
}

void KernelEmitter::emitSteps(const Extent &chunk) {
  for (int64_t c = 0; c < kernel.columns(); c += chunk.columns)
    for (int64_t r = 0; r < kernel.rows(); r += chunk.rows)
      emitBlock({r, std::min(chunk.rows, kernel.rows() - r), c,
                 std::min(chunk.columns, kernel.columns() - c)},
                std::nullopt);
}

} // namespace tactus::systolic
