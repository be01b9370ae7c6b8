//===- LegalizeQuantization.cpp - Scales that follow from the data --------===//
#include "compiler/Transforms/Legalization.h"
#include "compiler/Transforms/LegalizeSteps.h"
#include "dialects/Tactus/ShapeInference.h"

using namespace mlir;

namespace tactus {
namespace {

using legalize::Steps;

/// dynamic_quantize(x) -> quantize(x, s, z), s = (max - min) / (high - low) or
/// 1, z = low - min / s, max and min those of x and 0
struct ExpandDynamicQuantize final : OpRewritePattern<ir::DynamicQuantizeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ir::DynamicQuantizeOp op,
                                PatternRewriter &rewriter) const override {
    Steps steps(rewriter, op);
    Value x = op.getInput();
    bool isUnsigned = op.getTo().isUnsignedInteger();
    auto number = [&](float value) {
      return steps.constantOf(rewriter.getF32FloatAttr(value));
    };
    Value zero = number(0), one = number(1);
    Value low = number(isUnsigned ? 0 : -128),
          high = number(isUnsigned ? 255 : 127);
    auto axes = *ir::normalizeAxes(std::nullopt, op.getAxes(),
                                   op.getInput().getType().getRank());
    // Where there are no elements, 0 alone has to fit.
    bool isEmpty = legalize::hasNoElements(op.getInput());
    Value most = isEmpty ? zero
                         : steps.binary<ir::MaximumOp>(
                               steps.reduce<ir::MaxOp>(x, axes), zero);
    Value least = isEmpty ? zero
                          : steps.binary<ir::MinimumOp>(
                                steps.reduce<ir::MinOp>(x, axes), zero);
    Value width = steps.binary<ir::SubOp>(most, least);
    Value step = steps.binary<ir::DivOp>(width, number(255));
    Value scale = steps.select(steps.compare(ir::Predicate::equal, step, zero),
                               one, step);
    Value place =
        steps.binary<ir::SubOp>(low, steps.binary<ir::DivOp>(least, scale));
    place = ir::ClampOp::create(rewriter, op.getLoc(),
                                steps.unary<ir::RoundOp>(place), low, high);
    Value zeroPoint = steps.castTo(place, rewriter.getI32Type());
    Value result = ir::QuantizeOp::create(rewriter, op.getLoc(), x, scale,
                                          zeroPoint, op.getToAttr());
    auto shaped = [&](Value value, Value result) -> Value {
      auto type = cast<RankedTensorType>(result.getType());
      if (value.getType() == type)
        return value;
      if (cast<RankedTensorType>(value.getType()).getNumElements() ==
          type.getNumElements())
        return steps.reshape(value, type.getShape());
      return ir::BroadcastOp::create(
          rewriter, op.getLoc(), value,
          rewriter.getDenseI64ArrayAttr(type.getShape()));
    };
    rewriter.replaceOp(op, {result, shaped(scale, op.getScale()),
                            shaped(zeroPoint, op.getZeroPoint())});
    return success();
  }
};

} // namespace

void populateQuantizationLegalization(RewritePatternSet &patterns) {
  patterns.add<ExpandDynamicQuantize>(patterns.getContext());
}

} // namespace tactus
