//===- HostKernels.h - What a machine leaves to the host --------*- C++ -*-===//
#ifndef TACTUS_COMPILER_DRIVER_HOSTKERNELS_H
#define TACTUS_COMPILER_DRIVER_HOSTKERNELS_H

#include "compiler/Driver/Compile.h"
#include "runtime/Systolic/Simulator.h"
#include <map>
#include <mutex>

namespace tactus {

/// Runs host functions on the interpreter. A text is read when it is first
/// called, as strictly as a graph, since it may come from a file. Threads take
/// turns.
class HostKernels {
public:
  explicit HostKernels(const DriverOptions &options)
      : memory(options.maxMemory), iterations(options.maxIterations) {}

  /// Throws `Error` where the text is not one kernel of the function's types,
  /// or what it computes fails.
  Tensor run(const systolic::HostFunction &function,
             std::span<const Tensor> inputs);

private:
  const Program &programFor(const systolic::HostFunction &function);

  std::optional<uint64_t> memory;
  std::optional<uint64_t> iterations;
  std::mutex mutex;
  /// By text.
  std::map<std::string, Program> programs;
};

/// The host of a simulation; `kernels` outlives it.
systolic::Host hostOf(HostKernels &kernels);

} // namespace tactus

#endif // TACTUS_COMPILER_DRIVER_HOSTKERNELS_H
