//===- VectorLoops.h - Innermost loops are vector loops ---------*- C++ -*-===//
#ifndef TACTUS_TESTS_DIFFERENTIAL_VECTORLOOPS_H
#define TACTUS_TESTS_DIFFERENTIAL_VECTORLOOPS_H

#include "mlir/IR/BuiltinOps.h"
#include <string>

namespace tactus::differential {

/// Looks for a kernel, tiled, of which an innermost loop runs over 16 elements
/// or more one at a time. Returns its name and size; empty where there is none.
std::string findScalarLoop(mlir::ModuleOp module);

} // namespace tactus::differential

#endif // TACTUS_TESTS_DIFFERENTIAL_VECTORLOOPS_H
