//===- Compiler.h - From graphs to executables ------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_H
#define TACTUS_COMPILER_H

#include "tactus/Calibration.h"
#include "tactus/Executable.h"
#include "tactus/Graph.h"
#include "tactus/Target.h"
#include <filesystem>
#include <optional>

namespace tactus {

struct CompileOptions {
  /// A folder to write each level of the program to, as
  /// `3b.laid-out.mlir`; empty to write none.
  std::filesystem::path dumpPhases = {};
  /// Bytes a run may take, parameters included; without, three quarters of what
  /// the process may use. A run that needs more is refused before it takes
  /// them.
  std::optional<uint64_t> maxMemory = std::nullopt;
  /// Iterations that all `whileLoop`s of a run may take together, and scans of
  /// slices without elements; without, a million.
  std::optional<uint64_t> maxIterations = std::nullopt;
  /// Threads that run a program compiled for a processor, from 1 to 1024, the
  /// caller among them; without, what the environment says in
  /// TACTUS_NUM_THREADS, or one for each processor that the process may use.
  /// The bits of the results do not depend on it.
  std::optional<int64_t> threads = std::nullopt;
  /// Samples for a machine that multiplies i8, where the graph multiplies
  /// floats.
  Calibration calibration = {};
  /// A folder where kernels compiled for a processor are kept, so that the next
  /// process that needs one need not compile it; empty for none. Without, what
  /// the environment says: TACTUS_CACHE_DIR, else `tactus` in XDG_CACHE_HOME or
  /// in `.cache` of HOME. No bit of a result depends on it.
  std::optional<std::filesystem::path> cacheFolder = std::nullopt;
};

/// Compiles a graph, which may go away or change afterwards. Graphs of static
/// shape are compiled at once, others when shapes are known. Throws `Error`
/// where the graph has no outputs or the target cannot run it.
Executable
compile(const Graph &graph, const Target &target,
        const CompileOptions &options = {},
        const std::source_location &where = std::source_location::current());

/// Returns the elements of a value that depends on no input, from the
/// interpreter. Throws `Error` naming the input where it does depend on one.
Tensor
evaluate(const Value &value,
         const std::source_location &where = std::source_location::current());

/// The same, compiled for `target` and run there.
Tensor
evaluate(const Value &value, const Target &target,
         const std::source_location &where = std::source_location::current());

} // namespace tactus

#endif // TACTUS_COMPILER_H
