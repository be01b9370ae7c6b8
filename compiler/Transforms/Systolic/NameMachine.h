//===- NameMachine.h - Which machine a module is for ------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_NAMEMACHINE_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_NAMEMACHINE_H

#include "dialects/Systolic/Machine.h"
#include "mlir/IR/BuiltinOps.h"

namespace tactus::systolic {

/// The machine that `module` names; `name`, which it then names, where it names
/// none. Fails after a diagnostic.
mlir::FailureOr<Machine> nameMachine(mlir::ModuleOp module,
                                     llvm::StringRef name);

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_NAMEMACHINE_H
