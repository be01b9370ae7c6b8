//===- LogicOps.cpp - Comparison, choice, logic and bits ------------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"

using namespace mlir;
using namespace tactus::ir;

LogicalResult CompareOp::inferReturnTypes(MLIRContext *context,
                                          std::optional<Location> location,
                                          Adaptor adaptor,
                                          SmallVectorImpl<Type> &types) {
  // (C1)
  if (failed(verifyOneElementType(location, adaptor.getOperands())))
    return failure();
  // (C2)
  return inferBroadcastTo(location, adaptor.getOperands(),
                          IntegerType::get(context, 1), types);
}

LogicalResult SelectOp::inferReturnTypes(MLIRContext *context,
                                         std::optional<Location> location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  // (C1)
  ValueRange branches = adaptor.getOperands().drop_front();
  if (failed(verifyOneElementType(location, branches)))
    return failure();
  // (C2)
  return inferBroadcastTo(location, adaptor.getOperands(),
                          getElementTypeOrSelf(branches.front().getType()),
                          types);
}

/// select(c, x, x) -> x
OpFoldResult SelectOp::fold(FoldAdaptor) {
  bool isSame =
      getOnTrue() == getOnFalse() && getOnTrue().getType() == getType();
  return isSame ? getOnTrue() : OpFoldResult();
}
