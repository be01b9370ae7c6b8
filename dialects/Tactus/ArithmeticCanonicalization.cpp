//===- ArithmeticCanonicalization.cpp - The same numbers by fewer ops -----===//
#include "dialects/Tactus/Canonicalization.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace tactus::ir;

namespace {

//===----------------------------------------------------------------------===//
// Casts
//===----------------------------------------------------------------------===//

bool isInteger(Type type) {
  return isa<IntegerType>(type) && !type.isInteger(1);
}

/// Whether every value of `from` is one of `to`.
bool holdsAll(Type to, Type from) {
  if (to == from)
    return true;
  auto toFloat = dyn_cast<FloatType>(to), fromFloat = dyn_cast<FloatType>(from);
  if (toFloat && fromFloat)
    return APFloat::isRepresentableBy(fromFloat.getFloatSemantics(),
                                      toFloat.getFloatSemantics());
  if (fromFloat)
    return false;
  // Bits beside the sign; the lowest integer is a power of two.
  unsigned fromBits = from.getIntOrFloatBitWidth() -
                      (isInteger(from) && !from.isUnsignedInteger());
  if (toFloat)
    return fromBits <= toFloat.getFPMantissaWidth();
  if (to.isInteger(1))
    return false;
  bool isSigned = !to.isUnsignedInteger();
  return fromBits <= to.getIntOrFloatBitWidth() - isSigned &&
         (isSigned || !isInteger(from) || from.isUnsignedInteger());
}

/// Whether a cast by way of `middle` gives what one from `from` to `to` gives.
bool passesThrough(Type from, Type middle, Type to) {
  if (isInteger(from) && isInteger(middle) && isInteger(to))
    // Both wrap, and what wraps modulo a multiple may wrap later.
    return middle.getIntOrFloatBitWidth() >= to.getIntOrFloatBitWidth() ||
           holdsAll(middle, from);
  if (!holdsAll(middle, from))
    return false;
  // Floats saturate where integers wrap.
  bool wraps = isInteger(from) && isInteger(to) && isa<FloatType>(middle);
  return !wraps || holdsAll(to, from);
}

/// cast(cast(x)) -> cast(x) where the first loses nothing that the second keeps
struct DropCastBetween final : OpRewritePattern<CastOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(CastOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getInput().getDefiningOp<CastOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "its input is not a cast");
    if (!passesThrough(getElementTypeOrSelf(inner.getInput().getType()),
                       getElementTypeOrSelf(inner.getType()), op.getTo()))
      return rewriter.notifyMatchFailure(op, "the first cast loses something");

    rewriter.replaceOpWithNewOp<CastOp>(op, op.getType(), inner.getInput(),
                                        op.getToAttr());
    return success();
  }
};

//===----------------------------------------------------------------------===//
// Signs
//===----------------------------------------------------------------------===//

/// What `value` is the negative of, where that is not known before a run: what
/// is would be computed once, ahead of all runs.
Value negatedBy(Value value) {
  auto op = value.getDefiningOp<NegOp>();
  if (!op)
    return {};
  Operation *source = op.getInput().getDefiningOp();
  return isa_and_nonnull<ParameterOp, ConstantOp>(source) ? Value()
                                                          : op.getInput();
}

/// x + -y -> x - y; -x + y -> y - x
struct AddNegated final : OpRewritePattern<AddOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(AddOp op,
                                PatternRewriter &rewriter) const override {
    Value kept = op.getLhs(), negated = negatedBy(op.getRhs());
    if (!negated) {
      kept = op.getRhs();
      negated = negatedBy(op.getLhs());
    }
    if (!negated)
      return rewriter.notifyMatchFailure(op, "no operand is negated");

    rewriter.replaceOpWithNewOp<SubOp>(op, op.getType(), kept, negated);
    return success();
  }
};

/// x - -y -> x + y
struct SubNegated final : OpRewritePattern<SubOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SubOp op,
                                PatternRewriter &rewriter) const override {
    Value negated = negatedBy(op.getRhs());
    if (!negated)
      return rewriter.notifyMatchFailure(op, "rhs is not negated");

    rewriter.replaceOpWithNewOp<AddOp>(op, op.getType(), op.getLhs(), negated);
    return success();
  }
};

//===----------------------------------------------------------------------===//
// Divisions and powers
//===----------------------------------------------------------------------===//

/// The one float that all elements of the constant `value` are.
std::optional<APFloat> splatOf(Value value) {
  DenseFPElementsAttr elements;
  if (!matchPattern(value, m_Constant(&elements)) || !elements.isSplat())
    return std::nullopt;
  return elements.getSplatValue<APFloat>();
}

/// x / 2^k -> x * 2^-k for floats, where 2^-k is no subnormal number
struct DivideByPowerOfTwo final : OpRewritePattern<DivOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(DivOp op,
                                PatternRewriter &rewriter) const override {
    std::optional<APFloat> divisor = splatOf(op.getRhs());
    if (!divisor)
      return rewriter.notifyMatchFailure(op, "its divisor is not one float");
    APFloat inverse(divisor->getSemantics());
    if (!divisor->getExactInverse(&inverse))
      return rewriter.notifyMatchFailure(op, "its divisor is no power of two");

    auto type = cast<RankedTensorType>(op.getRhs().getType());
    auto factor = ConstantOp::create(
        rewriter, op.getLoc(), type,
        cast<ElementsAttr>(DenseElementsAttr::get(type, inverse)));
    rewriter.replaceOpWithNewOp<MulOp>(op, op.getType(), op.getLhs(), factor);
    return success();
  }
};

/// x^2 -> x * x and x^-1 -> 1 / x for floats, where each is rounded once; not
/// for f64, whose powers are computed in a type that does not hold all squares
struct ExpandPower final : OpRewritePattern<PowOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(PowOp op,
                                PatternRewriter &rewriter) const override {
    std::optional<APFloat> exponent = splatOf(op.getRhs());
    if (!exponent ||
        !(exponent->isExactlyValue(2) || exponent->isExactlyValue(-1)))
      return rewriter.notifyMatchFailure(op, "its exponent is not 2 or -1");
    Value base = op.getLhs();
    if (getElementTypeOrSelf(base.getType()).isF64())
      return rewriter.notifyMatchFailure(op, "its power is rounded twice");
    if (base.getType() != op.getType())
      return rewriter.notifyMatchFailure(op, "it broadcasts its base");

    if (exponent->isNegative())
      rewriter.replaceOpWithNewOp<ReciprocalOp>(op, base);
    else
      rewriter.replaceOpWithNewOp<MulOp>(op, base, base);
    return success();
  }
};

} // namespace

void tactus::ir::populateArithmeticCanonicalization(
    RewritePatternSet &patterns) {
  patterns.add<DropCastBetween, AddNegated, SubNegated, DivideByPowerOfTwo,
               ExpandPower>(patterns.getContext());
}
