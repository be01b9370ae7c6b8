//===- Creation.cpp - Tensors from nothing ------------------------------===//
#include "tactus/Creation.h"
#include "compiler/Graph/GraphState.h"
#include "compiler/Graph/OpCall.h"
#include "compiler/Graph/ScalarConstant.h"
#include "dialects/Tactus/TactusDialect.h"
#include "tactus/Logic.h"

namespace tactus {

Value fill(Graph &graph, const TensorType &type, double value,
           const std::source_location &where) {
  return OpCall::in<ir::FillOp>(graph, where)
      .set("type", type)
      .set("value", value)
      .value();
}

Value zeros(Graph &graph, const TensorType &type,
            const std::source_location &where) {
  return fill(graph, type, 0, where);
}

Value ones(Graph &graph, const TensorType &type,
           const std::source_location &where) {
  return fill(graph, type, 1, where);
}

Value full(Graph &graph, const TensorType &type, double value,
           const std::source_location &where) {
  return fill(graph, type, value, where);
}

/// A choice that is always the number, as no element is less than itself: sizes
/// that are not known yet are those of `input`.
static Value numberLike(const Operand &input, int number) {
  return select(less(input, input), input, Operand(number, input.where()));
}

Value zerosLike(Operand input) {
  return numberLike(input, 0);
}

Value onesLike(Operand input) {
  return numberLike(input, 1);
}

Value eye(Graph &graph, const TensorType &type, int64_t k,
          const std::source_location &where) {
  return OpCall::in<ir::EyeOp>(graph, where)
      .set("type", type)
      .set("k", k)
      .value();
}

Value linspace(Graph &graph, const TensorType &type, double start, double stop,
               const std::source_location &where) {
  return OpCall::in<ir::LinspaceOp>(graph, where)
      .set("type", type)
      .set("start", start)
      .set("stop", stop)
      .value();
}

Value range(Operand start, Operand limit, Operand delta) {
  return OpCall::on<ir::RangeOp>({&start, &limit, &delta}).value();
}

Value arange(Graph &graph, ElementType elementType, double start, double limit,
             double delta, const std::source_location &where) {
  auto number = [&](double value) {
    Error::Place place = callerPlace(where, "range");
    return Operand(
        graph.constant(tensorOfScalar(value, elementType, place), where),
        where);
  };
  return range(number(start), number(limit), number(delta));
}

Value oneHot(Operand indices, int64_t depth, Operand values, int64_t axis) {
  return OpCall::on<ir::OneHotOp>({&indices, &values})
      .set("depth", depth)
      .set("axis", axis)
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
