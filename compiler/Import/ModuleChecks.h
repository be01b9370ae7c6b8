//===- ModuleChecks.h - Which modules are programs --------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_IMPORT_MODULECHECKS_H
#define TACTUS_COMPILER_IMPORT_MODULECHECKS_H

#include "mlir/IR/BuiltinOps.h"
#include "runtime/Support/Diagnostics.h"

namespace tactus {

namespace limits {
/// Bytes of a constant; larger tensors are parameters.
inline constexpr int64_t maxConstantBytes = int64_t(64) << 20;
} // namespace limits

/// Reports ops, types and constants that a program may not hold. Comes before
/// ops are verified, since these multiply sizes.
void checkContents(mlir::ModuleOp module, Diagnostics &diagnostics);

/// Gives @main's arguments and results names where they have none, and reports
/// where @main is missing or its names and dimensions are not right.
void checkMain(mlir::ModuleOp module, Diagnostics &diagnostics);

} // namespace tactus

#endif // TACTUS_COMPILER_IMPORT_MODULECHECKS_H
