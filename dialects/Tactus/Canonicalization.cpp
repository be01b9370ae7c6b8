//===- Canonicalization.cpp - Ops that do nothing, or nothing more --------===//
//
// Each rewrite is exact for every element, NaN and zeros of both signs among
// them. What one op can see of itself alone is its folder.
//
//===----------------------------------------------------------------------===//
#include "dialects/Tactus/Canonicalization.h"
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace tactus::ir;

namespace {

//===----------------------------------------------------------------------===//
// One op after another
//===----------------------------------------------------------------------===//

/// f(f(x)) -> x
template <typename Op> struct DropTwice final : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getInput().template getDefiningOp<Op>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "its input is another op");

    rewriter.replaceOp(op, inner.getInput());
    return success();
  }
};

/// f(f(x)) -> f(x)
template <typename Op> struct DropAgain final : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    if (!op.getInput().template getDefiningOp<Op>())
      return rewriter.notifyMatchFailure(op, "its input is another op");

    rewriter.replaceOp(op, op.getInput());
    return success();
  }
};

/// abs(neg(x)) -> abs(x), but for ui8, where neg wraps and abs changes nothing
struct DropSignOfAbs final : OpRewritePattern<AbsOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(AbsOp op,
                                PatternRewriter &rewriter) const override {
    auto negated = op.getInput().getDefiningOp<NegOp>();
    if (!negated)
      return rewriter.notifyMatchFailure(op, "its input is not negated");
    if (getElementTypeOrSelf(op.getType()).isUnsignedInteger())
      return rewriter.notifyMatchFailure(op, "its elements have no sign");

    rewriter.replaceOpWithNewOp<AbsOp>(op, negated.getInput());
    return success();
  }
};

/// logical_not(compare(x, y)) -> compare(x, y) of the opposite predicate
struct NegateComparison final : OpRewritePattern<LogicalNotOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(LogicalNotOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getInput().getDefiningOp<CompareOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "its input is not a comparison");
    std::optional<Predicate> opposite =
        oppositeOf(inner.getPredicate(),
                   isa<FloatType>(getElementTypeOrSelf(inner.getLhs())));
    if (!opposite)
      return rewriter.notifyMatchFailure(op, "NaN is in no order");

    rewriter.replaceOpWithNewOp<CompareOp>(op, inner.getLhs(), inner.getRhs(),
                                           *opposite);
    return success();
  }

  static std::optional<Predicate> oppositeOf(Predicate predicate,
                                             bool isFloat) {
    if (predicate == Predicate::equal)
      return Predicate::not_equal;
    if (predicate == Predicate::not_equal)
      return Predicate::equal;
    if (isFloat)
      return std::nullopt;
    switch (predicate) {
    case Predicate::less:
      return Predicate::greater_equal;
    case Predicate::less_equal:
      return Predicate::greater;
    case Predicate::greater:
      return Predicate::less_equal;
    default:
      return Predicate::less;
    }
  }
};

/// select(logical_not(c), x, y) -> select(c, y, x)
struct SwapChoices final : OpRewritePattern<SelectOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SelectOp op,
                                PatternRewriter &rewriter) const override {
    auto negated = op.getCondition().getDefiningOp<LogicalNotOp>();
    if (!negated)
      return rewriter.notifyMatchFailure(op, "its condition is not negated");

    rewriter.replaceOpWithNewOp<SelectOp>(op, negated.getInput(),
                                          op.getOnFalse(), op.getOnTrue());
    return success();
  }
};

//===----------------------------------------------------------------------===//
// Operands that change nothing
//===----------------------------------------------------------------------===//

/// f(x, x) -> x
template <typename Op> struct DropOfEquals final : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    if (op.getLhs() != op.getRhs())
      return rewriter.notifyMatchFailure(op, "its operands differ");

    rewriter.replaceOp(op, op.getLhs());
    return success();
  }
};

/// Numbers that leave the other operand as it is.
struct Neutral {
  double ofFloats;
  int64_t ofIntegers;
};
/// None that floats have.
constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// The bits of an integer of `width` bits, which wraps.
APInt wrapped(unsigned width, int64_t value) {
  return APInt(width, uint64_t(value), /*isSigned=*/true,
               /*implicitTrunc=*/true);
}

