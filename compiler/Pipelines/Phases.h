//===- Phases.h - The levels of a way down ----------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_PIPELINES_PHASES_H
#define TACTUS_COMPILER_PIPELINES_PHASES_H

#include "compiler/Target/CpuMachine.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/Error.h"
#include <functional>
#include <string>
#include <vector>

namespace tactus {

/// A level that a program passes through: a valid module that can be printed,
/// read and resumed from.
struct Phase {
  /// Its place in the order, such as `3b`.
  llvm::StringRef number;
  /// Its name, such as `laid-out`.
  llvm::StringRef word;
  /// Adds the passes from the level before to this one.
  std::function<void(mlir::OpPassManager &)> addPasses;

  /// `3b.laid-out`.
  std::string name() const { return (number + "." + word).str(); }
};

/// From a graph to the LLVM dialect. `dims` are the sizes of named dimensions,
/// each `name=size`, for a program that is not static yet.
std::vector<Phase> cpuPhases(const CpuMachine &machine,
                             llvm::ArrayRef<std::string> dims = {});

/// From a graph to a scheduled program of `machine`, the name of a preset;
/// empty where the module names its machine. `plan` is the option of
/// `systolic-tile-kernels`.
std::vector<Phase> systolicPhases(llvm::StringRef machine,
                                  llvm::ArrayRef<std::string> dims = {},
                                  int64_t plan = -1);

/// The phases that lead from the level `from` to the level `to`; the whole way
/// where these are empty. Fails with what is wrong where they name no level, or
/// in the wrong order.
llvm::Expected<llvm::ArrayRef<Phase>> selectPhases(llvm::ArrayRef<Phase> phases,
                                                   llvm::StringRef from,
                                                   llvm::StringRef to);

/// Called with the module of each level that is reached.
using AfterPhase = std::function<void(const Phase &, mlir::ModuleOp)>;

/// Takes `module` through `phases`, each verified. Diagnostics say what failed.
mlir::LogicalResult runPhases(mlir::ModuleOp module,
                              llvm::ArrayRef<Phase> phases,
                              const AfterPhase &afterPhase = {});

/// Registers `tactus-to-cpu` and `tactus-to-systolic`, both with
/// `{from= to= target= dims=}`.
void registerPipelines();

} // namespace tactus

#endif // TACTUS_COMPILER_PIPELINES_PHASES_H
