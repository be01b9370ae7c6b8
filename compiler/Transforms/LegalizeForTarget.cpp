//===- LegalizeForTarget.cpp - Composite ops as simpler ones --------------===//
#include "compiler/Transforms/Legalization.h"
#include "compiler/Transforms/Passes.h"
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace tactus {
#define GEN_PASS_DEF_LEGALIZEFORTARGETPASS
#include "compiler/Transforms/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

/// Builds the steps of one composite op in the type they are computed in.
class Steps {
public:
  Steps(PatternRewriter &rewriter, Operation *op)
      : rewriter(rewriter), loc(op->getLoc()),
        result(cast<RankedTensorType>(op->getResult(0).getType())),
        computed(result.getElementType()) {
    if (computed.isF16() || computed.isBF16())
      computed = rewriter.getF32Type();
  }

  /// As the type that is computed in.
  Value widen(Value value) { return castTo(value, computed); }
  Value narrow(Value value) { return castTo(value, result.getElementType()); }

  template <typename Op> Value reduce(Value input, ArrayRef<int64_t> axes) {
    return Op::create(rewriter, loc, input, rewriter.getDenseI64ArrayAttr(axes),
                      rewriter.getBoolAttr(true));
  }
  Value sum(Value input, ArrayRef<int64_t> axes) {
    return ir::SumOp::create(rewriter, loc, input,
                             rewriter.getDenseI64ArrayAttr(axes),
                             rewriter.getBoolAttr(true), TypeAttr());
  }
  template <typename Op> Value binary(Value lhs, Value rhs) {
    return Op::create(rewriter, loc, lhs, rhs);
  }
  template <typename Op> Value unary(Value input) {
    return Op::create(rewriter, loc, input);
  }
  Value constant(double value) {
    auto type = RankedTensorType::get({}, computed);
    auto attribute = rewriter.getFloatAttr(computed, value);
    return ir::ConstantOp::create(
        rewriter, loc, type,
        cast<ElementsAttr>(DenseElementsAttr::get(type, Attribute(attribute))));
  }

private:
  Value castTo(Value value, Type elementType) {
    if (getElementTypeOrSelf(value.getType()) == elementType)
      return value;
    return ir::CastOp::create(rewriter, loc, value, TypeAttr::get(elementType));
  }

  PatternRewriter &rewriter;
  Location loc;
  RankedTensorType result;
  Type computed;
};

/// The axis counted from the front; verified ops have one.
int64_t frontAxis(int64_t axis, Value input) {
  int64_t rank = cast<RankedTensorType>(input.getType()).getRank();
  return axis < 0 ? axis + rank : axis;
}

/// The largest of no elements is an error, but such a row has no result either.
static bool hasNoElements(TypedValue<RankedTensorType> value) {
  return llvm::is_contained(value.getType().getShape(), 0);
}

/// softmax(x) -> e / sum(e), e = exp(x - max(x))
struct ExpandSoftmax final : OpRewritePattern<ir::SoftmaxOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ir::SoftmaxOp op,
                                PatternRewriter &rewriter) const override {
    if (hasNoElements(op.getInput())) {
      rewriter.replaceOp(op, op.getInput());
      return success();
    }
    Steps steps(rewriter, op);
    int64_t axis = frontAxis(op.getAxis(), op.getInput());
    Value x = steps.widen(op.getInput());
    Value shifted =
        steps.binary<ir::SubOp>(x, steps.reduce<ir::MaxOp>(x, axis));
    Value e = steps.unary<ir::ExpOp>(shifted);
    rewriter.replaceOp(
        op, steps.narrow(steps.binary<ir::DivOp>(e, steps.sum(e, axis))));
    return success();
  }
};

/// log_softmax(x) -> d - log(sum(exp(d))), d = x - max(x)
struct ExpandLogSoftmax final : OpRewritePattern<ir::LogSoftmaxOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ir::LogSoftmaxOp op,
                                PatternRewriter &rewriter) const override {
    if (hasNoElements(op.getInput())) {
      rewriter.replaceOp(op, op.getInput());
      return success();
    }
    Steps steps(rewriter, op);
    int64_t axis = frontAxis(op.getAxis(), op.getInput());
    Value x = steps.widen(op.getInput());
    Value shifted =
        steps.binary<ir::SubOp>(x, steps.reduce<ir::MaxOp>(x, axis));
    Value sum = steps.sum(steps.unary<ir::ExpOp>(shifted), axis);
    Value result =
        steps.binary<ir::SubOp>(shifted, steps.unary<ir::LogOp>(sum));
    rewriter.replaceOp(op, steps.narrow(result));
    return success();
  }
};

/// layer_norm(x) -> d / sqrt(mean(d * d) + epsilon) * scale + bias, d = x -
/// mean(x)
struct ExpandLayerNorm final : OpRewritePattern<ir::LayerNormOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ir::LayerNormOp op,
                                PatternRewriter &rewriter) const override {
    Steps steps(rewriter, op);
    int64_t rank = op.getInput().getType().getRank();
    SmallVector<int64_t> axes = llvm::to_vector(
        llvm::seq<int64_t>(frontAxis(op.getAxis(), op.getInput()), rank));
    Value x = steps.widen(op.getInput());
    Value d = steps.binary<ir::SubOp>(x, steps.reduce<ir::MeanOp>(x, axes));
    Value variance =
        steps.reduce<ir::MeanOp>(steps.binary<ir::MulOp>(d, d), axes);
    double epsilon = op.getEpsilon().convertToDouble();
    Value shifted = steps.binary<ir::AddOp>(variance, steps.constant(epsilon));
    Value result = steps.binary<ir::DivOp>(d, steps.unary<ir::SqrtOp>(shifted));
    if (op.getScale())
      result = steps.binary<ir::MulOp>(result, steps.widen(op.getScale()));
    if (op.getBias())
      result = steps.binary<ir::AddOp>(result, steps.widen(op.getBias()));
    rewriter.replaceOp(op, steps.narrow(result));
    return success();
  }
};

/// fill -> constant
struct FillToConstant final : OpRewritePattern<ir::FillOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ir::FillOp op,
                                PatternRewriter &rewriter) const override {
    RankedTensorType type = op.getResult().getType();
    Type elementType = type.getElementType();
    double value = op.getValue().convertToDouble();
    Attribute element;
    if (auto floatType = dyn_cast<FloatType>(elementType)) {
      APFloat rounded(value);
      bool loses;
      rounded.convert(floatType.getFloatSemantics(),
                      APFloat::rmNearestTiesToEven, &loses);
      element = rewriter.getFloatAttr(floatType, rounded);
    } else {
      // The verifier has checked that the type holds it.
      APSInt integer(elementType.getIntOrFloatBitWidth(), value >= 0);
      bool isExact;
      APFloat(value).convertToInteger(integer, APFloat::rmTowardZero, &isExact);
      element = rewriter.getIntegerAttr(elementType, APInt(integer));
    }
    rewriter.replaceOpWithNewOp<ir::ConstantOp>(
        op, type, DenseElementsAttr::get(type, element));
    return success();
  }
};

struct LegalizeForTargetPass final
    : tactus::impl::LegalizeForTargetPassBase<LegalizeForTargetPass> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns
        .add<ExpandSoftmax, ExpandLogSoftmax, ExpandLayerNorm, FillToConstant>(
            &getContext());
    populateShapeLegalization(patterns);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
} // namespace tactus
