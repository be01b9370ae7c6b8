//===- Interpreter.h - What a program means ---------------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_INTERPRETER_INTERPRETER_H
#define TACTUS_RUNTIME_INTERPRETER_INTERPRETER_H

#include "mlir/IR/BuiltinOps.h"
#include "runtime/Core/Iterations.h"
#include "runtime/Core/MemoryUse.h"
#include "tactus/ParameterStore.h"
#include "tactus/Tensor.h"
#include <functional>

namespace tactus {

/// What one run may take.
struct RunLimits {
  MemoryLimit memory;
  IterationLimit iterations;
};

/// Called before an op is evaluated, with its operands' values; the op is of a
/// copy of the module. May throw Error, which becomes a diagnostic at the op.
using ObserveOp =
    std::function<void(mlir::Operation *, llvm::ArrayRef<Tensor>)>;

/// Runs `@main` of a module at any level from graph to outlined kernels, and
/// before it `@prepare`, whose results are its trailing arguments. Dynamic
/// dimensions take the sizes of `inputs`.
///
/// Fails after a diagnostic at the op whose shapes disagree, or whose results
/// are over the limit of memory together with all that is needed later, or
/// where loops take too many iterations. The module is left as it was.
mlir::FailureOr<std::vector<Tensor>>
interpretProgram(mlir::ModuleOp module, llvm::ArrayRef<Tensor> inputs,
                 const ParameterStore &parameters, RunLimits limits = {},
                 const ObserveOp &observe = {});

} // namespace tactus

#endif // TACTUS_RUNTIME_INTERPRETER_INTERPRETER_H
