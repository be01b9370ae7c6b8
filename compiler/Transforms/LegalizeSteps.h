//===- LegalizeSteps.h - Building the steps of a composite op ---*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_LEGALIZESTEPS_H
#define TACTUS_COMPILER_TRANSFORMS_LEGALIZESTEPS_H

#include "compiler/Transforms/Legalization.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/IR/PatternMatch.h"

namespace tactus::legalize {

/// Where the lines of a `piecewise_linear` lie.
struct Lines {
  double low, step, belowSlope, aboveSlope;
};

/// Builds the steps of one composite op in the type they are computed in.
class Steps {
public:
  Steps(mlir::PatternRewriter &rewriter, mlir::Operation *op)
      : Steps(rewriter, op, op->getLoc()) {}
  /// Those that belong to another op by their location.
  Steps(mlir::PatternRewriter &rewriter, mlir::Operation *op,
        mlir::Location loc)
      : rewriter(rewriter), loc(loc),
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

  mlir::Type computedType() const { return computed; }

  template <typename Op>
  mlir::Value reduce(mlir::Value input, llvm::ArrayRef<int64_t> axes,
                     bool keepdims = true) {
    return Op::create(rewriter, loc, input, rewriter.getDenseI64ArrayAttr(axes),
                      rewriter.getBoolAttr(keepdims));
  }
  mlir::Value sum(mlir::Value input, llvm::ArrayRef<int64_t> axes,
                  bool keepdims = true) {
    return ir::SumOp::create(rewriter, loc, input,
                             rewriter.getDenseI64ArrayAttr(axes),
                             rewriter.getBoolAttr(keepdims), mlir::TypeAttr(),
                             rewriter.getBoolAttr(false));
  }
  /// One rounded addition after the other, along one axis.
  mlir::Value sequentialSum(mlir::Value input, int64_t axis, bool keepdims) {
    return ir::SumOp::create(rewriter, loc, input,
                             rewriter.getDenseI64ArrayAttr(axis),
                             rewriter.getBoolAttr(keepdims), mlir::TypeAttr(),
                             rewriter.getBoolAttr(true));
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
  mlir::Value transpose(mlir::Value input, llvm::ArrayRef<int64_t> order) {
    return ir::TransposeOp::create(rewriter, loc, input,
                                   rewriter.getDenseI64ArrayAttr(order));
  }
  /// Between two bounds; NaN stays.
  mlir::Value clip(mlir::Value input, double low, double high) {
    return ir::ClampOp::create(rewriter, loc, input, constant(low),
                               constant(high));
  }
  mlir::Value piecewiseLinear(mlir::Value input, llvm::ArrayRef<float> values,
                              llvm::ArrayRef<float> slopes,
                              const Lines &lines) {
    return ir::PiecewiseLinearOp::create(
        rewriter, loc, input, table(values), table(slopes),
        rewriter.getF64FloatAttr(lines.low),
        rewriter.getF64FloatAttr(lines.step),
        rewriter.getF64FloatAttr(lines.belowSlope),
        rewriter.getF64FloatAttr(lines.aboveSlope));
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
  mlir::Value table(llvm::ArrayRef<float> elements) {
    auto type = mlir::RankedTensorType::get({int64_t(elements.size())},
                                            rewriter.getF32Type());
    return ir::ConstantOp::create(
        rewriter, loc, type,
        mlir::cast<mlir::ElementsAttr>(
            mlir::DenseElementsAttr::get(type, elements)));
  }

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

/// Whether `Steps` of this op are in f32, and all sizes are known.
inline bool computesInF32(mlir::Operation *op) {
  auto type =
      mlir::dyn_cast<mlir::RankedTensorType>(op->getResult(0).getType());
  auto isKnown = [](mlir::Type type) {
    auto shaped = mlir::dyn_cast<mlir::RankedTensorType>(type);
    return shaped && shaped.hasStaticShape();
  };
  return type && mlir::isa<mlir::FloatType>(type.getElementType()) &&
         !type.getElementType().isF64() && isKnown(type) &&
         llvm::all_of(op->getOperandTypes(), isKnown);
}

/// An op that becomes several steps in f32.
template <typename Op> struct ExpandInF32 : mlir::OpRewritePattern<Op> {
  using mlir::OpRewritePattern<Op>::OpRewritePattern;

  mlir::LogicalResult
  matchAndRewrite(Op op, mlir::PatternRewriter &rewriter) const final {
    if (!computesInF32(op))
      return rewriter.notifyMatchFailure(op, "it is not computed in f32");

    Steps steps(rewriter, op);
    rewriter.replaceOp(op, steps.narrow(expand(op, steps)));
    return mlir::success();
  }

  virtual mlir::Value expand(Op op, Steps &steps) const = 0;
};

} // namespace tactus::legalize

#endif // TACTUS_COMPILER_TRANSFORMS_LEGALIZESTEPS_H
