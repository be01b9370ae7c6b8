//===- VectorProgram.cpp - Elementwise ops as steps of the vector unit ----===//
#include "compiler/Transforms/Systolic/VectorPlanner.h"
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

FailureOr<VectorProgram>
planVector(Value result, const IndexMap &map, ArrayRef<int64_t> sizes,
           std::optional<Seed> seed,
           llvm::function_ref<void(Operation *, const Twine &)> refuse) {
  VectorPlanner planner(sizes, refuse);
  if (seed)
    planner.seed(*seed, map);
  FailureOr<VectorOperand> operand = planner.visit(result, map);
  if (failed(operand))
    return failure();
  FailureOr<unsigned> value =
      planner.materialize(*operand, formOf(map, unsigned(sizes.size())));
  if (failed(value))
    return failure();
  planner.plan.result = *value;
  // What is repeated along rows was multiplied by 1, in f32; its own type holds
  // it exactly.
  planner.plan.values[*value].type = *elementKindOf(result.getType());
  for (const VectorStep &step : planner.plan.steps)
    if (planner.plan.values[step.result].type == ElementKind::i32) {
      refuse(result.getDefiningOp(), "the vector unit has no results of i32");
      return failure();
    }
  return std::move(planner.plan);
}

} // namespace tactus::systolic
