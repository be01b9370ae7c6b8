//===- Compile.h - From a program to an executable --------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_DRIVER_COMPILE_H
#define TACTUS_COMPILER_DRIVER_COMPILE_H

#include "compiler/Driver/Remarks.h"
#include "compiler/Graph/Program.h"
#include "compiler/Pipelines/Phases.h"
#include "tactus/Executable.h"
#include "tactus/Target.h"
#include <filesystem>
#include <optional>

namespace tactus {

/// What every reader, tool and API call compiles with.
struct DriverOptions {
  /// Where to write each level of the first shapes that are compiled, as
  /// `3b.laid-out.mlir`; empty to write none.
  std::filesystem::path dumpPhases;
  /// Called after each level; only tests use it, to break a program on purpose.
  AfterPhase afterPhase;
  /// Bytes a run may take, parameters included; without, three quarters of what
  /// the process may use.
  std::optional<uint64_t> maxMemory = std::nullopt;
  /// What loops of a run may take together; without, a million.
  std::optional<uint64_t> maxIterations = std::nullopt;
  /// That run a program for this processor; without, what TACTUS_NUM_THREADS
  /// says, or one for each processor that this process may use.
  std::optional<int64_t> threads = std::nullopt;
  /// Multiply-adds and bytes that a simulation may take; without, 10^14.
  std::optional<uint64_t> maxSteps = std::nullopt;
  /// Which plan a systolic machine runs products by, the one estimated cheapest
  /// first; -1 for the best. Only what compares plans asks for others.
  int64_t plan = -1;
  /// Where kernels compiled for a processor are kept for later; empty for
  /// nowhere. Without, what `defaultCacheFolder` says (ObjectCache.h).
  std::optional<std::filesystem::path> cacheFolder = std::nullopt;
  /// Who is told what passes decide.
  RemarkOptions remarks = {};
};

/// Compiles `program` for `target`. Programs of static shape are compiled at
/// once, others when shapes are known. Throws Error.
Executable compileProgram(const Program &program, const Target &target,
                          const DriverOptions &options = {});

/// Throws Error where the program is at a level that has kernels, which only
/// the interpreter runs; `target` stands in the message.
void refuseKernels(const Program &program, const std::string &target);

} // namespace tactus

#endif // TACTUS_COMPILER_DRIVER_COMPILE_H
