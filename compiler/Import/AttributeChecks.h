//===- AttributeChecks.h - Which attributes ops may have --------*- C++ -*-===//
#ifndef TACTUS_COMPILER_IMPORT_ATTRIBUTECHECKS_H
#define TACTUS_COMPILER_IMPORT_ATTRIBUTECHECKS_H

#include "mlir/IR/Operation.h"
#include "runtime/Support/Diagnostics.h"

namespace tactus {

/// Reports the attributes of an operation, and of a function's arguments and
/// results, that it does not have. MLIR takes any name as an attribute that may
/// be dropped, so that a slip would pass for the default.
void checkAttributes(mlir::Operation *op, Diagnostics &diagnostics);

} // namespace tactus

#endif // TACTUS_COMPILER_IMPORT_ATTRIBUTECHECKS_H