/// Whether all elements of `value` are known to be this number; a zero is that
/// of its sign.
bool isConstant(Value value, Neutral number) {
  if (auto fill = value.getDefiningOp<FillOp>()) {
    Type element = fill.getResult().getType().getElementType();
    if (isa<FloatType>(element))
      return fill.getValue().bitwiseIsEqual(APFloat(number.ofFloats));
    unsigned width = element.getIntOrFloatBitWidth();
    return wrapped(width, int64_t(fill.getValue().convertToDouble())) ==
           wrapped(width, number.ofIntegers);
  }
  DenseElementsAttr elements;
  if (!matchPattern(value, m_Constant(&elements)) || !elements.isSplat())
    return false;
  if (isa<FloatType>(elements.getElementType())) {
    APFloat expected(number.ofFloats);
    bool loses = false;
    expected.convert(elements.getSplatValue<APFloat>().getSemantics(),
                     APFloat::rmNearestTiesToEven, &loses);
    return !expected.isNaN() &&
           elements.getSplatValue<APFloat>().bitwiseIsEqual(expected);
  }
  APInt element = elements.getSplatValue<APInt>();
  return element == wrapped(element.getBitWidth(), number.ofIntegers);
}

/// f(x, c) -> x, and f(c, x) -> x for those that commute
template <typename Op> struct DropNeutral final : OpRewritePattern<Op> {
  DropNeutral(MLIRContext *context, Neutral number)
      : OpRewritePattern<Op>(context), number(number) {}

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    Value kept;
    if (isConstant(op.getRhs(), number))
      kept = op.getLhs();
    else if (Op::template hasTrait<OpTrait::IsCommutative>() &&
             isConstant(op.getLhs(), number))
      kept = op.getRhs();
    if (!kept)
      return rewriter.notifyMatchFailure(op, "no operand is neutral");
    if (kept.getType() != op.getType())
      return rewriter.notifyMatchFailure(op, "it broadcasts its operand");

    rewriter.replaceOp(op, kept);
    return success();
  }

  Neutral number;
};

//===----------------------------------------------------------------------===//
// Control flow
//===----------------------------------------------------------------------===//

/// if(constant) -> what stands in the region that runs
struct InlineChoice final : OpRewritePattern<IfOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(IfOp op,
                                PatternRewriter &rewriter) const override {
    DenseElementsAttr condition;
    if (!matchPattern(op.getCondition(), m_Constant(&condition)))
      return rewriter.notifyMatchFailure(op, "its condition is not known");

    Region &region = condition.getSplatValue<bool>() ? op.getThenRegion()
                                                     : op.getElseRegion();
    Operation *yield = region.front().getTerminator();
    SmallVector<Value> results(yield->getOperands());
    rewriter.eraseOp(yield);
    rewriter.inlineBlockBefore(&region.front(), op);
    rewriter.replaceOp(op, results);
    return success();
  }
};

} // namespace

void TactusDialect::getCanonicalizationPatterns(
    RewritePatternSet &patterns) const {
  MLIRContext *context = patterns.getContext();
  patterns.add<DropTwice<NegOp>, DropTwice<LogicalNotOp>,
               DropTwice<BitwiseNotOp>, DropAgain<AbsOp>, DropAgain<SignOp>,
               DropAgain<FloorOp>, DropAgain<CeilOp>, DropAgain<RoundOp>,
               DropAgain<TruncOp>, DropAgain<ReluOp>, DropAgain<Relu6Op>,
               DropSignOfAbs, NegateComparison, SwapChoices, InlineChoice>(
      context);
  patterns.add<DropOfEquals<MaximumOp>, DropOfEquals<MinimumOp>,
               DropOfEquals<LogicalAndOp>, DropOfEquals<LogicalOrOp>,
               DropOfEquals<BitwiseAndOp>, DropOfEquals<BitwiseOrOp>>(context);
  // x + 0 is not x where x is -0; x - 0 is, and x + -0.
  patterns.add<DropNeutral<AddOp>>(context, Neutral{-0.0, 0});
  patterns.add<DropNeutral<SubOp>>(context, Neutral{0.0, 0});
  patterns.add<DropNeutral<MulOp>, DropNeutral<DivOp>, DropNeutral<PowOp>>(
      context, Neutral{1.0, 1});
  patterns.add<DropNeutral<BitwiseOrOp>, DropNeutral<BitwiseXorOp>,
               DropNeutral<ShiftLeftOp>, DropNeutral<ShiftRightOp>,
               DropNeutral<LogicalOrOp>, DropNeutral<LogicalXorOp>>(
      context, Neutral{none, 0});
  patterns.add<DropNeutral<BitwiseAndOp>, DropNeutral<LogicalAndOp>>(
      context, Neutral{none, -1});
  populateArithmeticCanonicalization(patterns);
  populateShapeCanonicalization(patterns);
}
