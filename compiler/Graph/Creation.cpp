//===- Creation.cpp - Tensors from nothing ------------------------------===//
#include "tactus/Creation.h"
#include "compiler/Graph/OpCall.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

Value fill(Graph &graph, const TensorType &type, double value,
           const std::source_location &where) {
  return OpCall::in<ir::FillOp>(graph, where)
      .set("type", type)
      .set("value", value)
      .value();
}

Value iota(Graph &graph, const TensorType &type, int64_t axis,
           const std::source_location &where) {
  return OpCall::in<ir::IotaOp>(graph, where)
      .set("type", type)
      .set("axis", axis)
      .value();
}

Value random(Graph &graph, const TensorType &type, Seed seed,
             Distribution distribution, const std::source_location &where) {
  return OpCall::in<ir::RandomOp>(graph, where)
      .set("type", type)
      .set("seed", int64_t(seed.value))
      .setCase<ir::DistributionAttr>("distribution",
                                     distribution == Distribution::Normal
                                         ? ir::Distribution::normal
                                         : ir::Distribution::uniform)
      .value();
}

} // namespace tactus
