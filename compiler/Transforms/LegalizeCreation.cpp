//===- LegalizeCreation.cpp - Tensors from nothing ------------------------===//
#include "compiler/Transforms/Legalization.h"
#include "compiler/Transforms/LegalizeSteps.h"
#include "dialects/Tactus/ShapeInference.h"

using namespace mlir;

namespace tactus {
namespace {

using legalize::hasNoElements;
using legalize::Steps;

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

/// eye(k) -> cast(iota(1) - iota(0) == k)
struct ExpandEye final : OpRewritePattern<ir::EyeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ir::EyeOp op,
                                PatternRewriter &rewriter) const override {
    Steps steps(rewriter, op);
    RankedTensorType type = op.getResult().getType();
    auto indices =
        RankedTensorType::get(type.getShape(), rewriter.getI64Type());
    Value distance =
        steps.binary<ir::SubOp>(steps.iota(indices, 1), steps.iota(indices, 0));
    Value isOn =
        steps.compare(ir::Predicate::equal, distance,
                      steps.constantOf(rewriter.getI64IntegerAttr(op.getK())));
    rewriter.replaceOp(op, steps.narrow(isOn));
    return success();
  }
};

/// linspace(start, stop) -> cast(select(i == n - 1, stop, start + i * step)),
/// i = iota in f64
struct ExpandLinspace final : OpRewritePattern<ir::LinspaceOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ir::LinspaceOp op,
                                PatternRewriter &rewriter) const override {
    Steps steps(rewriter, op);
    int64_t count = op.getResult().getType().getNumElements();
    double start = op.getStart().convertToDouble();
    double stop = op.getStop().convertToDouble();
    auto constant = [&](double value) {
      return steps.constantOf(rewriter.getF64FloatAttr(value));
    };
    Value i = steps.iota(RankedTensorType::get({count}, rewriter.getF64Type()),
                         /*axis=*/0);
    double step = count > 1 ? (stop - start) / double(count - 1) : 0;
    Value result = steps.binary<ir::AddOp>(
        constant(start), steps.binary<ir::MulOp>(i, constant(step)));
    if (count > 1)
      result = steps.select(
          steps.compare(ir::Predicate::equal, i, constant(double(count - 1))),
          constant(stop), result);
    rewriter.replaceOp(op, steps.narrow(result));
    return success();
  }
};

/// one_hot(i, values) -> select(place == iota, values[1], values[0]), place =
/// (i or i + depth) + gather(zeros, i), which checks the index
struct ExpandOneHot final : OpRewritePattern<ir::OneHotOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ir::OneHotOp op,
                                PatternRewriter &rewriter) const override {
    Steps steps(rewriter, op);
    RankedTensorType indices = op.getIndices().getType();
    int64_t axis =
        *ir::normalizeAxis(std::nullopt, op.getAxis(), indices.getRank() + 1);
    SmallVector<int64_t> shape(indices.getShape());
    shape.insert(shape.begin() + axis, 1);
    SmallVector<int64_t> counted(indices.getRank() - axis + 1, 1);
    counted.front() = int64_t(op.getDepth());

    Type i64 = rewriter.getI64Type();
    auto constant = [&](int64_t value) {
      return steps.constantOf(rewriter.getI64IntegerAttr(value));
    };
    Value index = steps.castTo(steps.reshape(op.getIndices(), shape), i64);
    Value place = steps.select(
        steps.compare(ir::Predicate::less, index, constant(0)),
        steps.binary<ir::AddOp>(index, constant(op.getDepth())), index);
    if (!hasNoElements(op.getResult()))
      place = steps.binary<ir::AddOp>(
          place,
          steps.checkIndex(index, op.getDepth(), op->getName().stripDialect()));
    Value number = steps.iota(RankedTensorType::get(counted, i64), /*axis=*/0);
    Value isOn = steps.compare(ir::Predicate::equal, place, number);
    rewriter.replaceOp(op, steps.select(isOn, steps.element(op.getValues(), 1),
                                        steps.element(op.getValues(), 0)));
    return success();
  }
};

/// range(start, delta) -> start + iota * delta
struct ExpandRange final : OpRewritePattern<ir::RangeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ir::RangeOp op,
                                PatternRewriter &rewriter) const override {
    RankedTensorType type = op.getResult().getType();
    if (!type.hasStaticShape())
      return rewriter.notifyMatchFailure(op, "its size is not known");

    rewriter.replaceOp(op,
                       legalize::expandRange(rewriter, op, type.getDimSize(0)));
    return success();
  }
};

} // namespace

Value legalize::expandRange(PatternRewriter &rewriter, ir::RangeOp op,
                            int64_t size) {
  Steps steps(rewriter, op);
  Type computed = op.getResult().getType().getElementType();
  if (isa<FloatType>(computed))
    computed = rewriter.getF64Type();
  Value i = steps.iota(RankedTensorType::get({size}, computed), /*axis=*/0);
  Value distance =
      steps.binary<ir::MulOp>(i, steps.castTo(op.getDelta(), computed));
  Value start = steps.castTo(op.getStart(), computed);
  return steps.narrow(steps.binary<ir::AddOp>(start, distance));
}

void populateCreationLegalization(RewritePatternSet &patterns) {
  patterns.add<FillToConstant, ExpandEye, ExpandLinspace, ExpandOneHot,
               ExpandRange>(patterns.getContext());
}

} // namespace tactus
