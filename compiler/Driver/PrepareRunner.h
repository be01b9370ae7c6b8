//===- PrepareRunner.h - What @prepare computes -----------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_DRIVER_PREPARERUNNER_H
#define TACTUS_COMPILER_DRIVER_PREPARERUNNER_H

#include "compiler/Driver/CompileKernels.h"
#include "mlir/IR/BuiltinOps.h"
#include "runtime/Core/MemoryUse.h"
#include "tactus/ParameterStore.h"

namespace tactus {

class KernelLibrary;
struct StepList;

/// Fills in the kernels of `list`. Throws Error where one is missing.
void connectKernels(StepList &list, const KernelLibrary &library);

/// Object code of `module`, a module of the LLVM dialect, linked. Throws Error.
std::shared_ptr<const KernelLibrary> linkKernels(mlir::ModuleOp module,
                                                 const CpuMachine &machine);

/// The code of the kernels of `texts`, each by itself, linked. Throws Error.
std::shared_ptr<const KernelLibrary>
linkKernels(llvm::ArrayRef<KernelText> texts, llvm::ArrayRef<KernelCode> codes);

/// Runs `@prepare` of a module at the level 5c, whose kernels `library` holds,
/// on `threads` threads. Fails after a diagnostic; throws Error where it takes
/// more than `limit`.
mlir::FailureOr<std::vector<Tensor>>
runPrepare(mlir::ModuleOp module, const KernelLibrary &library,
           const ParameterStore &parameters, MemoryLimit limit,
           int64_t threads);

/// Runs `@prepare` of a module at a level up to 3c on the interpreter, whose
/// bits a machine's results must have. Gives nothing where there is none; fails
/// after a diagnostic.
mlir::FailureOr<std::vector<Tensor>>
interpretPrepare(mlir::ModuleOp outlined, const ParameterStore &parameters,
                 MemoryLimit limit);

} // namespace tactus

#endif // TACTUS_COMPILER_DRIVER_PREPARERUNNER_H
