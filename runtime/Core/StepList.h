//===- StepList.h - What the runtime executes -------------------*- C++ -*-===//
//
// The last level of a compiled program: a list of kernel calls, choices and
// loops whose operands are places in a few memories, all sizes and offsets
// known. The step list does not know what made it.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_CORE_STEPLIST_H
#define TACTUS_RUNTIME_CORE_STEPLIST_H

#include "runtime/Core/MemoryUse.h"
#include "tactus/Error.h"
#include "tactus/Tensor.h"
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tactus {

/// A compiled kernel: runs iterations [begin, end) of its outermost loop on
/// `buffers`, operands before results. `scratch` is memory of its own for the
/// call; `status` is {0, 0} and stays so unless the kernel fails.
using KernelEntry = void (*)(void **buffers, int64_t begin, int64_t end,
                             void *scratch, int64_t *status);

/// Every buffer and arena begins at a multiple of this many bytes.
inline constexpr int64_t bufferAlignment = 64;

/// The next multiple of it, or of another number.
constexpr int64_t alignedBytes(int64_t bytes,
                               int64_t alignment = bufferAlignment) {
  return (bytes + alignment - 1) / alignment * alignment;
}

/// Where a tensor lies while a program runs.
struct BufferRef {
  enum class Memory { Input, Output, Constant, Arena };
  Memory memory = Memory::Arena;
  /// The number of the input, output or constant; in the arena, a byte offset.
  int64_t index = 0;

  bool operator==(const BufferRef &) const = default;
};

/// An index of a kernel that is checked: the place of the op that uses it, and
/// the size of the dimension.
struct IndexCheck {
  Error::Place place;
  int64_t size = 0;
};

/// What a call of a kernel asks for, as the program says it; code that computes
/// something again does more. Only profiles and traces read it.
struct KernelWork {
  /// The ops in it, in order: `matmul add relu`.
  std::string ops;
  /// Such as `f32[8,16] x [16,4]`.
  std::string shape;
  /// Operations, two for each product of a matmul.
  int64_t flops = 0;
  /// The type that they are computed in.
  ElementType type = ElementType::F32;
  /// That have to be moved once, of each buffer.
  std::vector<int64_t> bytes;
};

/// Runs a kernel over its whole extent, in one part or in several at once.
struct KernelStep {
  std::string kernel;
  /// The user's name of the node that the kernel begins with, for errors.
  std::string node;
  /// Operands, then results.
  std::vector<BufferRef> buffers;
  int64_t extent = 0;
  int64_t scratchBytes = 0;
  KernelEntry entry = nullptr;
  /// What its status means: check i failed where the first word is i + 1, and
  /// the second is the index.
  std::vector<IndexCheck> checks = {};
  KernelWork work = {};
  /// About how many nanoseconds one thread takes.
  int64_t cost = 0;

  /// From the scratch memory of one part to that of the next: whole pages,
  /// since processors fetch ahead as far as that, and would take from the other
  /// thread what it writes. 512x512x512 with a SiLU took 1.1 times as long.
  int64_t scratchStride() const { return alignedBytes(scratchBytes, 4096); }
};

/// What a part of a kernel costs at least: with two of them, two threads
/// are 1.6 times as fast where both are awake (docs/performance.md).
inline constexpr int64_t leastCostOfPart = 2000;

/// What kernels that have parts cost together in a program that wakes threads;
/// one that does less only uses those that are awake.
inline constexpr int64_t leastCostOfWaking = 40000;

/// Copies bytes: for an output that is an input, a constant, or another output.
struct CopyStep {
  BufferRef from, to;
  int64_t bytes = 0;
};

struct IfStep;
struct LoopStep;
using Step = std::variant<KernelStep, CopyStep, IfStep, LoopStep>;

/// Runs `then` where the i1 at `condition` is true, else `otherwise`.
struct IfStep {
  BufferRef condition;
  std::vector<Step> then, otherwise;
};

/// A sequence, and the memory of its element in one iteration of a loop.
struct SliceCopy {
  BufferRef sequence, element;
  int64_t elementBytes = 0;
};

/// Runs `body` again and again.
struct LoopStep {
  /// How often; where negative, while `condition` leaves true at `flag`, as
  /// often as the run allows.
  int64_t count = -1;
  /// Of the op that it is, for errors.
  Error::Place place;
  /// The last element of the sequences first.
  bool reverse = false;
  std::vector<Step> condition;
  BufferRef flag;
  std::vector<Step> body;
  /// Copied before and after `body`.
  std::vector<SliceCopy> slices, results;
};

/// A program for one set of static shapes.
struct StepList {
  std::vector<Step> steps;
  std::vector<TensorType> inputs, outputs;
  std::vector<Tensor> constants;
  int64_t arenaBytes = 0;
  /// Of all loops of a run without slices; without, a million.
  std::optional<uint64_t> maxIterations = std::nullopt;
  /// That run a kernel at the same time, at most.
  int64_t threads = 1;

  /// In how many parts `step` runs, at most.
  int64_t partsOf(const KernelStep &step) const;
  /// The same for all steps.
  int64_t maxParts() const;
  /// Whether the kernels that have parts are worth waking threads for.
  bool wakesThreads() const;
  /// The bytes that the kernels share; each part has some of its own.
  int64_t scratchBytes() const;
  /// The bytes that one run needs beside its inputs and outputs.
  int64_t workspaceBytes() const;
  /// The bytes of a run; constants count as parameters.
  MemoryUse memoryUse() const;
};

/// Calls `function` with each kernel step of `list`, in regions too.
void forEachKernel(StepList &list,
                   const std::function<void(KernelStep &)> &function);

} // namespace tactus

#endif // TACTUS_RUNTIME_CORE_STEPLIST_H
