//===- Passes.h - Passes on graphs ------------------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_PASSES_H
#define TACTUS_COMPILER_TRANSFORMS_PASSES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/Pass.h"

namespace tactus {

#define GEN_PASS_DECL
#include "compiler/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "compiler/Transforms/Passes.h.inc"

/// Gives the arguments of `function` the static types `inputs` and infers all
/// other types anew. `rangeSizes` are those of the ranges whose bounds are not
/// constants, in order and regions aside. Fails after a diagnostic at the op
/// whose shapes disagree, and at a range of unknown size.
mlir::LogicalResult
specializeShapes(mlir::func::FuncOp function,
                 llvm::ArrayRef<mlir::RankedTensorType> inputs,
                 llvm::ArrayRef<int64_t> rangeSizes = {});

} // namespace tactus

#endif // TACTUS_COMPILER_TRANSFORMS_PASSES_H
