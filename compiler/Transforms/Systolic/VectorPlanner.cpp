//===- VectorPlanner.cpp - From ops to steps of the vector unit -----------===//
#include "compiler/Transforms/Systolic/VectorPlanner.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Support/DebugStringHelper.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;

namespace tactus::systolic {

FailureOr<VectorOperand> VectorPlanner::visit(Value value,
                                              const IndexMap &map) {
  for (const Known &each : known)
    if (each.value == value && each.map == map)
      return each.operand;
  FailureOr<VectorOperand> operand = visitNew(value, map);
  if (succeeded(operand))
    known.push_back({value, map, *operand});
  return operand;
}

FailureOr<VectorOperand> VectorPlanner::visitNew(Value value,
                                                 const IndexMap &map) {
  Operation *op = value.getDefiningOp();
  std::optional<ElementKind> type = elementKindOf(value.getType());
  if (!type)
    return refused(op, "expected elements of i8, bf16, i32 or f32, but got " +
                           debugString(value.getType()));
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    unsigned id = addValue(formOf(map, numLoops), *type);
    plan.values[id].read = Read{argument.getArgNumber(), map};
    return VectorOperand{id, {}};
  }
  if (std::optional<float> constant = constantOf(value))
    return VectorOperand{0, constant};
  if (isa<ir::TransposeOp, ir::BroadcastOp, ir::SliceOp>(op)) {
    FailureOr<IndexMap> read = mapOfOperand(op, 0, map);
    if (failed(read))
      return refused(op, "expected a view that is linear in the loops");
    return visit(op->getOperand(0), *read);
  }
  if (auto sum = dyn_cast<ir::SumOp>(op))
    return visitReduction(op, map, VectorKind::row_sum, sum.getInput(),
                          sum.getAxes());
  if (auto max = dyn_cast<ir::MaxOp>(op))
    return visitReduction(op, map, VectorKind::row_max, max.getInput(),
                          max.getAxes());
  if (isa<ir::ElementwiseOpInterface>(op) || tableFunctionOf(op))
    return visitElementwise(op, map);
  return refused(op, "the vector unit has no such operation");
}

/// Over the last dimension, whose loop is the last.
FailureOr<VectorOperand>
VectorPlanner::visitReduction(Operation *op, const IndexMap &map,
                              VectorKind kind, Value input,
                              std::optional<ArrayRef<int64_t>> axes) {
  auto type = cast<RankedTensorType>(input.getType());
  int64_t rank = type.getRank();
  if (!type.getElementType().isF32() || rank == 0 || !axes ||
      axes->size() != 1 || ((*axes)[0] + rank) % rank != rank - 1 ||
      type.getShape().back() == 0)
    return refused(op, "the vector unit reduces rows of f32, along the last "
                       "dimension");
  if (auto sum = dyn_cast<ir::SumOp>(op); sum && !sum.getSequential())
    return refused(op, "the vector unit sums in order, but got a sum that is "
                       "free to be more exact");
  // The kernel's loops are those of the input.
  if (type.getShape() != sizes)
    return refused(op, "expected a reduction over the kernel's own loops");
  IndexMap full = map;
  if (int64_t(map.size()) == rank)
    full.pop_back();
  LinearIndex last;
  last.coefficients.assign(numLoops, 0);
  last.coefficients.back() = type.getShape().back() == 1 ? 0 : 1;
  full.push_back(last);
  FailureOr<VectorOperand> operand = visit(input, full);
  if (failed(operand))
    return failure();
  FailureOr<unsigned> rows = materialize(*operand, Form::Full);
  if (failed(rows))
    return failure();
  VectorStep step;
  step.kind = kind;
  step.lhs = *rows;
  return VectorOperand{addStep(step, Form::Column, ElementKind::f32), {}};
}

