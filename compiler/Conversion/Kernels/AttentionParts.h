//===- AttentionParts.h - A kernel of two products, cut up ------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_ATTENTIONPARTS_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_ATTENTIONPARTS_H

#include "compiler/Conversion/Kernels/IndexMap.h"
#include "compiler/Conversion/Kernels/RegisterTile.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

/// What a kernel of two products is made of: `first` gives rows, `scores` is
/// what elementwise ops make of them, whole rows of which become the left
/// operand of `second`.
struct AttentionOps {
  ir::MatmulOp first, second;
  mlir::Value scores;
};

/// Nothing where `body` is no such kernel.
std::optional<AttentionOps> findAttention(mlir::Block &body);

/// A kernel that computes one step of attention for the first `rows` rows of
/// the first matrix of the batch.
struct AttentionPart {
  /// What an argument of the kernel stands for: the whole kernel's argument
  /// `number`, or the result of part `number`.
  struct Operand {
    bool isPart = false;
    unsigned number = 0;
    /// Where it begins, as a function of the batch's indices and of the first
    /// row: for an argument of the whole kernel.
    FlatAccess begin;
  };
  ir::KernelOp kernel;
  llvm::SmallVector<Operand> operands;
};

/// The steps, by their numbers in `cutAttention`'s result; weights is absent
/// where the scores themselves are the second product's left operand.
enum class AttentionStep : unsigned {
  PackFirst,
  PackSecond,
  Scores,
  Weights,
  Result
};

/// Cuts the kernel of `ops` into one kernel for each step, for blocks of `rows`
/// rows; they are put where `builder` is. Fails, leaving nothing behind, where
/// a step is no kernel that can be lowered.
mlir::FailureOr<llvm::SmallVector<AttentionPart>>
cutAttention(mlir::OpBuilder &builder, llvm::StringRef name,
             const AttentionOps &ops, int64_t rows,
             const VectorMachine &machine);

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_ATTENTIONPARTS_H
