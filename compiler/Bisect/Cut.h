//===- Cut.h - Parts of a program as programs -------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_BISECT_CUT_H
#define TACTUS_COMPILER_BISECT_CUT_H

#include "compiler/Graph/Program.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

/// A graph of some ops of another.
struct Cut {
  /// In a context of its own; its inputs are `x0`, `x1`, ..., its outputs `y0`,
  /// `y1`, ...
  Program program;
  /// What stands for each input in the program that it was cut from.
  llvm::SmallVector<mlir::Value> inputs;
};

/// `ops`, of one block and in its order, which compute `outputs`. Values that
/// they use and none of them computes become inputs, but for constants, which
/// come with them.
Cut cutOut(llvm::ArrayRef<mlir::Operation *> ops,
           llvm::ArrayRef<mlir::Value> outputs);

/// All of a kernel that is not lowered, and what of `operands`, its arguments'
/// values, the inputs of the graph are.
Cut cutOut(ir::KernelOp kernel, llvm::ArrayRef<Tensor> operands,
           std::vector<Tensor> &inputs);

} // namespace tactus

#endif // TACTUS_COMPILER_BISECT_CUT_H
