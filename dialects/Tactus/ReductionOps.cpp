//===- ReductionOps.cpp - Ops that remove dimensions ----------------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"
#include <cmath>

using namespace mlir;
using namespace tactus::ir;

/// Gives the type of a reduction that keeps the element type.
template <typename Adaptor>
static LogicalResult inferReduction(std::optional<Location> location,
                                    Adaptor adaptor, Type elementType,
                                    bool allowsEmpty,
                                    SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  // (C1)
  FailureOr<SmallVector<int64_t>> axes =
      normalizeAxes(location, adaptor.getAxes(), input.getRank());
  if (failed(axes))
    return failure();
  // (C2)
  for (int64_t axis : *axes)
    if (!allowsEmpty && input.getDimSize(axis) == 0)
      return emitOptionalError(location,
                               "expected elements to compare, but got dim ",
                               axis, " of size 0");
  types.push_back(
      reducedType(input, *axes, adaptor.getKeepdims(), elementType));
  return success();
}

/// The same for sums and products, which name the element type of the result.
template <typename Adaptor>
static LogicalResult inferAccumulation(std::optional<Location> location,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &types) {
  Type element = getElementTypeOrSelf(adaptor.getInput().getType());
  // (C2)
  SmallVector<Type> allowed = accumulationTypes(element);
  Type result = adaptor.getElementType().value_or(allowed.front());
  if (!llvm::is_contained(allowed, result))
    return emitOptionalError(location, "expected element_type ", allowed.back(),
                             " for an input of ", element, ", but got ",
                             result);
  return inferReduction(location, adaptor, result, /*allowsEmpty=*/true, types);
}

/// The same for those that give the place of an element along one axis.
template <typename Adaptor>
static LogicalResult inferPlace(MLIRContext *context,
                                std::optional<Location> location,
                                Adaptor adaptor, SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  // (C1)
  FailureOr<int64_t> axis =
      normalizeAxis(location, adaptor.getAxis(), input.getRank());
  if (failed(axis))
    return failure();
  // (C2)
  if (input.getDimSize(*axis) == 0)
    return emitOptionalError(location,
                             "expected elements to compare, but got dim ",
                             *axis, " of size 0");
  types.push_back(reducedType(input, *axis, adaptor.getKeepdims(),
                              IntegerType::get(context, 64)));
  return success();
}

LogicalResult SumOp::inferReturnTypes(MLIRContext *context,
                                      std::optional<Location> location,
                                      Adaptor adaptor,
                                      SmallVectorImpl<Type> &types) {
  return inferAccumulation(location, adaptor, types);
}

LogicalResult ProdOp::inferReturnTypes(MLIRContext *context,
                                       std::optional<Location> location,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &types) {
  return inferAccumulation(location, adaptor, types);
}

LogicalResult MeanOp::inferReturnTypes(MLIRContext *context,
                                       std::optional<Location> location,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &types) {
  return inferReduction(location, adaptor,
                        getElementTypeOrSelf(adaptor.getInput().getType()),
                        /*allowsEmpty=*/true, types);
}

LogicalResult MaxOp::inferReturnTypes(MLIRContext *context,
                                      std::optional<Location> location,
                                      Adaptor adaptor,
                                      SmallVectorImpl<Type> &types) {
  return inferReduction(location, adaptor,
                        getElementTypeOrSelf(adaptor.getInput().getType()),
                        /*allowsEmpty=*/false, types);
}

LogicalResult MinOp::inferReturnTypes(MLIRContext *context,
                                      std::optional<Location> location,
                                      Adaptor adaptor,
                                      SmallVectorImpl<Type> &types) {
  return inferReduction(location, adaptor,
                        getElementTypeOrSelf(adaptor.getInput().getType()),
                        /*allowsEmpty=*/false, types);
}

LogicalResult ArgmaxOp::inferReturnTypes(MLIRContext *context,
                                         std::optional<Location> location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  return inferPlace(context, location, adaptor, types);
}

LogicalResult ArgminOp::inferReturnTypes(MLIRContext *context,
                                         std::optional<Location> location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  return inferPlace(context, location, adaptor, types);
}

LogicalResult AnyOp::inferReturnTypes(MLIRContext *context,
                                      std::optional<Location> location,
                                      Adaptor adaptor,
                                      SmallVectorImpl<Type> &types) {
  return inferReduction(location, adaptor,
                        getElementTypeOrSelf(adaptor.getInput().getType()),
                        /*allowsEmpty=*/true, types);
}

LogicalResult AllOp::inferReturnTypes(MLIRContext *context,
                                      std::optional<Location> location,
                                      Adaptor adaptor,
                                      SmallVectorImpl<Type> &types) {
  return inferReduction(location, adaptor,
                        getElementTypeOrSelf(adaptor.getInput().getType()),
                        /*allowsEmpty=*/true, types);
}

LogicalResult LogSumExpOp::inferReturnTypes(MLIRContext *context,
                                            std::optional<Location> location,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  return inferReduction(location, adaptor,
                        getElementTypeOrSelf(adaptor.getInput().getType()),
                        /*allowsEmpty=*/true, types);
}

LogicalResult L1NormOp::inferReturnTypes(MLIRContext *context,
                                         std::optional<Location> location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  return inferReduction(location, adaptor,
                        getElementTypeOrSelf(adaptor.getInput().getType()),
                        /*allowsEmpty=*/true, types);
}

LogicalResult L2NormOp::inferReturnTypes(MLIRContext *context,
                                         std::optional<Location> location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  return inferReduction(location, adaptor,
                        getElementTypeOrSelf(adaptor.getInput().getType()),
                        /*allowsEmpty=*/true, types);
}

LogicalResult VarianceOp::inferReturnTypes(MLIRContext *context,
                                           std::optional<Location> location,
                                           Adaptor adaptor,
                                           SmallVectorImpl<Type> &types) {
  // (C2)
  int64_t correction = adaptor.getCorrection();
  if (correction != 0 && correction != 1)
    return emitOptionalError(
        location, "expected a correction of 0 or 1, but got ", correction);
  return inferReduction(location, adaptor,
                        getElementTypeOrSelf(adaptor.getInput().getType()),
                        /*allowsEmpty=*/true, types);
}

LogicalResult LayerNormOp::inferReturnTypes(MLIRContext *context,
                                            std::optional<Location> location,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  // (C1)
  if (failed(normalizeAxis(location, adaptor.getAxis(), input.getRank())))
    return failure();
  // (C2)
  for (Value operand : {adaptor.getScale(), adaptor.getBias()}) {
    if (!operand)
      continue;
    SmallVector<Type> joined;
    if (failed(inferBroadcast(location, {adaptor.getInput(), operand}, joined)))
      return failure();
    if (cast<RankedTensorType>(joined.front()).getShape() != input.getShape())
      return emitOptionalError(location,
                               "expected scale and bias that broadcast to ",
                               input, ", but got ", operand.getType());
  }
  // (C3)
  double epsilon = adaptor.getEpsilon().convertToDouble();
  if (!std::isfinite(epsilon) || epsilon < 0)
    return emitOptionalError(
        location, "expected a finite epsilon of at least 0, but got ", epsilon);
  types.push_back(input);
  return success();
}
