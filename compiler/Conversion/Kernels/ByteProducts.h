//===- ByteProducts.h - Instructions that sum several products --*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_BYTEPRODUCTS_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_BYTEPRODUCTS_H

#include "mlir/IR/Builders.h"

namespace tactus {

/// How products of bytes are added to sums of 32 bits, exactly but for the
/// sums' wrapping around: two or four of them by one instruction
/// (`depthOfProduct`).
///
/// Four: an unsigned byte times a signed one (VNNI). Where both operands are of
/// one kind, the left has its highest bit turned, which is 128 added or taken
/// away, and each sum starts from what that amounts to. Two: of numbers of 16
/// bits, which hold bytes of both kinds.
class ByteProducts {
public:
  ByteProducts() = default;
  ByteProducts(int64_t depth, mlir::Type lhs, mlir::Type rhs)
      : depth(depth), isLeftUnsigned(lhs.isUnsignedInteger()),
        isRightUnsigned(rhs.isUnsignedInteger()) {}

  /// Whether sums start from `startOf` and not from 0.
  bool hasStart() const {
    return depth == 4 && isLeftUnsigned == isRightUnsigned;
  }
  /// Whether the left operand's own bytes are the words of `add`.
  bool areWordsInMemory() const { return depth == 4 && !hasStart(); }
  /// The bits that a left operand has in memory.
  int64_t leftBits() const { return depth == 4 ? 8 : 16; }
  /// Bytes of the left operand as they lie in memory.
  mlir::Value prepareLeft(mlir::OpBuilder &builder, mlir::Location loc,
                          mlir::Value bytes) const;
  /// Adds to `sum` the products of `word`, `depth` left operands that all lanes
  /// share, and `bytes`, `depth` right operands a lane.
  mlir::Value add(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value sum,
                  mlir::Value word, mlir::Value bytes) const;
  /// What a left operand of nothing but turned bits adds up to.
  mlir::Value startWord(mlir::OpBuilder &builder, mlir::Location loc) const;

private:
  int64_t depth = 1;
  bool isLeftUnsigned = false, isRightUnsigned = false;
};

/// The elements of `rows`, one, two or four vectors, in turn.
mlir::Value interleaveRows(mlir::OpBuilder &builder, mlir::Location loc,
                           llvm::ArrayRef<mlir::Value> rows);

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_BYTEPRODUCTS_H