/// `operand` as the left one of a step whose result has `form`.
unsigned VectorPlanner::leftOf(VectorOperand operand, Form form) {
  auto zeros = [&] {
    unsigned value = addValue(form, ElementKind::f32);
    plan.values[value].isZero = true;
    return value;
  };
  VectorStep step;
  if (operand.constant) {
    step.lhs = zeros();
    // 0 + -0 is 0, but 0 * -1 is -0.
    bool isNegativeZero =
        *operand.constant == 0 && std::signbit(*operand.constant);
    step.kind = isNegativeZero ? VectorKind::mul : VectorKind::add;
    step.right = RightKind::immediate;
    step.immediate = isNegativeZero ? -1 : *operand.constant;
    return addStep(step, form, ElementKind::f32);
  }
  Form own = plan.values[operand.value].form;
  // Rows repeat by a stride of 0; along a row nothing does.
  if (hasColumns(own) == hasColumns(form))
    return operand.value;
  unsigned ones = leftOf({0, 1.0f}, form);
  step.kind = VectorKind::mul;
  step.lhs = ones;
  step.rhs = operand.value;
  step.right = RightKind::column;
  return addStep(step, form, ElementKind::f32);
}

FailureOr<unsigned> VectorPlanner::materialize(VectorOperand operand,
                                               Form form) {
  if (!operand.constant && plan.values[operand.value].form == form)
    return operand.value;
  unsigned left = leftOf(operand, form);
  if (plan.values[left].form == form)
    return left;
  VectorStep step;
  step.kind = VectorKind::apply;
  step.lhs = left;
  return addStep(step, form, plan.values[left].type);
}

/// The operand with more of it stands on the left, first of all what has
/// columns, since nothing repeats along a row.
static unsigned richness(const VectorProgram &plan, VectorOperand operand) {
  if (operand.constant)
    return 0;
  Form form = plan.values[operand.value].form;
  return 1 + 2 * hasColumns(form) + hasRows(form);
}

FailureOr<VectorOperand> VectorPlanner::combine(VectorKind kind,
                                                VectorOperand lhs,
                                                VectorOperand rhs, Form form,
                                                bool commutes) {
  bool swaps = commutes && richness(plan, rhs) > richness(plan, lhs);
  if (swaps)
    std::swap(lhs, rhs);
  VectorStep step;
  step.kind = kind;
  step.lhs = leftOf(lhs, form);
  if (rhs.constant) {
    step.right = RightKind::immediate;
    step.immediate = *rhs.constant;
  } else {
    step.rhs = rhs.value;
    bool isNarrow =
        hasColumns(form) && !hasColumns(plan.values[rhs.value].form);
    step.right = isNarrow ? RightKind::column : RightKind::rows;
  }
  return VectorOperand{addStep(step, form, ElementKind::f32), {}};
}

/// lhs - rhs, as lhs + (-rhs) or, where only the right one has all elements, as
/// (-1 * rhs) + lhs: the same bits.
FailureOr<VectorOperand> VectorPlanner::subtract(VectorOperand lhs,
                                                 VectorOperand rhs, Form form) {
  if (richness(plan, rhs) > richness(plan, lhs)) {
    FailureOr<VectorOperand> negated =
        combine(VectorKind::mul, rhs, {0, -1.0f}, form, false);
    return combine(VectorKind::add, *negated, lhs, form, false);
  }
  FailureOr<VectorOperand> result =
      combine(VectorKind::add, lhs, rhs, form, false);
  plan.steps.back().negate = true;
  return result;
}

FailureOr<VectorOperand> VectorPlanner::apply(VectorStep step,
                                              VectorOperand input, Form form) {
  step.lhs = leftOf(input, form);
  return VectorOperand{addStep(step, form, ElementKind::f32), {}};
}

/// Rounds in the step that computed `input` where nothing else reads it.
FailureOr<VectorOperand> VectorPlanner::convert(Operation *op,
                                                VectorOperand input, Form form,
                                                ElementKind type,
                                                int64_t zeroPoint) {
  if (!input.constant && !plan.steps.empty() &&
      plan.steps.back().result == input.value &&
      plan.values[input.value].type == ElementKind::f32 &&
      plan.values[input.value].form == form && op->getOperand(0).hasOneUse()) {
    plan.values[input.value].type = type;
    plan.steps.back().zeroPoint = zeroPoint;
    return input;
  }
  VectorStep step;
  step.kind = VectorKind::apply;
  step.lhs = leftOf(input, form);
  step.zeroPoint = zeroPoint;
  return VectorOperand{addStep(step, form, type), {}};
}

} // namespace tactus::systolic
