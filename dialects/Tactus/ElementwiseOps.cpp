//===- ElementwiseOps.cpp - Arithmetic element by element -----------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"

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

/// cast(x) -> x where the type stays
OpFoldResult CastOp::fold(FoldAdaptor) {
  return getInput().getType() == getType() ? getInput() : OpFoldResult();
}
