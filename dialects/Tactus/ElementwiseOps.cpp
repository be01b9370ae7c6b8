//===- ElementwiseOps.cpp - Arithmetic element by element -----------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"
#include <cmath>

using namespace mlir;
using namespace tactus::ir;

LogicalResult ModOp::inferReturnTypes(MLIRContext *,
                                      std::optional<Location> location,
                                      Adaptor adaptor,
                                      SmallVectorImpl<Type> &types) {
  return inferBroadcast(location, adaptor.getOperands(), types);
}

LogicalResult ClampOp::inferReturnTypes(MLIRContext *,
                                        std::optional<Location> location,
                                        Adaptor adaptor,
                                        SmallVectorImpl<Type> &types) {
  return inferBroadcast(location, adaptor.getOperands(), types);
}

LogicalResult CastOp::inferReturnTypes(MLIRContext *context,
                                       std::optional<Location> location,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &types) {
  Type to = adaptor.getTo();
  // (C1)
  if (!isElementType(to))
    return emitOptionalError(location, "expected an element type, but got ",
                             to);
  Type input = adaptor.getInput().getType();
  if (auto shaped = dyn_cast<ShapedType>(input))
    types.push_back(shaped.clone(to));
  else
    types.push_back(to);
  auto tensor = dyn_cast<RankedTensorType>(types.back());
  return success(!tensor || succeeded(verifyLimits(location, tensor)));
}

LogicalResult PiecewiseLinearOp::inferReturnTypes(
    MLIRContext *, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &types) {
  constexpr int64_t mostSegments = int64_t(1) << 20;
  auto values = cast<RankedTensorType>(adaptor.getValues().getType());
  auto slopes = cast<RankedTensorType>(adaptor.getSlopes().getType());
  // (C1)
  bool fits = values.getRank() == 1 && slopes.getRank() == 1;
  if (fits && slopes.hasStaticShape()) {
    int64_t count = slopes.getDimSize(0);
    fits = count >= 1 && count <= mostSegments &&
           (!values.hasStaticShape() || values.getDimSize(0) == count + 1);
  }
  if (!fits)
    return emitOptionalError(
        location,
        "expected a vector of 1 to 1048576 slopes and one of one value more, "
        "but got ",
        slopes, " and ", values);
  // (C2)
  float low = float(adaptor.getLow().convertToDouble());
  float step = float(adaptor.getStep().convertToDouble());
  int64_t count = slopes.hasStaticShape() ? slopes.getDimSize(0) : 1;
  float high = low + float(count) * step;
  if (!std::isfinite(low) || !(step > 0) || !std::isfinite(high) || high <= low)
    return emitOptionalError(location,
                             "expected knots that ascend and are finite, but "
                             "got a first one of ",
                             double(low), " and a last one of ", double(high));
  types.push_back(adaptor.getInput().getType());
  return success();
}

/// cast(x) -> x where the type stays
OpFoldResult CastOp::fold(FoldAdaptor) {
  return getInput().getType() == getType() ? getInput() : OpFoldResult();
}
