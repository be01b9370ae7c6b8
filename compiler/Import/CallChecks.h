//===- CallChecks.h - Which calls a program may hold ------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_IMPORT_CALLCHECKS_H
#define TACTUS_COMPILER_IMPORT_CALLCHECKS_H

#include "mlir/IR/BuiltinOps.h"
#include "runtime/Support/Diagnostics.h"

namespace tactus {

/// Reports calls that are not as `tactus-outline-regions` makes them: each all
/// of a region, of a function that is called there alone, so that no function
/// calls itself. `module` is verified.
void checkCalls(mlir::ModuleOp module, Diagnostics &diagnostics);

} // namespace tactus

#endif // TACTUS_COMPILER_IMPORT_CALLCHECKS_H
