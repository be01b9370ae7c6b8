//===- AttentionPartBuilder.h - One step of attention -----------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_ATTENTIONPARTBUILDER_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_ATTENTIONPARTBUILDER_H

#include "compiler/Conversion/Kernels/AttentionParts.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"

namespace tactus {

/// Whether `value` is computed from `source`, where paths end at `stop`.
bool dependsOn(mlir::Value value, mlir::Value source, mlir::Value stop);

/// Builds the kernel of one step.
class PartBuilder {
public:
  /// `parts` are those that this one may take the results of.
  PartBuilder(AttentionOps ops, int64_t rows,
              mlir::ArrayRef<AttentionPart> parts);

  /// The result of part `number`, as an argument.
  mlir::Value take(unsigned number);
  /// Lets `part` be the block's share of `value`.
  void give(mlir::Value value, mlir::Value part);
  /// The block's share of `value`, which lies in the space of rows.
  mlir::FailureOr<mlir::Value> cut(mlir::Value value);
  /// The block's share of an operand of a product: of its rows, or of its
  /// batch.
  mlir::FailureOr<mlir::Value> cutLeft(mlir::Value lhs);
  mlir::FailureOr<mlir::Value> cutRight(mlir::Value rhs);

  mlir::OpBuilder &code() { return builder; }
  AttentionPart finish(mlir::OpBuilder &outside, const llvm::Twine &name,
                       mlir::Value result);

private:
  mlir::FailureOr<mlir::Value> whole(mlir::Value value);
  mlir::FailureOr<mlir::Value> firstOf(mlir::Value value, const IndexMap &map,
                                       bool hasRows);
  mlir::LogicalResult note(mlir::Value value, const IndexMap &map);
  bool isGiven(mlir::Value value) const;

  int64_t rank, m, rows;
  mlir::ArrayRef<AttentionPart> parts;
  std::unique_ptr<mlir::Block> block;
  mlir::OpBuilder builder;
  mlir::IRMapping copies;
  llvm::MapVector<mlir::Value, mlir::Value> cuts;
  mlir::SmallVector<mlir::Value> given;
  mlir::SmallVector<AttentionPart::Operand> operands;
};

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_ATTENTIONPARTBUILDER_H
