//===- ExecutableImpl.h - What every target provides ------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_CORE_EXECUTABLEIMPL_H
#define TACTUS_RUNTIME_CORE_EXECUTABLEIMPL_H

#include "tactus/Executable.h"
#include <span>

namespace tactus {

/// A program on the caller's buffers. Running it allocates nothing where the
/// target can keep that promise.
struct BoundProgram {
  virtual ~BoundProgram() = default;
  virtual void run() = 0;
};

/// A compiled program of any target. Names, types and named dimensions are
/// checked before these functions are called; they are called from many threads
/// at once, and throw Error.
struct Executable::Impl {
  virtual ~Impl() = default;

  std::vector<Port> inputs, outputs;

  /// Checks names and types, and puts tensors in the order of the ports.
  std::vector<Tensor> inOrder(const std::map<std::string, Tensor> &named) const;

  /// `inputs` and the results are in the order of the ports.
  virtual std::vector<Tensor> run(std::vector<Tensor> inputs) const = 0;
  /// The types of the results for inputs of these static types.
  virtual std::vector<TensorType>
  outputTypes(std::span<const TensorType> inputTypes) const = 0;
  /// `outputs` have the types that `outputTypes` gives. Unless a target does
  /// better, a bound program copies the results of `run`.
  virtual std::unique_ptr<BoundProgram>
  bindTo(std::vector<Tensor> inputs, std::vector<Tensor> outputs) const;
};

} // namespace tactus

#endif // TACTUS_RUNTIME_CORE_EXECUTABLEIMPL_H
