//===- QuantizationOps.cpp - Between floats and small integers ------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"
#include <cmath>

using namespace mlir;
using namespace tactus::ir;

/// Adds `type` with another element type.
static LogicalResult addWithElementType(std::optional<Location> location,
                                        Type type, Type elementType,
                                        SmallVectorImpl<Type> &types) {
  auto shaped = dyn_cast<ShapedType>(type);
  types.push_back(shaped ? shaped.clone(elementType) : elementType);
  auto tensor = dyn_cast<RankedTensorType>(types.back());
  return success(!tensor || succeeded(verifyLimits(location, tensor)));
}

static LogicalResult verifyScale(std::optional<Location> location,
                                 const APFloat &attribute) {
  float scale = float(attribute.convertToDouble());
  if (std::isfinite(scale) && scale > 0)
    return success();
  return emitOptionalError(
      location, "expected a positive, finite scale, but got ", scale);
}

/// What quantize and requantize have in common.
static LogicalResult inferQuantized(std::optional<Location> location,
                                    Type input, const APFloat &scale,
                                    int64_t zeroPoint, Type to,
                                    SmallVectorImpl<Type> &types) {
  // (C1)
  if (failed(verifyScale(location, scale)))
    return failure();
  // (C3)
  bool isUnsigned = to.isUnsignedInteger(8);
  if (!isUnsigned && !to.isSignlessInteger(8))
    return emitOptionalError(location, "expected to be i8 or ui8, but got ",
                             to);
  // (C2)
  int64_t low = isUnsigned ? 0 : -128, high = isUnsigned ? 255 : 127;
  if (zeroPoint < low || zeroPoint > high)
    return emitOptionalError(location, "expected a zero_point from ", low,
                             " to ", high, ", but got ", zeroPoint);
  return addWithElementType(location, input, to, types);
}

LogicalResult QuantizeOp::inferReturnTypes(MLIRContext *context,
                                           std::optional<Location> location,
                                           Adaptor adaptor,
                                           SmallVectorImpl<Type> &types) {
  return inferQuantized(location, adaptor.getInput().getType(),
                        adaptor.getScale(), adaptor.getZeroPoint(),
                        adaptor.getTo(), types);
}

LogicalResult RequantizeOp::inferReturnTypes(MLIRContext *context,
                                             std::optional<Location> location,
                                             Adaptor adaptor,
                                             SmallVectorImpl<Type> &types) {
  return inferQuantized(location, adaptor.getInput().getType(),
                        adaptor.getScale(), adaptor.getZeroPoint(),
                        adaptor.getTo(), types);
}

LogicalResult DequantizeOp::inferReturnTypes(MLIRContext *context,
                                             std::optional<Location> location,
                                             Adaptor adaptor,
                                             SmallVectorImpl<Type> &types) {
  // (C1)
  if (failed(verifyScale(location, adaptor.getScale())))
    return failure();
  return addWithElementType(location, adaptor.getInput().getType(),
                            Float32Type::get(context), types);
}
