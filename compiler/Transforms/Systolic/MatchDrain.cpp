//===- MatchDrain.cpp - What rides on the way out of the accumulators -----===//
#include "compiler/Transforms/Systolic/MachineKernel.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;

namespace tactus::systolic {
namespace {

/// Takes the ops that follow the sums, one after the other, as long as the
/// instruction has room for them in that order:
///   sums -> scale -> residual -> function -> residual -> scale -> rounding
class DrainMatcher {
public:
  DrainMatcher(Product &product, unsigned numLoops)
      : product(product), drain(product.drain), numLoops(numLoops) {}

  void run(ir::MatmulOp matmul) {
    drain.input = *elementKindOf(matmul.getType());
    drain.output = drain.input;
    drain.value = matmul.getResult();
    while (drain.value.hasOneUse()) {
      Operation *op = *drain.value.getUsers().begin();
      if (op->getNumResults() != 1 ||
          cast<RankedTensorType>(op->getResult(0).getType()).getShape() !=
              matmul.getType().getShape() ||
          !take(op))
        return;
      drain.value = op->getResult(0);
    }
  }

private:
  enum Stage { Sums, Scaled, Applied, Added, Rescaled, Rounded };

  bool reach(Stage next) {
    stage = next;
    return true;
  }
  /// i32 sums are exact until a scale makes them f32.
  bool isExact() const {
    return drain.input == ElementKind::i32 && stage == Sums;
  }

  bool take(Operation *op) {
    return TypeSwitch<Operation *, bool>(op)
        .Case([&](ir::AddOp add) { return takeAdd(add); })
        .Case([&](ir::MulOp mul) { return takeMul(mul); })
        .Case([&](ir::DequantizeOp op) {
          return !op.getZeroPoint() && isExact() &&
                 !(isReluExact && !isPositive(op.getScale())) &&
                 takeScale(op.getScale(), op) && setOutput(ElementKind::f32);
        })
        .Case([&](ir::RequantizeOp op) { return takeRequantize(op); })
        .Case([&](ir::QuantizeOp op) {
          return constantOf(op.getScale()) == 1.0f && !isExact() &&
                 !drain.residual && stage < Rounded &&
                 takeZeroPoint(op.getZeroPoint()) &&
                 op.getTo().isSignlessInteger(8) &&
                 setOutput(ElementKind::i8) && reach(Rounded);
        })
        .Case([&](ir::CastOp op) { return takeCast(op); })
        .Case([&](ir::ReluOp) {
          if (!isExact())
            return takeFunction(FunctionKind::relu);
          isReluExact = !isReluExact;
          drain.function = FunctionKind::relu;
          return isReluExact;
        })
        .Case([&](ir::LeakyReluOp op) {
          return takeFunction(FunctionKind::leaky_relu,
                              float(op.getAlpha().convertToDouble()));
        })
        .Case([&](ir::PreluOp op) { return takePrelu(op); })
        .Case([&](ir::ClampOp op) {
          std::optional<float> low = constantOf(op.getMin()),
                               high = constantOf(op.getMax());
          return op.getInput() == drain.value && low && high && *low <= *high &&
                 takeFunction(FunctionKind::clip, *low, *high);
        })
        .Case([&](ir::PiecewiseLinearOp op) {
          std::optional<FunctionKind> table = tableFunctionOf(op);
          return table && takeFunction(*table);
        })
        .Default([](Operation *) { return false; });
  }

  bool setOutput(ElementKind type) {
    drain.output = type;
    return true;
  }

  static bool isPositive(Value scale) {
    std::optional<float> constant = constantOf(scale);
    return constant && *constant > 0 && std::isfinite(*constant);
  }

  /// What of `op` is not the chain itself.
  Value other(Operation *op) const {
    return op->getOperand(0) == drain.value ? op->getOperand(1)
                                            : op->getOperand(0);
  }

  /// `value` as an argument that is read as `op` wants it.
  std::optional<Read> readFor(Value value, Operation *op) const {
    for (OpOperand &operand : op->getOpOperands()) {
      if (operand.get() != value)
        continue;
      FailureOr<IndexMap> map =
          mapOfOperand(op, operand.getOperandNumber(), identityMap(numLoops));
      return failed(map) ? std::nullopt : readOf(value, *map);
    }
    return std::nullopt;
  }

