//===- BoundSteps.h - Running a list of steps -------------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_CORE_BOUNDSTEPS_H
#define TACTUS_RUNTIME_CORE_BOUNDSTEPS_H

#include "runtime/Core/Iterations.h"
#include "runtime/Core/StepList.h"
#include <array>
#include <span>

namespace tactus {

/// What a kernel says in the end: which check failed, 0 for none, and the
/// index.
using KernelStatus = std::array<int64_t, 2>;

/// Told of the steps that a run takes, as they begin and end. The steps of an
/// op of control flow are inside its own. Where one fails, its end is not told.
class StepObserver {
public:
  virtual ~StepObserver() = default;
  virtual void begin(const Step &step) = 0;
  virtual void end(const Step &step) = 0;
};

/// A step list with every address resolved. Running allocates nothing. Kernels
/// that are worth it run on several threads of the pool that all programs
/// share.
class BoundSteps {
public:
  /// `inputs` and `outputs` have the types of `list`, which outlives this.
  BoundSteps(const StepList &list, std::span<const Tensor> inputs,
             std::span<Tensor> outputs);

  /// Throws from the status of a kernel, naming its node, and where loops take
  /// more iterations than `list` allows.
  void run();
  /// The same, with every step told to `observer`, which is a mode of its own:
  /// a run without observer pays nothing for it.
  void run(StepObserver &observer);

  /// What lies at a place of the list.
  const void *dataOf(const BufferRef &ref) const;

private:
  /// Steps that run one after the other.
  struct Block {
    const std::vector<Step> *steps = nullptr;
    /// Of all steps, in order.
    std::vector<void *> pointers;
    /// Those inside the steps, in order.
    std::vector<Block> inner;
  };
  /// What a run has reached.
  struct Cursor {
    void **pointers;
    Block *inner;
  };

  Block bind(const std::vector<Step> &steps);
  void *address(const BufferRef &ref);
  /// Instantiated for an observer, and for one that is nothing.
  template <typename Observer> void runAll(Observer &observer);
  template <typename Observer> void run(Block &block, Observer &observer);
  template <typename Observer>
  void run(const KernelStep &step, Cursor &cursor, Observer &observer);
  template <typename Observer>
  void run(const CopyStep &step, Cursor &cursor, Observer &observer);
  template <typename Observer>
  void run(const IfStep &step, Cursor &cursor, Observer &observer);
  template <typename Observer>
  void run(const LoopStep &step, Cursor &cursor, Observer &observer);
  void runParts(const KernelStep &step, int64_t parts, void **buffers);

  const StepList &list;
  std::vector<Tensor> inputs, outputs;
  /// The arena, and behind it the scratch memory that all kernels share.
  Tensor workspace;
  void *scratch = nullptr;
  bool wakesThreads = false;
  /// One for each part that a kernel may have.
  std::vector<KernelStatus> statuses;
  IterationLimit iterations;
  Block top;
};

/// Runs `list` once on fresh outputs.
std::vector<Tensor> runSteps(const StepList &list,
                             std::span<const Tensor> inputs);

} // namespace tactus

#endif // TACTUS_RUNTIME_CORE_BOUNDSTEPS_H
