//===- LegalizeNorms.cpp - Norms as reductions and arithmetic -------------===//
#include "compiler/Transforms/Legalization.h"
#include "compiler/Transforms/LegalizeSteps.h"
#include "dialects/Tactus/ShapeInference.h"

using namespace mlir;

namespace tactus {
namespace {

using legalize::Steps;

/// A reduction that becomes several steps, each of which keeps the reduced
/// dimensions; what the op does not keep goes last.
template <typename Op> struct ExpandNorm : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op, PatternRewriter &rewriter) const final {
    Steps steps(rewriter, op);
    SmallVector<int64_t> axes = *ir::normalizeAxes(
        std::nullopt, op.getAxes(), op.getInput().getType().getRank());
    Value result =
        steps.narrow(expand(op, steps, steps.widen(op.getInput()), axes));
    if (!op.getKeepdims())
      result = steps.reshape(result, op.getResult().getType().getShape());
    rewriter.replaceOp(op, result);
    return success();
  }

  virtual Value expand(Op op, Steps &steps, Value x,
                       ArrayRef<int64_t> axes) const = 0;
};

/// Without elements there is no largest one, but any number serves.
Value largestOf(Steps &steps, TypedValue<RankedTensorType> input, Value x,
                ArrayRef<int64_t> axes) {
  if (legalize::hasNoElements(input))
    return steps.constant(0);
  return steps.reduce<ir::MaxOp>(x, axes);
}

/// log_sum_exp(x) -> m + log(sum(exp(x - m))), m = max(x), or 0 where that is
/// not finite
struct ExpandLogSumExp final : ExpandNorm<ir::LogSumExpOp> {
  using ExpandNorm::ExpandNorm;

  Value expand(ir::LogSumExpOp op, Steps &steps, Value x,
               ArrayRef<int64_t> axes) const override {
    Value largest = largestOf(steps, op.getInput(), x, axes);
    Value m = steps.select(steps.isFinite(largest), largest, steps.constant(0));
    Value e = steps.unary<ir::ExpOp>(steps.binary<ir::SubOp>(x, m));
    Value sum = steps.sum(e, axes);
    return steps.binary<ir::AddOp>(m, steps.unary<ir::LogOp>(sum));
  }
};

/// l1_norm(x) -> sum(abs(x))
struct ExpandL1Norm final : ExpandNorm<ir::L1NormOp> {
  using ExpandNorm::ExpandNorm;

  Value expand(ir::L1NormOp, Steps &steps, Value x,
               ArrayRef<int64_t> axes) const override {
    return steps.sum(steps.unary<ir::AbsOp>(x), axes);
  }
};

/// l2_norm(x) -> m * sqrt(sum(d * d)), d = x / m, m = max(abs(x)), or 1 where
/// that is 0 or not finite
struct ExpandL2Norm final : ExpandNorm<ir::L2NormOp> {
  using ExpandNorm::ExpandNorm;

  Value expand(ir::L2NormOp op, Steps &steps, Value x,
               ArrayRef<int64_t> axes) const override {
    Value size = steps.unary<ir::AbsOp>(x);
    Value largest = largestOf(steps, op.getInput(), size, axes);
    Value one = steps.constant(1), zero = steps.constant(0);
    Value m = steps.select(steps.isFinite(largest), largest, one);
    m = steps.select(steps.compare(ir::Predicate::greater, m, zero), m, one);
    Value d = steps.binary<ir::DivOp>(x, m);
    Value sum = steps.sum(steps.binary<ir::MulOp>(d, d), axes);
    return steps.binary<ir::MulOp>(m, steps.unary<ir::SqrtOp>(sum));
  }
};

/// variance(x) -> sum(d * d) / (n - correction), d = x - mean(x)
struct ExpandVariance final : ExpandNorm<ir::VarianceOp> {
  using ExpandNorm::ExpandNorm;

  Value expand(ir::VarianceOp op, Steps &steps, Value x,
               ArrayRef<int64_t> axes) const override {
    int64_t count = 1;
    for (int64_t axis : axes)
      count *= op.getInput().getType().getDimSize(axis);
    Value d = steps.binary<ir::SubOp>(x, steps.reduce<ir::MeanOp>(x, axes));
    Value squares = steps.sum(steps.binary<ir::MulOp>(d, d), axes);
    // 0 / 0 where there are too few elements.
    int64_t divisor = std::max<int64_t>(count - op.getCorrection(), 0);
    return steps.binary<ir::DivOp>(squares, steps.constant(double(divisor)));
  }
};

} // namespace

void populateNormLegalization(RewritePatternSet &patterns) {
  patterns.add<ExpandLogSumExp, ExpandL1Norm, ExpandL2Norm, ExpandVariance>(
      patterns.getContext());
}

} // namespace tactus
