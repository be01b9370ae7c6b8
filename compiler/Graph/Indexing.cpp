//===- Indexing.cpp - Ops that move elements by index ---------------------===//
#include "tactus/Indexing.h"
#include "compiler/Graph/OpCall.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

Value gather(Operand data, Operand indices, int64_t axis) {
  return OpCall::on<ir::GatherOp>({&data, &indices}).set("axis", axis).value();
}

Value gatherElements(Operand data, Operand indices, int64_t axis) {
  return OpCall::on<ir::GatherElementsOp>({&data, &indices})
      .set("axis", axis)
      .value();
}

Value gatherNd(Operand data, Operand indices, int64_t batchDims) {
  return OpCall::on<ir::GatherNdOp>({&data, &indices})
      .set("batch_dims", batchDims)
      .value();
}

static ir::ScatterReduction reductionOf(ScatterReduction reduction) {
  switch (reduction) {
  case ScatterReduction::None:
    return ir::ScatterReduction::none;
  case ScatterReduction::Add:
    return ir::ScatterReduction::add;
  case ScatterReduction::Mul:
    return ir::ScatterReduction::mul;
  case ScatterReduction::Max:
    return ir::ScatterReduction::max;
  case ScatterReduction::Min:
    return ir::ScatterReduction::min;
  }
  return ir::ScatterReduction::none;
}

Value scatterElements(Operand data, Operand indices, Operand updates,
                      int64_t axis, ScatterReduction reduction) {
  return OpCall::on<ir::ScatterElementsOp>({&data, &indices, &updates})
      .set("axis", axis)
      .setCase<ir::ScatterReductionAttr>("reduction", reductionOf(reduction))
      .value();
}

Value scatterNd(Operand data, Operand indices, Operand updates,
                ScatterReduction reduction) {
  return OpCall::on<ir::ScatterNdOp>({&data, &indices, &updates})
      .setCase<ir::ScatterReductionAttr>("reduction", reductionOf(reduction))
      .value();
}

} // namespace tactus
