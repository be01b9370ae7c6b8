//===- LegalizeRows.cpp - Reductions as a vector unit makes them ----------===//
//
// The vector unit of a systolic machine reduces rows, in f32: their sum, one
// element after the other, and their greatest element. All other reductions are
// written as these.
//
//===----------------------------------------------------------------------===//
#include "compiler/Transforms/Legalization.h"
#include "compiler/Transforms/LegalizeSteps.h"
#include "dialects/Tactus/ShapeInference.h"
#include <limits>

using namespace mlir;

namespace tactus {
namespace {

using legalize::ExpandInF32;
using legalize::Steps;

/// How much sooner than the general forms these are tried.
constexpr unsigned sooner = 2;

SmallVector<int64_t> frontAxes(std::optional<ArrayRef<int64_t>> axes,
                               int64_t rank) {
  return *ir::normalizeAxes(std::nullopt, axes, rank);
}

/// Whether the op reduces the last dimension alone, of f32.
template <typename Op> bool reducesRows(Op op) {
  RankedTensorType type = op.getInput().getType();
  SmallVector<int64_t> axes = frontAxes(op.getAxes(), type.getRank());
  return type.getElementType().isF32() && axes.size() == 1 &&
         axes.front() == type.getRank() - 1;
}

/// `x` with the dimensions `axes` at the end, as one.
Value asRows(Steps &steps, Value x, ArrayRef<int64_t> axes) {
  auto type = cast<RankedTensorType>(x.getType());
  SmallVector<int64_t> order, shape;
  for (int64_t d = 0; d < type.getRank(); ++d)
    if (!llvm::is_contained(axes, d)) {
      order.push_back(d);
      shape.push_back(type.getDimSize(d));
    }
  int64_t length = 1;
  for (int64_t axis : axes) {
    order.push_back(axis);
    length *= type.getDimSize(axis);
  }
  shape.push_back(length);
  Value result = llvm::is_sorted(order) ? x : steps.transpose(x, order);
  return axes.size() == 1 ? result : steps.reshape(result, shape);
}

/// sum(x) along axes -> sum(rows of x) along the last; max too
template <typename Op> struct ReduceRows final : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    if (!legalize::computesInF32(op))
      return rewriter.notifyMatchFailure(op, "it is not computed in f32");
    if (reducesRows(op) && isInOrder(op))
      return rewriter.notifyMatchFailure(op, "it reduces rows");

    Steps steps(rewriter, op);
    RankedTensorType type = op.getInput().getType();
    SmallVector<int64_t> axes = frontAxes(op.getAxes(), type.getRank());
    Value x = steps.widen(op.getInput());
    if (!axes.empty()) {
      Value rows = asRows(steps, x, axes);
      int64_t last = cast<RankedTensorType>(rows.getType()).getRank() - 1;
      x = reduce(steps, rows, last, op.getKeepdims());
    }
    if (cast<RankedTensorType>(x.getType()).getShape() !=
        op.getType().getShape())
      x = steps.reshape(x, op.getType().getShape());
    rewriter.replaceOp(op, steps.narrow(x));
    return success();
  }

private:
  static bool isInOrder(ir::SumOp op) { return op.getSequential(); }
  static bool isInOrder(ir::MaxOp) { return true; }

  static Value reduce(Steps &steps, Value rows, int64_t last, bool keepdims) {
    if constexpr (std::is_same_v<Op, ir::SumOp>)
      return steps.sequentialSum(rows, last, keepdims);
    else
      return steps.reduce<Op>(rows, last, keepdims);
  }
};

/// mean(x) -> sum(x) / n
struct ExpandMean final : ExpandInF32<ir::MeanOp> {
  using ExpandInF32::ExpandInF32;

  Value expand(ir::MeanOp op, Steps &steps) const override {
    RankedTensorType type = op.getInput().getType();
    SmallVector<int64_t> axes = frontAxes(op.getAxes(), type.getRank());
    int64_t count = 1;
    for (int64_t axis : axes)
      count *= type.getDimSize(axis);
    Value sum = steps.sum(steps.widen(op.getInput()), axes, op.getKeepdims());
    return steps.binary<ir::DivOp>(sum, steps.constant(double(count)));
  }
};

/// min(x) -> max(x * -1) * -1
struct ExpandMin final : ExpandInF32<ir::MinOp> {
  using ExpandInF32::ExpandInF32;

  Value expand(ir::MinOp op, Steps &steps) const override {
    Value minus = steps.constant(-1);
    Value greatest = steps.reduce<ir::MaxOp>(
        steps.binary<ir::MulOp>(steps.widen(op.getInput()), minus),
        frontAxes(op.getAxes(), op.getInput().getType().getRank()),
        op.getKeepdims());
    return steps.binary<ir::MulOp>(greatest, minus);
  }
};

