//===- StepList.cpp - What the runtime executes ---------------------------===//
//-----------------------------===//
#include "runtime/Core/StepList.h"
#include <algorithm>
#include <span>

namespace tactus {

template <typename Steps, typename Function>
static void forEachKernelOf(Steps &steps, const Function &function) {
  for (auto &step : steps) {
    if (auto *kernel = std::get_if<KernelStep>(&step)) {
      function(*kernel);
    } else if (auto *choice = std::get_if<IfStep>(&step)) {
      forEachKernelOf(choice->then, function);
      forEachKernelOf(choice->otherwise, function);
    } else if (auto *loop = std::get_if<LoopStep>(&step)) {
      forEachKernelOf(loop->condition, function);
      forEachKernelOf(loop->body, function);
    }
  }
}

void forEachKernel(StepList &list,
                   const std::function<void(KernelStep &)> &function) {
  forEachKernelOf(list.steps, function);
}

int64_t StepList::partsOf(const KernelStep &step) const {
  return std::max<int64_t>(
      std::min({threads, step.extent, step.cost / leastCostOfPart}), 1);
}

int64_t StepList::maxParts() const {
  int64_t parts = 1;
  forEachKernelOf(steps, [&](const KernelStep &kernel) {
    parts = std::max(parts, partsOf(kernel));
  });
  return parts;
}

/// Nanoseconds of the kernels that have parts.
static double costOfParts(const StepList &list,
                          const std::vector<Step> &steps) {
  double cost = 0;
  for (const Step &step : steps) {
    if (auto *kernel = std::get_if<KernelStep>(&step)) {
      cost += list.partsOf(*kernel) > 1 ? double(kernel->cost) : 0;
    } else if (auto *choice = std::get_if<IfStep>(&step)) {
      cost += std::max(costOfParts(list, choice->then),
                       costOfParts(list, choice->otherwise));
    } else if (auto *loop = std::get_if<LoopStep>(&step)) {
      // Nobody knows how often others run.
      double count = loop->count >= 0 ? double(loop->count) : 1;
      cost += count * (costOfParts(list, loop->condition) +
                       costOfParts(list, loop->body));
    }
  }
  return cost;
}

bool StepList::wakesThreads() const {
  return costOfParts(*this, steps) >= double(leastCostOfWaking);
}

int64_t StepList::scratchBytes() const {
  int64_t bytes = 0;
  forEachKernelOf(steps, [&](const KernelStep &kernel) {
    int64_t others = partsOf(kernel) - 1;
    bytes =
        std::max(bytes, others * kernel.scratchStride() + kernel.scratchBytes);
  });
  return bytes;
}

int64_t StepList::workspaceBytes() const {
  return alignedBytes(arenaBytes) + alignedBytes(scratchBytes());
}

static uint64_t bytesOf(std::span<const TensorType> types) {
  uint64_t bytes = 0;
  for (const TensorType &type : types) {
    uint64_t count = 1;
    for (const Dimension &dimension : type.dimensions)
      count *= uint64_t(dimension.size());
    bytes += count * uint64_t(byteSize(type.elementType));
  }
  return bytes;
}

MemoryUse StepList::memoryUse() const {
  MemoryUse use{.inputs = bytesOf(inputs),
                .arena = uint64_t(workspaceBytes()),
                .outputs = bytesOf(outputs)};
  for (const Tensor &constant : constants)
    use.parameters += uint64_t(constant.byteSize());
  return use;
}

} // namespace tactus
