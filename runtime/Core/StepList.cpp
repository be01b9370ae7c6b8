//===- StepList.cpp - Running a list of steps -----------------------------===//
#include "runtime/Core/StepList.h"
#include "runtime/Support/Assert.h"
#include "runtime/Tensor/Shape.h"
#include <algorithm>
#include <cstring>

namespace tactus {

static int64_t scratchOf(const StepList &list) {
  int64_t bytes = 0;
  for (const Step &step : list.steps)
    if (auto *kernel = std::get_if<KernelStep>(&step))
      bytes = std::max(bytes, kernel->scratchBytes);
  return bytes;
}

static int64_t aligned(int64_t bytes) {
  return (bytes + bufferAlignment - 1) / bufferAlignment * bufferAlignment;
}

int64_t StepList::workspaceBytes() const {
  return aligned(arenaBytes) + aligned(scratchOf(*this));
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

BoundSteps::BoundSteps(const StepList &list, std::span<const Tensor> in,
                       std::span<Tensor> out)
    : list(list), inputs(in.begin(), in.end()), outputs(out.begin(), out.end()),
      workspace(Tensor::zeros(u8({list.workspaceBytes()}))) {
  TACTUS_ASSERT(inputs.size() == list.inputs.size() &&
                    outputs.size() == list.outputs.size(),
                "a step list is bound to all its inputs and outputs");
  for (const Step &step : list.steps) {
    if (auto *kernel = std::get_if<KernelStep>(&step)) {
      for (const BufferRef &ref : kernel->buffers)
        pointers.push_back(address(ref));
      continue;
    }
    const auto &copy = std::get<CopyStep>(step);
    pointers.push_back(address(copy.from));
    pointers.push_back(address(copy.to));
  }
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

/// Throws what a kernel's status tells.
[[noreturn]] static void fail(const KernelStep &kernel,
                              const int64_t (&status)[2]) {
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

void BoundSteps::run() {
  void **next = pointers.data();
  void *scratch = address({BufferRef::Memory::Arena, aligned(list.arenaBytes)});
  for (const Step &step : list.steps) {
    if (auto *kernel = std::get_if<KernelStep>(&step)) {
      int64_t status[2] = {0, 0};
      kernel->entry(next, 0, kernel->extent, scratch, status);
      next += kernel->buffers.size();
      if (status[0] != 0)
        fail(*kernel, status);
      continue;
    }
    std::memcpy(next[1], next[0], size_t(std::get<CopyStep>(step).bytes));
    next += 2;
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
