//===- Reduction.cpp - Ops that remove dimensions -----------------------===//
#include "tactus/Reduction.h"
#include "compiler/Graph/OpCall.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

static bool keeps(KeepDims keepDims) {
  return keepDims == KeepDims::Yes;
}

Value sum(Operand input, Axes axes, KeepDims keepDims,
          std::optional<ElementType> elementType) {
  return OpCall::on<ir::SumOp>({&input})
      .set("axes", axes.list())
      .set("keepdims", keeps(keepDims))
      .set("element_type", elementType)
      .value();
}

Value sequentialSum(Operand input, Axes axes, KeepDims keepDims,
                    std::optional<ElementType> elementType) {
  return OpCall::on<ir::SumOp>({&input})
      .set("axes", axes.list())
      .set("keepdims", keeps(keepDims))
      .set("element_type", elementType)
      .set("sequential", true)
      .value();
}

Value prod(Operand input, Axes axes, KeepDims keepDims,
           std::optional<ElementType> elementType) {
  return OpCall::on<ir::ProdOp>({&input})
      .set("axes", axes.list())
      .set("keepdims", keeps(keepDims))
      .set("element_type", elementType)
      .value();
}

Value mean(Operand input, Axes axes, KeepDims keepDims) {
  return OpCall::on<ir::MeanOp>({&input})
      .set("axes", axes.list())
      .set("keepdims", keeps(keepDims))
      .value();
}

Value max(Operand input, Axes axes, KeepDims keepDims) {
  return OpCall::on<ir::MaxOp>({&input})
      .set("axes", axes.list())
      .set("keepdims", keeps(keepDims))
      .value();
}

Value min(Operand input, Axes axes, KeepDims keepDims) {
  return OpCall::on<ir::MinOp>({&input})
      .set("axes", axes.list())
      .set("keepdims", keeps(keepDims))
      .value();
}

Value argmax(Operand input, int64_t axis, KeepDims keepDims) {
  return OpCall::on<ir::ArgmaxOp>({&input})
      .set("axis", axis)
      .set("keepdims", keeps(keepDims))
      .value();
}

Value argmin(Operand input, int64_t axis, KeepDims keepDims) {
  return OpCall::on<ir::ArgminOp>({&input})
      .set("axis", axis)
      .set("keepdims", keeps(keepDims))
      .value();
}

Value any(Operand input, Axes axes, KeepDims keepDims) {
  return OpCall::on<ir::AnyOp>({&input})
      .set("axes", axes.list())
      .set("keepdims", keeps(keepDims))
      .value();
}

Value all(Operand input, Axes axes, KeepDims keepDims) {
  return OpCall::on<ir::AllOp>({&input})
      .set("axes", axes.list())
      .set("keepdims", keeps(keepDims))
      .value();
}

Value logSumExp(Operand input, Axes axes, KeepDims keepDims) {
  return OpCall::on<ir::LogSumExpOp>({&input})
      .set("axes", axes.list())
      .set("keepdims", keeps(keepDims))
      .value();
}

Value l1Norm(Operand input, Axes axes, KeepDims keepDims) {
  return OpCall::on<ir::L1NormOp>({&input})
      .set("axes", axes.list())
      .set("keepdims", keeps(keepDims))
      .value();
}

Value l2Norm(Operand input, Axes axes, KeepDims keepDims) {
  return OpCall::on<ir::L2NormOp>({&input})
      .set("axes", axes.list())
      .set("keepdims", keeps(keepDims))
      .value();
}

Value variance(Operand input, Axes axes, int64_t correction,
               KeepDims keepDims) {
  return OpCall::on<ir::VarianceOp>({&input})
      .set("axes", axes.list())
      .set("correction", correction)
      .set("keepdims", keeps(keepDims))
      .value();
}

Value cumsum(Operand input, int64_t axis, Cumulative settings) {
  return OpCall::on<ir::CumsumOp>({&input})
      .set("axis", axis)
      .set("exclusive", settings.exclusive)
      .set("reverse", settings.reverse)
      .value();
}

Value cumprod(Operand input, int64_t axis, Cumulative settings) {
  return OpCall::on<ir::CumprodOp>({&input})
      .set("axis", axis)
      .set("exclusive", settings.exclusive)
      .set("reverse", settings.reverse)
      .value();
}

static Ordered ordered(std::vector<Value> results) {
  return {std::move(results[0]), std::move(results[1])};
}

Ordered sort(Operand input, int64_t axis, Order order) {
  return ordered(OpCall::on<ir::SortOp>({&input})
                     .set("axis", axis)
                     .set("descending", order == Order::Descending)
                     .values());
}

Ordered topK(Operand input, int64_t k, int64_t axis, Extreme extreme) {
  return ordered(OpCall::on<ir::TopKOp>({&input})
                     .set("k", k)
                     .set("axis", axis)
                     .set("largest", extreme == Extreme::Largest)
                     .values());
}

Value layerNorm(Operand input, const LayerNorm &settings) {
  return OpCall::on<ir::LayerNormOp>(
             {&input, settings.scale ? &*settings.scale : nullptr,
              settings.bias ? &*settings.bias : nullptr})
      .set("axis", settings.axis)
      .set("epsilon", settings.epsilon)
      .value();
}

} // namespace tactus
