//===- ModuleMachine.h - The machine of a module ----------------*- C++ -*-===//
#ifndef TACTUS_DIALECTS_SYSTOLIC_MODULEMACHINE_H
#define TACTUS_DIALECTS_SYSTOLIC_MODULEMACHINE_H

#include "dialects/Systolic/Machine.h"
#include "mlir/IR/BuiltinOps.h"

namespace tactus::systolic {

/// The name of the module's attribute: `systolic.machine`.
inline constexpr llvm::StringLiteral machineAttributeName = "systolic.machine";

/// A preset as its name, another machine as a dictionary of all its fields.
mlir::Attribute attributeOf(const Machine &machine, mlir::MLIRContext *context);

/// The machine that `attribute` describes. Fails after `emitError`.
mlir::FailureOr<Machine>
machineOf(mlir::Attribute attribute,
          llvm::function_ref<mlir::InFlightDiagnostic()> emitError);

/// The machine of the module around `op`; none where it names none that is
/// valid, which the program's verifier reports.
std::optional<Machine> findMachine(mlir::Operation *op);

} // namespace tactus::systolic

#endif // TACTUS_DIALECTS_SYSTOLIC_MODULEMACHINE_H
