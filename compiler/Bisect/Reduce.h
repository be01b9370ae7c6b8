//===- Reduce.h - The least graph that shows a fault ------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_BISECT_REDUCE_H
#define TACTUS_COMPILER_BISECT_REDUCE_H

#include "compiler/Driver/Compile.h"
#include <map>

namespace tactus {

/// A graph, and inputs for which a target gives other results than the
/// interpreter.
struct FaultyGraph {
  Program program;
  std::map<std::string, Tensor> inputs;
  int64_t numOps = 0;
  std::string report;
};

/// How the results of `program` on `target` differ from the interpreter's
/// beyond their bound; empty where they do not. Throws Error where one of the
/// two cannot run it.
std::string differenceOn(const Target &target, const Program &program,
                         const std::map<std::string, Tensor> &inputs,
                         const DriverOptions &options);

/// The fewest ops in a row of `module`'s @main, run on `inputs`, that `target`
/// computes wrongly alone: one op where there is such a one, else as few as
/// end where the shortest faulty beginning does. None where only more than a
/// row shows it.
std::optional<FaultyGraph> reduce(mlir::ModuleOp module,
                                  llvm::ArrayRef<Tensor> inputs,
                                  const ParameterStore &parameters,
                                  const Target &target,
                                  const DriverOptions &options);

} // namespace tactus

#endif // TACTUS_COMPILER_BISECT_REDUCE_H
