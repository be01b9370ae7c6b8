//===- LegalizeForCpu.cpp - A machine's arithmetic on a CPU ---------------===//
//
// Ops and attributes that say how a systolic machine computes, as what the CPU
// has: with its own order of sums, and gathers for tables.
//
//===----------------------------------------------------------------------===//
#include "compiler/Transforms/Legalization.h"
#include "compiler/Transforms/LegalizeSteps.h"

using namespace mlir;

namespace tactus {
namespace {

using legalize::Steps;

/// matmul(a, b) init c -> matmul(a, b) + c, without block; sums of narrow
/// floats in f32
struct SplitInit final : OpRewritePattern<ir::MatmulOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ir::MatmulOp op,
                                PatternRewriter &rewriter) const override {
    if (!op.getInit() && !op.getBlock())
      return rewriter.notifyMatchFailure(op, "it sums as the CPU does");

    Steps steps(rewriter, op);
    Type element = op.getType().getElementType();
    Type sums = op.getInit() ? steps.computedType() : element;
    Value result =
        ir::MatmulOp::create(rewriter, op.getLoc(), op.getLhs(), op.getRhs(),
                             Value(), TypeAttr::get(sums), IntegerAttr());
    if (op.getInit())
      result = steps.narrow(
          steps.binary<ir::AddOp>(result, steps.widen(op.getInit())));
    rewriter.replaceOp(op, result);
    return success();
  }
};

/// matmul(a, b) of few columns -> transpose(matmul(transpose(b),
/// transpose(a))): a vector is then of rows, where it would be of columns that
/// are not there.
struct TurnNarrow final : OpRewritePattern<ir::MatmulOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ir::MatmulOp op,
                                PatternRewriter &rewriter) const override {
    constexpr int64_t mostColumns = 4, leastDepth = 64;
    RankedTensorType left = op.getLhs().getType(),
                     right = op.getRhs().getType();
    if (left.getRank() != 2 || right.getRank() != 2 || !left.hasStaticShape() ||
        !right.hasStaticShape() || op.getInit() || op.getBlock() ||
        !isa<FloatType>(left.getElementType()))
      return rewriter.notifyMatchFailure(op, "it is no product of matrices");
    // However many rows there are, so that their number changes no bit; but no
    // product that this pattern made, whose columns may be few as well.
    bool isTurned =
        op->hasOneUse() && isa<ir::TransposeOp>(*op->getUsers().begin());
    if (isTurned && left.getDimSize(0) <= mostColumns)
      return rewriter.notifyMatchFailure(op, "it is turned already");
    if (right.getDimSize(1) > mostColumns || left.getDimSize(1) < leastDepth)
      return rewriter.notifyMatchFailure(op, "it is not narrow");
    auto turn = [&](Value value) -> Value {
      return ir::TransposeOp::create(rewriter, op.getLoc(), value,
                                     ArrayRef<int64_t>{1, 0});
    };
    Value product = ir::MatmulOp::create(
        rewriter, op.getLoc(), turn(op.getRhs()), turn(op.getLhs()), Value(),
        TypeAttr::get(op.getType().getElementType()), IntegerAttr());
    rewriter.replaceOp(op, turn(product));
    return success();
  }
};

/// piecewise_linear(x) -> values[i] + slopes[i] * (x - knot), i = (x - low) /
/// step, or one of the lines beyond
struct GatherLines final : OpRewritePattern<ir::PiecewiseLinearOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ir::PiecewiseLinearOp op,
                                PatternRewriter &rewriter) const override {
    auto slopesType = cast<RankedTensorType>(op.getSlopes().getType());
    if (!slopesType.hasStaticShape())
      return rewriter.notifyMatchFailure(op, "its sizes are not known");

    Steps steps(rewriter, op);
    int64_t count = slopesType.getDimSize(0);
    // In f32, as the op says.
    float lowest = float(op.getLow().convertToDouble());
    float width = float(op.getStep().convertToDouble());
    float highest = lowest + float(count) * width;
    Value x = op.getInput(), low = steps.constant(lowest),
          step = steps.constant(width), high = steps.constant(highest);
    Value fromLow = steps.binary<ir::SubOp>(x, low);
    Value place = steps.binary<ir::DivOp>(fromLow, step);
    // A cast of NaN is 0.
    Value bounded =
        ir::ClampOp::create(rewriter, op.getLoc(), place, steps.constant(0),
                            steps.constant(double(count - 1)));
    Value i = steps.castTo(bounded, rewriter.getI32Type());
    auto look = [&](Value table) -> Value {
      return ir::GatherOp::create(rewriter, op.getLoc(), table, i,
                                  rewriter.getI64IntegerAttr(0));
    };
    Value knot = steps.binary<ir::AddOp>(
        low,
        steps.binary<ir::MulOp>(steps.castTo(i, rewriter.getF32Type()), step));
    Value line = steps.binary<ir::AddOp>(
        look(op.getValues()),
        steps.binary<ir::MulOp>(look(op.getSlopes()),
                                steps.binary<ir::SubOp>(x, knot)));
    auto beyond = [&](int64_t index, double slope, Value distance) {
      Value value = steps.reshape(steps.element(op.getValues(), index), {});
      if (float(slope) == 0)
        return value;
      return steps.binary<ir::AddOp>(
          value, steps.binary<ir::MulOp>(steps.constant(slope), distance));
    };
    Value below = beyond(0, op.getBelowSlope().convertToDouble(), fromLow);
    Value above = beyond(count, op.getAboveSlope().convertToDouble(),
                         steps.binary<ir::SubOp>(x, high));
    rewriter.replaceOp(
        op,
        steps.select(
            steps.compare(ir::Predicate::less, x, low), below,
            steps.select(steps.compare(ir::Predicate::greater_equal, x, high),
                         above, line)));
    return success();
  }
};

} // namespace

void populateCpuLegalization(RewritePatternSet &patterns) {
  patterns.add<SplitInit, TurnNarrow, GatherLines>(patterns.getContext());
}

} // namespace tactus
