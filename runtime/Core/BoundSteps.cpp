//===- BoundSteps.cpp - Running a list of steps ---------------------------===//
#include "runtime/Core/BoundSteps.h"
#include "runtime/Core/ThreadPool.h"
#include "runtime/Support/Assert.h"
#include "runtime/Tensor/Shape.h"
#include <cstring>

namespace tactus {

//===----------------------------------------------------------------------===//
// Binding
//===----------------------------------------------------------------------===//

BoundSteps::BoundSteps(const StepList &list, std::span<const Tensor> in,
                       std::span<Tensor> out)
    : list(list), inputs(in.begin(), in.end()), outputs(out.begin(), out.end()),
      workspace(Tensor::zeros(u8({list.workspaceBytes()}))),
      wakesThreads(list.wakesThreads()), statuses(size_t(list.maxParts())) {
  TACTUS_ASSERT(inputs.size() == list.inputs.size() &&
                    outputs.size() == list.outputs.size(),
                "a step list is bound to all its inputs and outputs");
  scratch = address({BufferRef::Memory::Arena, alignedBytes(list.arenaBytes)});
  top = bind(list.steps);
  ThreadPool::shared().reserve(int64_t(statuses.size()));
}

void *BoundSteps::address(const BufferRef &ref) {
  switch (ref.memory) {
  case BufferRef::Memory::Input:
    return const_cast<void *>(inputs[ref.index].rawData());
  case BufferRef::Memory::Output:
    return outputs[ref.index].mutableRawData();
  case BufferRef::Memory::Constant:
    return const_cast<void *>(list.constants[ref.index].rawData());
  case BufferRef::Memory::Arena:
    return static_cast<char *>(workspace.mutableRawData()) + ref.index;
  }
  TACTUS_ASSERT(false, "every memory is listed");
  return nullptr;
}

const void *BoundSteps::dataOf(const BufferRef &ref) const {
  return const_cast<BoundSteps *>(this)->address(ref);
}

BoundSteps::Block BoundSteps::bind(const std::vector<Step> &steps) {
  Block block{&steps, {}, {}};
  auto add = [&](const BufferRef &ref) {
    block.pointers.push_back(address(ref));
  };
  for (const Step &step : steps) {
    if (auto *kernel = std::get_if<KernelStep>(&step)) {
      for (const BufferRef &ref : kernel->buffers)
        add(ref);
    } else if (auto *copy = std::get_if<CopyStep>(&step)) {
      add(copy->from);
      add(copy->to);
    } else if (auto *choice = std::get_if<IfStep>(&step)) {
      add(choice->condition);
      block.inner.push_back(bind(choice->then));
      block.inner.push_back(bind(choice->otherwise));
    } else {
      const auto &loop = std::get<LoopStep>(step);
      add(loop.flag);
      for (const auto *copies : {&loop.slices, &loop.results})
        for (const SliceCopy &copy : *copies) {
          add(copy.sequence);
          add(copy.element);
        }
      block.inner.push_back(bind(loop.condition));
      block.inner.push_back(bind(loop.body));
    }
  }
  return block;
}

//===----------------------------------------------------------------------===//
// Running
//===----------------------------------------------------------------------===//

/// Throws what a kernel's status tells.
[[noreturn]] static void fail(const KernelStep &kernel,
                              const KernelStatus &status) {
  auto [number, index] = status;
  if (number >= 1 && number <= int64_t(kernel.checks.size())) {
    const IndexCheck &check = kernel.checks[size_t(number - 1)];
    throw Error(check.place, describeOutOfRange(index, check.size));
  }
  throw Error(Error::Place{.node = kernel.node},
              "kernel '" + kernel.kernel + "' failed with code " +
                  std::to_string(number) + " at index " +
                  std::to_string(index));
}

namespace {
struct NoObserver {
  void begin(const Step &) {}
  void end(const Step &) {}
};
} // namespace

void BoundSteps::run() {
  NoObserver nobody;
  runAll(nobody);
}

void BoundSteps::run(StepObserver &observer) {
  runAll(observer);
}

template <typename Observer> void BoundSteps::runAll(Observer &observer) {
  iterations = IterationLimit(list.maxIterations);
  if (list.threads == 1)
    return run(top, observer);
  ThreadPool::Presence present(ThreadPool::shared());
  run(top, observer);
}

template <typename Observer>
void BoundSteps::run(Block &block, Observer &observer) {
  Cursor cursor{block.pointers.data(), block.inner.data()};
  for (const Step &step : *block.steps) {
    observer.begin(step);
    std::visit([&](const auto &kind) { run(kind, cursor, observer); }, step);
    observer.end(step);
  }
}

template <typename Observer>
void BoundSteps::run(const KernelStep &step, Cursor &cursor, Observer &) {
  void **buffers = cursor.pointers;
  cursor.pointers += step.buffers.size();
  int64_t parts = list.partsOf(step);
  // Each of the other callers keeps a processor busy.
  if (parts > 1)
    parts =
        std::min(parts, list.threads + 1 - ThreadPool::shared().numCallers());
  if (parts > 1)
    return runParts(step, parts, buffers);
  KernelStatus status = {0, 0};
  step.entry(buffers, 0, step.extent, scratch, status.data());
  if (status[0] != 0)
    fail(step, status);
}

namespace {
/// What the parts of a kernel share.
struct Parts {
  const KernelStep &step;
  void **buffers;
  void *scratch;
  KernelStatus *statuses;
};
} // namespace

/// Iterations do not know of one another, so the results are those of one part;
/// so is the error, that of the first part that has one.
void BoundSteps::runParts(const KernelStep &step, int64_t parts,
                          void **buffers) {
  std::fill_n(statuses.begin(), parts, KernelStatus{0, 0});
  Parts shared{step, buffers, scratch, statuses.data()};
  ThreadPool::shared().run(
      step.extent, parts,
      [](void *context, int64_t part, int64_t begin, int64_t end) noexcept {
        const Parts &parts = *static_cast<const Parts *>(context);
        const KernelStep &step = parts.step;
        step.entry(parts.buffers, begin, end,
                   static_cast<char *>(parts.scratch) +
                       part * step.scratchStride(),
                   parts.statuses[part].data());
      },
      &shared,
      wakesThreads ? ThreadPool::Sleepers::Wake : ThreadPool::Sleepers::Leave);
  for (int64_t part = 0; part < parts; ++part)
    if (statuses[size_t(part)][0] != 0)
      fail(step, statuses[size_t(part)]);
}

template <typename Observer>
void BoundSteps::run(const CopyStep &step, Cursor &cursor, Observer &) {
  std::memcpy(cursor.pointers[1], cursor.pointers[0], size_t(step.bytes));
  cursor.pointers += 2;
}

template <typename Observer>
void BoundSteps::run(const IfStep &, Cursor &cursor, Observer &observer) {
  bool holds = *static_cast<const bool *>(*cursor.pointers++);
  run(cursor.inner[holds ? 0 : 1], observer);
  cursor.inner += 2;
}

template <typename Observer>
void BoundSteps::run(const LoopStep &step, Cursor &cursor, Observer &observer) {
  const bool *flag = static_cast<const bool *>(*cursor.pointers++);
  Block &condition = *cursor.inner++, &body = *cursor.inner++;
  void **slices = cursor.pointers;
  void **results = slices + 2 * step.slices.size();
  cursor.pointers = results + 2 * step.results.size();
  auto isDone = [&](int64_t iteration) {
    if (step.count >= 0)
      return iteration == step.count;
    run(condition, observer);
    return !*flag;
  };
  for (int64_t iteration = 0; !isDone(iteration); ++iteration) {
    // Without data to read a loop may go on for ever.
    if (step.slices.empty())
      iterations.count(step.place);
    int64_t i = step.reverse ? step.count - 1 - iteration : iteration;
    for (size_t k = 0; k < step.slices.size(); ++k) {
      int64_t bytes = step.slices[k].elementBytes;
      std::memcpy(slices[2 * k + 1],
                  static_cast<const char *>(slices[2 * k]) + i * bytes,
                  size_t(bytes));
    }
    run(body, observer);
    for (size_t k = 0; k < step.results.size(); ++k) {
      int64_t bytes = step.results[k].elementBytes;
      std::memcpy(static_cast<char *>(results[2 * k]) + i * bytes,
                  results[2 * k + 1], size_t(bytes));
    }
  }
}

std::vector<Tensor> runSteps(const StepList &list,
                             std::span<const Tensor> inputs) {
  std::vector<Tensor> outputs;
  for (const TensorType &type : list.outputs)
    outputs.push_back(Tensor::zeros(type));
  BoundSteps(list, inputs, outputs).run();
  return outputs;
}

} // namespace tactus
