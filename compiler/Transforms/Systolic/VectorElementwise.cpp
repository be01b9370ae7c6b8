//===- VectorElementwise.cpp - Elementwise ops on the vector unit ---------===//
#include "compiler/Transforms/Systolic/VectorPlanner.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Support/DebugStringHelper.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;

namespace tactus::systolic {

/// The zero point that saturates to i8; none where it is no constant.
static std::optional<int64_t> zeroPointOf(Value value) {
  if (!value)
    return 0;
  SplatElementsAttr splat;
  if (!matchPattern(value, m_Constant(&splat)))
    return std::nullopt;
  return std::clamp<int64_t>(splat.getSplatValue<int32_t>(), -128, 127);
}

FailureOr<VectorOperand> VectorPlanner::visitElementwise(Operation *op,
                                                         const IndexMap &map) {
  Form form = formOf(map, numLoops);
  // Zero points are constants, tables are the machine's.
  unsigned count = op->getNumOperands();
  bool isQuantizing =
      isa<ir::QuantizeOp, ir::DequantizeOp, ir::RequantizeOp>(op);
  std::optional<FunctionKind> table = tableFunctionOf(op);
  if (isQuantizing)
    count = 2;
  if (table)
    count = 1;
  if (auto clamp = dyn_cast<ir::ClampOp>(op)) {
    if (!constantOf(clamp.getMin()) || !constantOf(clamp.getMax()))
      return refused(op, "the vector unit clamps between constants");
    count = 1;
  }
  if (count > 2)
    return refused(op, "the vector unit has no such operation");
  SmallVector<VectorOperand> in;
  for (unsigned i = 0; i < count; ++i) {
    // A table is read in another way, but what it is applied to in place.
    FailureOr<IndexMap> read = table ? map : mapOfOperand(op, i, map);
    if (failed(read))
      return refused(op, "expected an operand that is linear in the loops");
    FailureOr<VectorOperand> operand = visit(op->getOperand(i), *read);
    if (failed(operand))
      return failure();
    in.push_back(*operand);
  }
  auto isF32 = [](Value value) {
    return getElementTypeOrSelf(value.getType()).isF32();
  };
  if (isQuantizing) {
    std::optional<int64_t> zeroPoint =
        zeroPointOf(op->getNumOperands() > 2 ? op->getOperand(2) : Value());
    std::optional<ElementKind> to = elementKindOf(op->getResult(0).getType());
    if (!zeroPoint || !to)
      return refused(op,
                     "the vector unit quantizes to i8, by a zero point that "
                     "is one constant");
    if (isa<ir::QuantizeOp>(op)) {
      FailureOr<VectorOperand> scaled = in[0];
      if (!in[1].constant || *in[1].constant != 1)
        scaled = combine(VectorKind::div, in[0], in[1], form, false);
      return convert(op, *scaled, form, *to, *zeroPoint);
    }
    if (isa<ir::DequantizeOp>(op) && *zeroPoint != 0) {
      if (!getElementTypeOrSelf(op->getOperand(0).getType()).isInteger(8))
        return refused(op, "the vector unit has no zero points of i32");
      in[0] = *combine(VectorKind::add, in[0], {0, float(-*zeroPoint)}, form,
                       false);
    }
    FailureOr<VectorOperand> scaled =
        combine(VectorKind::mul, in[0], in[1], form, false);
    if (isa<ir::DequantizeOp>(op))
      return scaled;
    plan.values[scaled->value].type = *to;
    plan.steps.back().zeroPoint = *zeroPoint;
    return scaled;
  }
  if (auto cast = dyn_cast<ir::CastOp>(op)) {
    std::optional<ElementKind> to = elementKindOf(cast.getType());
    std::optional<ElementKind> from = elementKindOf(cast.getInput().getType());
    // Values between i8, bf16 and i32 pass through f32, which must hold them.
    bool isExact = to == ElementKind::f32 ||
                   (to == ElementKind::bf16 && from != ElementKind::i32);
    if (!isExact)
      return refused(op, "the vector unit converts to f32 and bf16, and to i8 "
                         "by quantize");
    return convert(op, in[0], form, *to);
  }
  if (!llvm::all_of(op->getOperands(), isF32) || !isF32(op->getResult(0)))
    return refused(op, "the vector unit computes in f32");
  VectorStep unary;
  auto function = [&](FunctionKind kind, float alpha = 0, float beta = 0) {
    unary.kind = VectorKind::apply;
    unary.function = kind;
    unary.alpha = alpha;
    unary.beta = beta;
    return apply(unary, in[0], form);
  };
  if (table)
    return function(*table);
  auto plain = [&](VectorKind kind) {
    unary.kind = kind;
    return apply(unary, in[0], form);
  };
  using Result = FailureOr<VectorOperand>;
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case([&](ir::AddOp) {
        return combine(VectorKind::add, in[0], in[1], form, true);
      })
      .Case([&](ir::MulOp) {
        return combine(VectorKind::mul, in[0], in[1], form, true);
      })
      .Case([&](ir::DivOp) {
        return combine(VectorKind::div, in[0], in[1], form, false);
      })
      .Case([&](ir::MaximumOp) {
        return combine(VectorKind::max, in[0], in[1], form, true);
      })
      .Case([&](ir::MinimumOp) {
        return combine(VectorKind::min, in[0], in[1], form, true);
      })
      .Case([&](ir::SubOp) { return subtract(in[0], in[1], form); })
      .Case([&](ir::NegOp) {
        return combine(VectorKind::mul, in[0], {0, -1.0f}, form, false);
      })
      .Case([&](ir::ExpOp) { return plain(VectorKind::exp); })
      .Case([&](ir::LogOp) { return plain(VectorKind::log); })
      .Case([&](ir::SqrtOp) { return plain(VectorKind::sqrt); })
      .Case([&](ir::RsqrtOp) { return plain(VectorKind::rsqrt); })
      .Case([&](ir::ReluOp) { return function(FunctionKind::relu); })
      .Case([&](ir::LeakyReluOp leaky) {
        return function(FunctionKind::leaky_relu,
                        float(leaky.getAlpha().convertToDouble()));
      })
      .Case([&](ir::PreluOp) {
        FailureOr<VectorOperand> result =
            combine(VectorKind::apply, in[0], in[1], form, false);
        plan.steps.back().function = FunctionKind::prelu;
        return result;
      })
      .Case([&](ir::ClampOp clamp) -> Result {
        float low = *constantOf(clamp.getMin());
        float high = *constantOf(clamp.getMax());
        if (!(low <= high))
          return refused(op, "the vector unit clamps from a low to a high");
        return function(FunctionKind::clip, low, high);
      })
      .Default([&](Operation *) -> Result {
        return refused(op, "the vector unit has no such operation");
      });
}

} // namespace tactus::systolic
