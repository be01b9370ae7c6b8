//===- LegalizeVectorUnit.cpp - Activations as a machine makes them -------===//
//
// Elementwise ops of floats as those that a systolic machine's units compute,
// all in f32: the module that results says, to the bit, what the machine gives.
// Some forms lose relative precision near 0, where they are as precise as the
// numbers near 1 that they subtract.
//
//===----------------------------------------------------------------------===//
#include "compiler/Transforms/Legalization.h"
#include "compiler/Transforms/LegalizeSteps.h"
#include "mlir/IR/Matchers.h"
#include "runtime/Systolic/VectorMath.h"
#include <limits>

using namespace mlir;

namespace tactus {
namespace {

using legalize::Steps;
using systolic::SegmentTable;

/// An elementwise op whose first operand the steps begin with.
template <typename Op> struct ExpandFunction : legalize::ExpandInF32<Op> {
  using legalize::ExpandInF32<Op>::ExpandInF32;

  Value expand(Op op, Steps &steps) const final {
    return expand(op, steps, steps.widen(op->getOperand(0)));
  }

  virtual Value expand(Op op, Steps &steps, Value x) const = 0;
};

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

systolic::Function functionOf(ir::SigmoidOp) {
  return systolic::Function::Sigmoid;
}
systolic::Function functionOf(ir::TanhOp) {
  return systolic::Function::Tanh;
}
systolic::Function functionOf(ir::SiluOp) {
  return systolic::Function::Silu;
}
systolic::Function functionOf(ir::GeluOp op) {
  return op.getApproximate() == ir::GeluForm::tanh
             ? systolic::Function::GeluTanh
             : systolic::Function::Gelu;
}

/// sigmoid(x) -> piecewise_linear(x), of the machine's table; tanh, silu and
/// gelu too
template <typename Op> struct LookUp final : ExpandFunction<Op> {
  using ExpandFunction<Op>::ExpandFunction;

  Value expand(Op op, Steps &steps, Value x) const override {
    const SegmentTable &table = systolic::segmentTable(functionOf(op));
    SmallVector<float> values(table.values.begin(), table.values.end());
    values.push_back(table.above);
    return steps.piecewiseLinear(x, values, table.slopes,
                                 {.low = -8,
                                  .step = 1.0 / 64,
                                  .belowSlope = table.belowSlope,
                                  .aboveSlope = table.aboveSlope});
  }
};

//===----------------------------------------------------------------------===//
// Signs and bounds
//===----------------------------------------------------------------------===//

Value negated(Steps &steps, Value x) {
  return steps.binary<ir::MulOp>(x, steps.constant(-1));
}

/// +0 for -0, and NaN for NaN.
Value absolute(Steps &steps, Value x) {
  return steps.binary<ir::MaximumOp>(x, negated(steps, x));
}

Value atMost(Steps &steps, Value x, double bound) {
  return steps.binary<ir::MinimumOp>(x, steps.constant(bound));
}

/// neg(x) -> x * -1
struct ExpandNeg final : ExpandFunction<ir::NegOp> {
  using ExpandFunction::ExpandFunction;

  Value expand(ir::NegOp, Steps &steps, Value x) const override {
    return negated(steps, x);
  }
};

/// abs(x) -> maximum(x, x * -1)
struct ExpandAbs final : ExpandFunction<ir::AbsOp> {
  using ExpandFunction::ExpandFunction;

  Value expand(ir::AbsOp, Steps &steps, Value x) const override {
    return absolute(steps, x);
  }
};

/// reciprocal(x) -> 1 / x
struct ExpandReciprocal final : ExpandFunction<ir::ReciprocalOp> {
  using ExpandFunction::ExpandFunction;

  Value expand(ir::ReciprocalOp, Steps &steps, Value x) const override {
    return steps.binary<ir::DivOp>(steps.constant(1), x);
  }
};

/// clamp(x, low, high) -> minimum(maximum(x, low), high)
struct SplitClamp final : OpRewritePattern<ir::ClampOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ir::ClampOp op,
                                PatternRewriter &rewriter) const override {
    if (!legalize::computesInF32(op))
      return rewriter.notifyMatchFailure(op, "it is not computed in f32");
    if (isClip(op))
      return rewriter.notifyMatchFailure(op, "its bounds are two numbers");

    Steps steps(rewriter, op);
    Value raised = steps.binary<ir::MaximumOp>(steps.widen(op.getInput()),
                                               steps.widen(op.getMin()));
    Value result =
        steps.binary<ir::MinimumOp>(raised, steps.widen(op.getMax()));
    rewriter.replaceOp(op, steps.narrow(result));
    return success();
  }

private:
  /// Whether it is what the units do in one step.
  static bool isClip(ir::ClampOp op) {
    SplatElementsAttr low, high;
    return getElementTypeOrSelf(op.getType()).isF32() &&
           matchPattern(op.getMin(), m_Constant(&low)) &&
           matchPattern(op.getMax(), m_Constant(&high)) &&
           low.getSplatValue<float>() <= high.getSplatValue<float>();
  }
};

