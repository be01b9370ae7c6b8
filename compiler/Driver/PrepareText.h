//===- PrepareText.h - What tells one @prepare from another -----*- C++ -*-===//
#ifndef TACTUS_COMPILER_DRIVER_PREPARETEXT_H
#define TACTUS_COMPILER_DRIVER_PREPARETEXT_H

#include "mlir/IR/BuiltinOps.h"
#include <string>

namespace tactus {

/// @prepare and the kernels that it runs, as text: equal texts compute equal
/// results. Empty where there is no @prepare.
std::string textOfPrepare(mlir::ModuleOp module);

/// Erases @prepare and the kernels that nothing else runs.
void dropPrepare(mlir::ModuleOp module);

} // namespace tactus

#endif // TACTUS_COMPILER_DRIVER_PREPARETEXT_H
