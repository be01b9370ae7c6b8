//===- KernelNotes.h - What passes left for steps ---------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_EMIT_KERNELNOTES_H
#define TACTUS_COMPILER_EMIT_KERNELNOTES_H

#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "runtime/Core/StepList.h"

namespace tactus {

/// The name that the user gave the node at `loc`; empty where there is none.
std::string nodeName(mlir::Location loc);

/// Fills in what lowering left at `kernel`, a function that has
/// `tactus.extent`: all but names, buffers and checks.
void readNotes(KernelStep &step, mlir::func::FuncOp kernel);

/// The pairs of `tactus.checks`, with the ops that they number, whose names
/// and places are the dispatch's `tactus.indexing`.
std::vector<IndexCheck> checksOf(ir::DispatchOp dispatch,
                                 mlir::func::FuncOp kernel);

} // namespace tactus

#endif // TACTUS_COMPILER_EMIT_KERNELNOTES_H