  bool takeScale(Value value, Operation *op) {
    // The relu of exact sums comes after the scale.
    Stage next = isReluExact ? Applied : Scaled;
    if (std::optional<float> constant = constantOf(value)) {
      if (std::isnan(*constant))
        return false;
      drain.scale = *constant;
      return reach(next);
    }
    std::optional<Read> read = readFor(value, op);
    if (!read || formOf(read->map, numLoops) != Form::Row)
      return false;
    drain.scales = read;
    return reach(next);
  }

  bool takeMul(ir::MulOp op) {
    Value factor = other(op);
    if (drain.output != ElementKind::f32)
      return false;
    if (stage == Sums && drain.input == ElementKind::f32 && !drain.residual &&
        takeScale(factor, op))
      return true;
    std::optional<float> constant = constantOf(factor);
    if (!constant || stage >= Rescaled || std::isnan(*constant))
      return false;
    drain.outputScale = *constant;
    return reach(Rescaled);
  }

  bool takeAdd(ir::AddOp op) {
    std::optional<Read> read = readFor(other(op), op);
    if (!read || op.getLhs() == op.getRhs())
      return false;
    // Whole numbers wrap, so a row may as well be there from the beginning.
    if (isExact()) {
      if (product.init || drain.function != FunctionKind::none ||
          hasRows(formOf(read->map, numLoops)))
        return false;
      product.init = read;
      return true;
    }
    if (drain.residual || drain.output != ElementKind::f32 || stage > Applied ||
        formOf(read->map, numLoops) != Form::Full)
      return false;
    drain.residual = read;
    drain.residualFirst = stage < Applied;
    return reach(drain.residualFirst ? Scaled : Added);
  }

  bool takeFunction(FunctionKind function, float alpha = 0, float beta = 0) {
    if (drain.output != ElementKind::f32 || stage >= Applied)
      return false;
    drain.function = function;
    drain.alpha = alpha;
    drain.beta = beta;
    return reach(Applied);
  }

  bool takePrelu(ir::PreluOp op) {
    if (op.getInput() != drain.value || op.getSlope() == drain.value)
      return false;
    if (std::optional<float> slope = constantOf(op.getSlope()))
      return takeFunction(FunctionKind::leaky_relu, *slope);
    std::optional<Read> read = readFor(op.getSlope(), op);
    if (!read || formOf(read->map, numLoops) != Form::Row ||
        !takeFunction(FunctionKind::prelu))
      return false;
    drain.slopes = read;
    return true;
  }

  bool takeZeroPoint(Value value) {
    if (!value)
      return true;
    SplatElementsAttr splat;
    if (!matchPattern(value, m_Constant(&splat)))
      return false;
    drain.zeroPoint =
        std::clamp<int64_t>(splat.getSplatValue<int32_t>(), -128, 127);
    return true;
  }

  bool takeRequantize(ir::RequantizeOp op) {
    if (!isExact() || !op.getTo().isSignlessInteger(8) ||
        (isReluExact && !isPositive(op.getScale())) ||
        !takeZeroPoint(op.getZeroPoint()) || !takeScale(op.getScale(), op))
      return false;
    drain.output = ElementKind::i8;
    return reach(Rounded);
  }

  bool takeCast(ir::CastOp op) {
    std::optional<ElementKind> to = elementKindOf(op.getType());
    if (isExact() && to == ElementKind::f32 && !isReluExact)
      return setOutput(ElementKind::f32) && reach(Scaled);
    if (drain.output != ElementKind::f32 || to != ElementKind::bf16 ||
        drain.residual || stage == Rounded)
      return false;
    drain.output = ElementKind::bf16;
    return reach(Rounded);
  }

  Product &product;
  Drain &drain;
  unsigned numLoops;
  Stage stage = Sums;
  /// A relu of i32 sums, which commutes with positive scales only.
  bool isReluExact = false;
};

} // namespace

void matchDrain(ir::MatmulOp matmul, Product &product, unsigned numLoops) {
  DrainMatcher(product, numLoops).run(matmul);
}

} // namespace tactus::systolic
