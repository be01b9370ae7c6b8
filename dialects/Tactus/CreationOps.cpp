//===- CreationOps.cpp - Tensors from nothing -----------------------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"

using namespace mlir;
using namespace tactus::ir;

OpFoldResult ConstantOp::fold(FoldAdaptor) {
  return getValue();
}

/// Gives the attribute `type` as the result's type.
static FailureOr<RankedTensorType> staticType(std::optional<Location> location,
                                              Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || !tensor.hasStaticShape() ||
      !isElementType(tensor.getElementType()))
    return emitOptionalError(
        location, "expected a tensor type of static shape, but got ", type);
  if (failed(verifyLimits(location, tensor)))
    return failure();
  return tensor;
}

LogicalResult FillOp::inferReturnTypes(MLIRContext *context,
                                       std::optional<Location> location,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &types) {
  // (C1)
  FailureOr<RankedTensorType> type = staticType(location, adaptor.getType());
  if (failed(type))
    return failure();
  // (C2)
  double value = adaptor.getValue().convertToDouble();
  if (!holdsValue(type->getElementType(), value))
    return emitOptionalError(location, "expected a value of ",
                             type->getElementType(), ", but got ", value);
  types.push_back(*type);
  return success();
}

LogicalResult IotaOp::inferReturnTypes(MLIRContext *context,
                                       std::optional<Location> location,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &types) {
  // (C1)
  FailureOr<RankedTensorType> type = staticType(location, adaptor.getType());
  // (C2)
  if (failed(type) ||
      failed(normalizeAxis(location, adaptor.getAxis(), type->getRank())))
    return failure();
  types.push_back(*type);
  return success();
}

LogicalResult RandomOp::inferReturnTypes(MLIRContext *context,
                                         std::optional<Location> location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  // (C1)
  FailureOr<RankedTensorType> type = staticType(location, adaptor.getType());
  if (failed(type))
    return failure();
  // (C2)
  if (adaptor.getDistribution() == Distribution::normal &&
      !isa<FloatType>(type->getElementType()))
    return emitOptionalError(
        location, "expected a float element type for normal numbers, but got ",
        type->getElementType());
  types.push_back(*type);
  return success();
}