/// hard_tanh(x) -> clamp(x) between min and max
struct ExpandHardTanh final : ExpandFunction<ir::HardTanhOp> {
  using ExpandFunction::ExpandFunction;

  Value expand(ir::HardTanhOp op, Steps &steps, Value x) const override {
    return steps.clip(x, op.getMin().convertToDouble(),
                      op.getMax().convertToDouble());
  }
};

/// relu6(x) -> clamp(x) between 0 and 6
struct ExpandRelu6 final : ExpandFunction<ir::Relu6Op> {
  using ExpandFunction::ExpandFunction;

  Value expand(ir::Relu6Op, Steps &steps, Value x) const override {
    return steps.clip(x, 0, 6);
  }
};

/// hard_sigmoid(x) -> clamp(x * alpha + beta) between 0 and 1
struct ExpandHardSigmoid final : ExpandFunction<ir::HardSigmoidOp> {
  using ExpandFunction::ExpandFunction;

  Value expand(ir::HardSigmoidOp op, Steps &steps, Value x) const override {
    Value scaled = steps.binary<ir::MulOp>(
        x, steps.constant(op.getAlpha().convertToDouble()));
    Value line = steps.binary<ir::AddOp>(
        scaled, steps.constant(op.getBeta().convertToDouble()));
    return steps.clip(line, 0, 1);
  }
};

/// hard_swish(x) -> m * (clamp(m + 3) / 6), the clamp between 0 and 6, m =
/// maximum(x, -3)
struct ExpandHardSwish final : ExpandFunction<ir::HardSwishOp> {
  using ExpandFunction::ExpandFunction;

  Value expand(ir::HardSwishOp, Steps &steps, Value x) const override {
    // Infinity times 0 is no number.
    Value m = steps.binary<ir::MaximumOp>(x, steps.constant(-3));
    Value line =
        steps.clip(steps.binary<ir::AddOp>(m, steps.constant(3)), 0, 6);
    // 6 times the f32 next to 1/6 is 1.
    Value gate = steps.binary<ir::MulOp>(line, steps.constant(1.0 / 6));
    return steps.binary<ir::MulOp>(m, gate);
  }
};

/// softsign(x) -> b / (abs(b) + 1), b = x between the greatest finite numbers
struct ExpandSoftsign final : ExpandFunction<ir::SoftsignOp> {
  using ExpandFunction::ExpandFunction;

  Value expand(ir::SoftsignOp, Steps &steps, Value x) const override {
    constexpr double most = std::numeric_limits<float>::max();
    Value b = steps.binary<ir::MaximumOp>(x, steps.constant(-most));
    b = atMost(steps, b, most);
    Value divisor =
        steps.binary<ir::AddOp>(absolute(steps, b), steps.constant(1));
    return steps.binary<ir::DivOp>(b, divisor);
  }
};

//===----------------------------------------------------------------------===//
// Exponentials
//===----------------------------------------------------------------------===//

/// relu(x) + alpha * (exp(minimum(x, 0) / divisor) - 1)
Value eluSteps(Steps &steps, Value x, double alpha, double divisor) {
  Value below = atMost(steps, x, 0);
  if (divisor != 1)
    below = steps.binary<ir::DivOp>(below, steps.constant(divisor));
  Value tail = steps.binary<ir::AddOp>(steps.unary<ir::ExpOp>(below),
                                       steps.constant(-1));
  if (alpha != 1)
    tail = steps.binary<ir::MulOp>(tail, steps.constant(alpha));
  return steps.binary<ir::AddOp>(steps.unary<ir::ReluOp>(x), tail);
}

/// elu(x) -> relu(x) + alpha * (exp(minimum(x, 0)) - 1)
struct ExpandElu final : ExpandFunction<ir::EluOp> {
  using ExpandFunction::ExpandFunction;

  Value expand(ir::EluOp op, Steps &steps, Value x) const override {
    return eluSteps(steps, x, op.getAlpha().convertToDouble(), 1);
  }
};

