//===- CreationOps.cpp - Tensors from nothing -----------------------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"
#include <cmath>

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

/// Whether the element type holds `value`, but for rounding of floats.
static bool holds(Type elementType, double value) {
  if (auto floatType = dyn_cast<FloatType>(elementType)) {
    bool loses = false;
    APFloat rounded(value);
    rounded.convert(floatType.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                    &loses);
    return !std::isfinite(value) || rounded.isFinite();
  }
  unsigned width = elementType.getIntOrFloatBitWidth();
  bool isUnsigned = elementType.isUnsignedInteger() || width == 1;
  double low = isUnsigned ? 0 : -std::ldexp(1.0, width - 1);
  double past = std::ldexp(1.0, isUnsigned ? width : width - 1);
  return value == std::trunc(value) && value >= low && value < past;
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
  if (!holds(type->getElementType(), value))
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
