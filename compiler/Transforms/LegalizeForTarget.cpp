//===- LegalizeForTarget.cpp - Composite ops as simpler ones --------------===//
#include "compiler/Transforms/Legalization.h"
#include "compiler/Transforms/LegalizeSteps.h"
#include "compiler/Transforms/Passes.h"
#include "dialects/Systolic/ModuleMachine.h"
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

using legalize::hasNoElements;
using legalize::Steps;

/// The axis counted from the front; verified ops have one.
int64_t frontAxis(int64_t axis, Value input) {
  int64_t rank = cast<RankedTensorType>(input.getType()).getRank();
  return axis < 0 ? axis + rank : axis;
}

/// softmax(x) -> e / sum(e), e = exp(x - max(x)); e * (1 / sum(e)) for a CPU,
/// on which a division takes as long as ten products
struct ExpandSoftmax final : OpRewritePattern<ir::SoftmaxOp> {
  ExpandSoftmax(MLIRContext *context, bool divides)
      : OpRewritePattern(context), divides(divides) {}

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
    Value sum = steps.sum(e, axis);
    // The sum is at least 1, so its reciprocal is an ordinary number.
    Value result =
        divides
            ? steps.binary<ir::DivOp>(e, sum)
            : steps.binary<ir::MulOp>(e, steps.unary<ir::ReciprocalOp>(sum));
    rewriter.replaceOp(op, steps.narrow(result));
    return success();
  }

private:
  bool divides;
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

/// layer_norm(x) -> d / sqrt(mean(d * d) + epsilon) * scale + bias; on a CPU d
/// * (1 / sqrt(...)), for the same reason; d = x - mean(x)
struct ExpandLayerNorm final : OpRewritePattern<ir::LayerNormOp> {
  ExpandLayerNorm(MLIRContext *context, bool divides)
      : OpRewritePattern(context), divides(divides) {}

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
    Value deviation = steps.unary<ir::SqrtOp>(shifted);
    Value result = divides ? steps.binary<ir::DivOp>(d, deviation)
                           : steps.binary<ir::MulOp>(
                                 d, steps.unary<ir::ReciprocalOp>(deviation));
    if (op.getScale())
      result = steps.binary<ir::MulOp>(result, steps.widen(op.getScale()));
    if (op.getBias())
      result = steps.binary<ir::AddOp>(result, steps.widen(op.getBias()));
    rewriter.replaceOp(op, steps.narrow(result));
    return success();
  }

private:
  bool divides;
};

struct LegalizeForTargetPass final
    : tactus::impl::LegalizeForTargetPassBase<LegalizeForTargetPass> {
  void runOnOperation() override {
    // None for a CPU.
    std::optional<systolic::Machine> machine =
        systolic::findMachine(getOperation());
    if (machine && failed(checkContractions(getOperation(), *machine)))
      return signalPassFailure();
    RewritePatternSet patterns(&getContext());
    patterns.add<ExpandSoftmax, ExpandLayerNorm>(&getContext(),
                                                 machine.has_value());
    patterns.add<ExpandLogSoftmax>(&getContext());
    populateShapeLegalization(patterns);
    populateNormLegalization(patterns);
    populateCreationLegalization(patterns);
    populateQuantizationLegalization(patterns);
    if (machine) {
      populateContractionLegalization(patterns, *machine);
      populateVectorUnitLegalization(patterns);
      populateRowLegalization(patterns);
    } else {
      populateCpuLegalization(patterns);
    }
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
} // namespace tactus