/// celu(x) -> relu(x) + alpha * (exp(minimum(x, 0) / alpha) - 1)
struct ExpandCelu final : ExpandFunction<ir::CeluOp> {
  using ExpandFunction::ExpandFunction;

  Value expand(ir::CeluOp op, Steps &steps, Value x) const override {
    double alpha = op.getAlpha().convertToDouble();
    return eluSteps(steps, x, alpha, alpha);
  }
};

/// selu(x) -> (relu(x) + alpha * (exp(minimum(x, 0)) - 1)) * gamma
struct ExpandSelu final : ExpandFunction<ir::SeluOp> {
  using ExpandFunction::ExpandFunction;

  Value expand(ir::SeluOp op, Steps &steps, Value x) const override {
    Value elu = eluSteps(steps, x, op.getAlpha().convertToDouble(), 1);
    return steps.binary<ir::MulOp>(
        elu, steps.constant(op.getGamma().convertToDouble()));
  }
};

/// softplus(x) -> relu(x) + log(exp(minimum(x, x * -1)) + 1)
struct ExpandSoftplus final : ExpandFunction<ir::SoftplusOp> {
  using ExpandFunction::ExpandFunction;

  Value expand(ir::SoftplusOp, Steps &steps, Value x) const override {
    Value e = steps.unary<ir::ExpOp>(
        steps.binary<ir::MinimumOp>(x, negated(steps, x)));
    Value tail =
        steps.unary<ir::LogOp>(steps.binary<ir::AddOp>(e, steps.constant(1)));
    return steps.binary<ir::AddOp>(steps.unary<ir::ReluOp>(x), tail);
  }
};

/// mish(x) -> m * (n / (n + 2)), n = e * (e + 2), e = exp(minimum(m, 20)), m =
/// maximum(x, -128)
struct ExpandMish final : ExpandFunction<ir::MishOp> {
  using ExpandFunction::ExpandFunction;

  Value expand(ir::MishOp, Steps &steps, Value x) const override {
    Value two = steps.constant(2);
    // Below, e is 0, and so is the result; infinity times 0 would not be.
    Value m = steps.binary<ir::MaximumOp>(x, steps.constant(-128));
    // Above, the quotient is 1 in f32.
    Value e = steps.unary<ir::ExpOp>(atMost(steps, m, 20));
    Value n = steps.binary<ir::MulOp>(e, steps.binary<ir::AddOp>(e, two));
    Value gate = steps.binary<ir::DivOp>(n, steps.binary<ir::AddOp>(n, two));
    return steps.binary<ir::MulOp>(m, gate);
  }
};

//===----------------------------------------------------------------------===//
// Narrow floats
//===----------------------------------------------------------------------===//

/// op(x) -> cast(op(cast(x))) for f16 and bf16
template <typename Op> struct WidenNarrow final : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    if (!legalize::computesInF32(op) ||
        getElementTypeOrSelf(op.getType()).isF32())
      return rewriter.notifyMatchFailure(op, "it is not of narrow floats");

    Steps steps(rewriter, op);
    SmallVector<Value> operands;
    for (Value operand : op->getOperands())
      operands.push_back(steps.widen(operand));
    auto type = cast<RankedTensorType>(op.getType());
    OperationState state(op.getLoc(), op->getName().getStringRef(), operands,
                         {type.clone(steps.computedType())}, op->getAttrs());
    rewriter.replaceOp(op, steps.narrow(rewriter.create(state)->getResult(0)));
    return success();
  }
};

template <typename... Ops> void addWidening(RewritePatternSet &patterns) {
  patterns.add<WidenNarrow<Ops>...>(patterns.getContext());
}

} // namespace

void populateVectorUnitLegalization(RewritePatternSet &patterns) {
  patterns.add<LookUp<ir::SigmoidOp>, LookUp<ir::TanhOp>, LookUp<ir::SiluOp>,
               LookUp<ir::GeluOp>, ExpandNeg, ExpandAbs, ExpandReciprocal,
               SplitClamp, ExpandHardTanh, ExpandRelu6, ExpandHardSigmoid,
               ExpandHardSwish, ExpandSoftsign, ExpandElu, ExpandCelu,
               ExpandSelu, ExpandSoftplus, ExpandMish>(patterns.getContext());
  addWidening<ir::AddOp, ir::SubOp, ir::MulOp, ir::DivOp, ir::MaximumOp,
              ir::MinimumOp, ir::ExpOp, ir::LogOp, ir::SqrtOp, ir::RsqrtOp,
              ir::ReluOp, ir::LeakyReluOp, ir::PreluOp>(patterns);
}

} // namespace tactus
