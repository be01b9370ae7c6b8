//===- VectorProgram.cpp - Elementwise ops as steps of the vector unit ----===//
#include "compiler/Transforms/Systolic/VectorProgram.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Support/DebugStringHelper.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;

namespace tactus::systolic {

Form formOf(const IndexMap &map, unsigned numLoops) {
  bool rows = false, columns = false;
  for (const LinearIndex &index : map)
    for (unsigned l = 0; l < numLoops; ++l)
      if (index.coefficients[l] != 0)
        (l + 1 == numLoops ? columns : rows) = true;
  return formOf(rows, columns);
}

std::optional<ElementKind> elementKindOf(Type type) {
  Type element = getElementTypeOrSelf(type);
  if (element.isSignlessInteger(8))
    return ElementKind::i8;
  if (element.isBF16())
    return ElementKind::bf16;
  if (element.isSignlessInteger(32))
    return ElementKind::i32;
  if (element.isF32())
    return ElementKind::f32;
  return std::nullopt;
}

std::optional<float> constantOf(Value value) {
  SplatElementsAttr splat;
  if (!value || !matchPattern(value, m_Constant(&splat)))
    return std::nullopt;
  if (splat.getElementType().isF32())
    return splat.getSplatValue<float>();
  if (splat.getElementType().isSignlessInteger(32))
    return float(splat.getSplatValue<int32_t>());
  return std::nullopt;
}

unsigned VectorProgram::peakBuffers() const {
  // A value lives from its step, or from the first, to its last use.
  SmallVector<int64_t> begin(values.size(), -1), end(values.size(), -1);
  for (auto [i, step] : llvm::enumerate(steps)) {
    begin[step.result] = i;
    end[step.lhs] = i;
    if (step.rhs)
      end[*step.rhs] = i;
  }
  end[result] = steps.size();
  unsigned peak = 1;
  for (int64_t i = 0; i < int64_t(steps.size()); ++i) {
    unsigned live = 0;
    for (size_t v = 0; v < values.size(); ++v)
      live += values[v].form == Form::Full && begin[v] <= i && end[v] >= i;
    peak = std::max(peak, live);
  }
  return peak;
}

namespace {

/// A value by number, or a constant.
struct Operand {
  unsigned value = 0;
  std::optional<float> constant;
};

class Planner {
public:
  Planner(unsigned numLoops,
          llvm::function_ref<void(Operation *, const Twine &)> refuse)
      : numLoops(numLoops), refuse(refuse) {}

  FailureOr<Operand> visit(Value value, const IndexMap &map);
  FailureOr<unsigned> materialize(Operand operand, Form form);
  void seed(const Seed &seed, const IndexMap &map) {
    known.push_back({seed.value, map, {addValue(Form::Full, seed.type), {}}});
    plan.values.back().isProduct = true;
  }

  VectorProgram plan;

private:
  struct Known {
    Value value;
    IndexMap map;
    Operand operand;
  };

  unsigned addValue(Form form, ElementKind type) {
    plan.values.push_back({});
    plan.values.back().form = form;
    plan.values.back().type = type;
    return plan.values.size() - 1;
  }
  unsigned addStep(VectorStep step, Form form, ElementKind type) {
    step.result = addValue(form, type);
    plan.steps.push_back(step);
    return step.result;
  }
  FailureOr<Operand> refused(Operation *op, const Twine &why) {
    refuse(op, why);
    return failure();
  }

  FailureOr<Operand> visitNew(Value value, const IndexMap &map);
  FailureOr<Operand> visitReduction(Operation *op, const IndexMap &map,
                                    VectorKind kind, Value input,
                                    std::optional<ArrayRef<int64_t>> axes);
  FailureOr<Operand> visitElementwise(Operation *op, const IndexMap &map);
  FailureOr<Operand> combine(VectorKind kind, Operand lhs, Operand rhs,
                             Form form, bool commutes);
  FailureOr<Operand> subtract(Operand lhs, Operand rhs, Form form);
  FailureOr<Operand> apply(VectorStep step, Operand input, Form form);
  FailureOr<Operand> convert(Operation *op, Operand input, Form form,
                             ElementKind type, int64_t zeroPoint = 0);
  unsigned leftOf(Operand operand, Form form);

