//===- InterpreterExecutable.h - Programs that are interpreted --*- C++ -*-===//
#ifndef TACTUS_COMPILER_DRIVER_INTERPRETEREXECUTABLE_H
#define TACTUS_COMPILER_DRIVER_INTERPRETEREXECUTABLE_H

#include "compiler/Driver/Compile.h"
#include "runtime/Core/ExecutableImpl.h"
#include <mutex>

namespace tactus {

/// Runs the graph itself; dynamic dimensions take their sizes in each run.
/// Calls from several threads take turns.
class InterpreterExecutable final : public Executable::Impl {
public:
  InterpreterExecutable(const Program &program, DriverOptions options);

  std::vector<Tensor> run(std::vector<Tensor> inputs) const override;
  std::vector<TensorType>
  outputTypes(std::span<const TensorType> inputTypes) const override;

private:
  mutable std::mutex mutex;
  Program program;
  DriverOptions options;
};

} // namespace tactus

#endif // TACTUS_COMPILER_DRIVER_INTERPRETEREXECUTABLE_H
