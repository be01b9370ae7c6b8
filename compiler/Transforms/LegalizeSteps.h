//===- LegalizeSteps.h - Building the steps of a composite op ---*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_LEGALIZESTEPS_H
#define TACTUS_COMPILER_TRANSFORMS_LEGALIZESTEPS_H

#include "compiler/Transforms/Legalization.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/IR/PatternMatch.h"

namespace tactus::legalize {

/// Builds the steps of one composite op in the type they are computed in.
class Steps {
public:
  Steps(mlir::PatternRewriter &rewriter, mlir::Operation *op)
      : rewriter(rewriter), loc(op->getLoc()),
        result(mlir::cast<mlir::RankedTensorType>(op->getResult(0).getType())),
        computed(result.getElementType()) {
    if (computed.isF16() || computed.isBF16())
      computed = rewriter.getF32Type();
  }

  /// As the type that is computed in.
  mlir::Value widen(mlir::Value value) { return castTo(value, computed); }
  mlir::Value narrow(mlir::Value value) {
    return castTo(value, result.getElementType());
  }

  template <typename Op>
  mlir::Value reduce(mlir::Value input, llvm::ArrayRef<int64_t> axes) {
    return Op::create(rewriter, loc, input, rewriter.getDenseI64ArrayAttr(axes),
                      rewriter.getBoolAttr(true));
  }
  mlir::Value sum(mlir::Value input, llvm::ArrayRef<int64_t> axes) {
    return ir::SumOp::create(rewriter, loc, input,
                             rewriter.getDenseI64ArrayAttr(axes),
                             rewriter.getBoolAttr(true), mlir::TypeAttr());
  }
  template <typename Op> mlir::Value binary(mlir::Value lhs, mlir::Value rhs) {
    return Op::create(rewriter, loc, lhs, rhs);
  }
  template <typename Op> mlir::Value unary(mlir::Value input) {
    return Op::create(rewriter, loc, input);
  }
  mlir::Value constant(double value) {
    return constantOf(rewriter.getFloatAttr(computed, value));
  }
  mlir::Value constantOf(mlir::TypedAttr value) {
    auto type = mlir::RankedTensorType::get({}, value.getType());
    return ir::ConstantOp::create(
        rewriter, loc, type,
        mlir::cast<mlir::ElementsAttr>(
            mlir::DenseElementsAttr::get(type, mlir::Attribute(value))));
  }
  mlir::Value select(mlir::Value condition, mlir::Value onTrue,
                     mlir::Value onFalse) {
    return ir::SelectOp::create(rewriter, loc, condition, onTrue, onFalse);
  }
  mlir::Value iota(mlir::RankedTensorType type, int64_t axis) {
    return ir::IotaOp::create(rewriter, loc, mlir::TypeAttr::get(type),
                              rewriter.getI64IntegerAttr(axis));
  }
  /// Element `index` of a vector, as a vector of one.
  mlir::Value element(mlir::Value vector, int64_t index) {
    return ir::SliceOp::create(
        rewriter, loc, vector, rewriter.getDenseI64ArrayAttr(index),
        rewriter.getDenseI64ArrayAttr(index + 1), mlir::DenseI64ArrayAttr(),
        mlir::DenseI64ArrayAttr());
  }
  /// Zeros of the shape of `index`; an index that is none of a dimension of
  /// `size` fails the run in the name of the op `name`.
  mlir::Value checkIndex(mlir::Value index, int64_t size,
                         llvm::StringRef name) {
    auto type = mlir::RankedTensorType::get({size}, rewriter.getI64Type());
    mlir::Value zeros = ir::ConstantOp::create(
        rewriter, loc, type,
        mlir::DenseElementsAttr::get(
            type, mlir::Attribute(rewriter.getI64IntegerAttr(0))));
    auto gather = ir::GatherOp::create(rewriter, loc, zeros, index,
                                       rewriter.getI64IntegerAttr(0));
    gather->setAttr(checkedOpAttribute, rewriter.getStringAttr(name));
    return gather;
  }
  mlir::Value isFinite(mlir::Value input) {
    return ir::IsFiniteOp::create(rewriter, loc, input);
  }
  mlir::Value compare(ir::Predicate predicate, mlir::Value lhs,
                      mlir::Value rhs) {
    return ir::CompareOp::create(rewriter, loc, lhs, rhs, predicate);
  }
  mlir::Value reshape(mlir::Value input, llvm::ArrayRef<int64_t> shape) {
    return ir::ReshapeOp::create(rewriter, loc, input,
                                 rewriter.getDenseI64ArrayAttr(shape));
  }
  mlir::Value castTo(mlir::Value value, mlir::Type elementType) {
    if (mlir::getElementTypeOrSelf(value.getType()) == elementType)
      return value;
    return ir::CastOp::create(rewriter, loc, value,
                              mlir::TypeAttr::get(elementType));
  }

private:
  mlir::PatternRewriter &rewriter;
  mlir::Location loc;
  mlir::RankedTensorType result;
  mlir::Type computed;
};

/// The first `size` elements of a range, as arithmetic on iota; floats in f64.
mlir::Value expandRange(mlir::PatternRewriter &rewriter, ir::RangeOp op,
                        int64_t size);

/// The largest of no elements is an error, but such a row has no result either.
inline bool hasNoElements(mlir::TypedValue<mlir::RankedTensorType> value) {
  return llvm::is_contained(value.getType().getShape(), 0);
}

} // namespace tactus::legalize

#endif // TACTUS_COMPILER_TRANSFORMS_LEGALIZESTEPS_H