/// softmax(x) along an axis -> transpose(softmax(transpose(x))) along the last;
/// log_softmax too
template <typename Op> struct SoftmaxRows final : OpRewritePattern<Op> {
  explicit SoftmaxRows(MLIRContext *context)
      : OpRewritePattern<Op>(context, sooner) {}

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    int64_t rank = op.getInput().getType().getRank();
    int64_t axis = *ir::normalizeAxis(std::nullopt, op.getAxis(), rank);
    if (axis == rank - 1 || legalize::hasNoElements(op.getInput()) ||
        !legalize::computesInF32(op))
      return rewriter.notifyMatchFailure(op, "its rows are together");

    Steps steps(rewriter, op);
    auto order = llvm::to_vector(llvm::seq<int64_t>(0, rank));
    std::swap(order[size_t(axis)], order.back());
    Value rows =
        Op::create(rewriter, op.getLoc(), steps.transpose(op.getInput(), order),
                   rewriter.getI64IntegerAttr(-1));
    rewriter.replaceOp(op, steps.transpose(rows, order));
    return success();
  }
};

/// A norm whose steps each keep the reduced dimensions.
template <typename Op> struct ExpandRowNorm : OpRewritePattern<Op> {
  explicit ExpandRowNorm(MLIRContext *context)
      : OpRewritePattern<Op>(context, sooner) {}

  LogicalResult matchAndRewrite(Op op, PatternRewriter &rewriter) const final {
    if (!legalize::computesInF32(op))
      return rewriter.notifyMatchFailure(op, "it is not computed in f32");

    Steps steps(rewriter, op);
    SmallVector<int64_t> axes =
        frontAxes(op.getAxes(), op.getInput().getType().getRank());
    Value result =
        steps.narrow(expand(op, steps, steps.widen(op.getInput()), axes));
    if (!op.getKeepdims())
      result = steps.reshape(result, op.getType().getShape());
    rewriter.replaceOp(op, result);
    return success();
  }

  virtual Value expand(Op op, Steps &steps, Value x,
                       ArrayRef<int64_t> axes) const = 0;
};

/// The greatest of `size` along `axes`, brought between `least` and the
/// greatest finite number, so that it can be subtracted and divided by.
Value boundedMax(Steps &steps, TypedValue<RankedTensorType> input, Value size,
                 ArrayRef<int64_t> axes, double least) {
  // Without elements any number serves.
  if (legalize::hasNoElements(input))
    return steps.constant(1);
  Value raised = steps.binary<ir::MaximumOp>(
      steps.reduce<ir::MaxOp>(size, axes), steps.constant(least));
  return steps.binary<ir::MinimumOp>(
      raised, steps.constant(std::numeric_limits<float>::max()));
}

/// log_sum_exp(x) -> m + log(sum(exp(x - m))), m = max(x) as a finite number
struct LogSumExpRows final : ExpandRowNorm<ir::LogSumExpOp> {
  using ExpandRowNorm::ExpandRowNorm;

  Value expand(ir::LogSumExpOp op, Steps &steps, Value x,
               ArrayRef<int64_t> axes) const override {
    Value m = boundedMax(steps, op.getInput(), x, axes,
                         -std::numeric_limits<float>::max());
    Value e = steps.unary<ir::ExpOp>(steps.binary<ir::SubOp>(x, m));
    return steps.binary<ir::AddOp>(m,
                                   steps.unary<ir::LogOp>(steps.sum(e, axes)));
  }
};

/// l2_norm(x) -> m * sqrt(sum(d * d)), d = x / m, m = max(abs(x)) as a finite
/// number that is not 0
struct L2NormRows final : ExpandRowNorm<ir::L2NormOp> {
  using ExpandRowNorm::ExpandRowNorm;

  Value expand(ir::L2NormOp op, Steps &steps, Value x,
               ArrayRef<int64_t> axes) const override {
    Value m = boundedMax(steps, op.getInput(), steps.unary<ir::AbsOp>(x), axes,
                         std::numeric_limits<float>::min());
    Value d = steps.binary<ir::DivOp>(x, m);
    Value sum = steps.sum(steps.binary<ir::MulOp>(d, d), axes);
    return steps.binary<ir::MulOp>(m, steps.unary<ir::SqrtOp>(sum));
  }
};

} // namespace

void populateRowLegalization(RewritePatternSet &patterns) {
  patterns.add<ReduceRows<ir::SumOp>, ReduceRows<ir::MaxOp>, ExpandMean,
               ExpandMin, SoftmaxRows<ir::SoftmaxOp>,
               SoftmaxRows<ir::LogSoftmaxOp>, LogSumExpRows, L2NormRows>(
      patterns.getContext());
}

} // namespace tactus
