//===- Passes.h - From loops on memory to LLVM ------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_TOLLVM_PASSES_H
#define TACTUS_COMPILER_CONVERSION_TOLLVM_PASSES_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Pass/Pass.h"

namespace tactus {

#define GEN_PASS_DECL
#include "compiler/Conversion/ToLLVM/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "compiler/Conversion/ToLLVM/Passes.h.inc"

/// Lowers a module of kernels (functions on flat memory with `tactus.extent`)
/// to the LLVM dialect; functions on tensors are dropped.
void addLowerToLLVM(mlir::OpPassManager &pm);

/// The dialects that lowered kernels and LLVM modules are made of.
void registerLoweredDialects(mlir::DialectRegistry &registry);

/// Registers `addLowerToLLVM` as the pipeline `tactus-lower-to-llvm`.
void registerLowerToLLVMPipeline();

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_TOLLVM_PASSES_H