  unsigned numLoops;
  llvm::function_ref<void(Operation *, const Twine &)> refuse;
  std::vector<Known> known;
};

} // namespace

FailureOr<Operand> Planner::visit(Value value, const IndexMap &map) {
  for (const Known &each : known)
    if (each.value == value && each.map == map)
      return each.operand;
  FailureOr<Operand> operand = visitNew(value, map);
  if (succeeded(operand))
    known.push_back({value, map, *operand});
  return operand;
}

FailureOr<Operand> Planner::visitNew(Value value, const IndexMap &map) {
  Operation *op = value.getDefiningOp();
  std::optional<ElementKind> type = elementKindOf(value.getType());
  if (!type)
    return refused(op, "expected elements of i8, bf16, i32 or f32, but got " +
                           debugString(value.getType()));
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    unsigned id = addValue(formOf(map, numLoops), *type);
    plan.values[id].read = Read{argument.getArgNumber(), map};
    return Operand{id, {}};
  }
  if (std::optional<float> constant = constantOf(value))
    return Operand{0, constant};
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
FailureOr<Operand>
Planner::visitReduction(Operation *op, const IndexMap &map, VectorKind kind,
                        Value input, std::optional<ArrayRef<int64_t>> axes) {
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
  if (hasColumns(formOf(map, numLoops)))
    return refused(op, "expected a row's result not to vary along the row");
  // The kernel's loops are those of the input.
  if (rank != int64_t(numLoops))
    return refused(op, "expected a reduction over the kernel's own loops");
  IndexMap full = map;
  if (int64_t(map.size()) == rank)
    full.pop_back();
  LinearIndex last;
  last.coefficients.assign(numLoops, 0);
  last.coefficients.back() = type.getShape().back() == 1 ? 0 : 1;
  full.push_back(last);
  FailureOr<Operand> operand = visit(input, full);
  if (failed(operand))
    return failure();
  FailureOr<unsigned> rows = materialize(*operand, Form::Full);
  if (failed(rows))
    return failure();
  VectorStep step;
  step.kind = kind;
  step.lhs = *rows;
  return Operand{addStep(step, Form::Column, ElementKind::f32), {}};
}

/// `operand` as the left one of a step whose result has `form`.
unsigned Planner::leftOf(Operand operand, Form form) {
  auto zeros = [&] {
    unsigned value = addValue(form, ElementKind::f32);
    plan.values[value].isZero = true;
    return value;
  };
  VectorStep step;
  if (operand.constant) {
    step.lhs = zeros();
    // 0 + -0 is 0, but 0 * -1 is -0.
    bool isNegativeZero = *operand.constant == 0 && std::signbit(*operand.constant);
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

FailureOr<unsigned> Planner::materialize(Operand operand, Form form) {
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
static unsigned richness(const VectorProgram &plan, Operand operand) {
  if (operand.constant)
    return 0;
  Form form = plan.values[operand.value].form;
  return 1 + 2 * hasColumns(form) + hasRows(form);
}

FailureOr<Operand> Planner::combine(VectorKind kind, Operand lhs, Operand rhs,
                                    Form form, bool commutes) {
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
    bool isNarrow = hasColumns(form) && !hasColumns(plan.values[rhs.value].form);
    step.right = isNarrow ? RightKind::column : RightKind::rows;
  }
  return Operand{addStep(step, form, ElementKind::f32), {}};
}

/// lhs - rhs, as lhs + (-rhs) or, where only the right one has all elements, as
/// (-1 * rhs) + lhs: the same bits.
FailureOr<Operand> Planner::subtract(Operand lhs, Operand rhs, Form form) {
  if (richness(plan, rhs) > richness(plan, lhs)) {
    FailureOr<Operand> negated =
        combine(VectorKind::mul, rhs, {0, -1.0f}, form, false);
    return combine(VectorKind::add, *negated, lhs, form, false);
  }
  FailureOr<Operand> result = combine(VectorKind::add, lhs, rhs, form, false);
  plan.steps.back().negate = true;
  return result;
}

FailureOr<Operand> Planner::apply(VectorStep step, Operand input, Form form) {
  step.lhs = leftOf(input, form);
  return Operand{addStep(step, form, ElementKind::f32), {}};
}

/// Rounds in the step that computed `input` where nothing else reads it.
FailureOr<Operand> Planner::convert(Operation *op, Operand input, Form form,
                                    ElementKind type, int64_t zeroPoint) {
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
  return Operand{addStep(step, form, type), {}};
}

/// The zero point that saturates to i8; none where it is no constant.
static std::optional<int64_t> zeroPointOf(Value value) {
  if (!value)
    return 0;
  SplatElementsAttr splat;
  if (!matchPattern(value, m_Constant(&splat)))
    return std::nullopt;
  return std::clamp<int64_t>(splat.getSplatValue<int32_t>(), -128, 127);
}

FailureOr<Operand> Planner::visitElementwise(Operation *op,
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
  SmallVector<Operand> in;
  for (unsigned i = 0; i < count; ++i) {
    // A table is read in another way, but what it is applied to in place.
    FailureOr<IndexMap> read = table ? map : mapOfOperand(op, i, map);
    if (failed(read))
      return refused(op, "expected an operand that is linear in the loops");
    FailureOr<Operand> operand = visit(op->getOperand(i), *read);
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
      return refused(op, "the vector unit quantizes to i8, by a zero point that "
                         "is one constant");
    if (isa<ir::QuantizeOp>(op)) {
      FailureOr<Operand> scaled = in[0];
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
    FailureOr<Operand> scaled =
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
  using Result = FailureOr<Operand>;
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
        FailureOr<Operand> result =
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

FailureOr<VectorProgram>
planVector(Value result, const IndexMap &map, unsigned numLoops,
           std::optional<Seed> seed,
           llvm::function_ref<void(Operation *, const Twine &)> refuse) {
  Planner planner(numLoops, refuse);
  if (seed)
    planner.seed(*seed, map);
  FailureOr<Operand> operand = planner.visit(result, map);
  if (failed(operand))
    return failure();
  FailureOr<unsigned> value =
      planner.materialize(*operand, formOf(map, numLoops));
  if (failed(value))
    return failure();
  planner.plan.result = *value;
  for (const VectorStep &step : planner.plan.steps)
    if (planner.plan.values[step.result].type == ElementKind::i32) {
      refuse(result.getDefiningOp(), "the vector unit has no results of i32");
      return failure();
    }
  return std::move(planner.plan);
}

} // namespace tactus::systolic
