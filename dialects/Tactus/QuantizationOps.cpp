//===- QuantizationOps.cpp - Between floats and small integers ------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"

using namespace mlir;
using namespace tactus::ir;

static LogicalResult verifyByte(std::optional<Location> location, Type to) {
  if (to.isUnsignedInteger(8) || to.isSignlessInteger(8))
    return success();
  return emitOptionalError(location, "expected to be i8 or ui8, but got ", to);
}

LogicalResult QuantizeOp::inferReturnTypes(MLIRContext *,
                                           std::optional<Location> location,
                                           Adaptor adaptor,
                                           SmallVectorImpl<Type> &types) {
  // (C2), then (C1)
  if (failed(verifyByte(location, adaptor.getTo())))
    return failure();
  return inferBroadcastTo(location, adaptor.getOperands(), adaptor.getTo(),
                          types);
}

LogicalResult RequantizeOp::inferReturnTypes(MLIRContext *,
                                             std::optional<Location> location,
                                             Adaptor adaptor,
                                             SmallVectorImpl<Type> &types) {
  // (C2), then (C1)
  if (failed(verifyByte(location, adaptor.getTo())))
    return failure();
  return inferBroadcastTo(location, adaptor.getOperands(), adaptor.getTo(),
                          types);
}

LogicalResult DequantizeOp::inferReturnTypes(MLIRContext *context,
                                             std::optional<Location> location,
                                             Adaptor adaptor,
                                             SmallVectorImpl<Type> &types) {
  // (C1)
  return inferBroadcastTo(location, adaptor.getOperands(),
                          Float32Type::get(context), types);
}

LogicalResult DynamicQuantizeOp::inferReturnTypes(
    MLIRContext *context, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  // (C2)
  if (failed(verifyByte(location, adaptor.getTo())))
    return failure();
  SmallVector<int64_t> shape;
  if (adaptor.getAxes()) {
    // (C1)
    auto axes = normalizeAxes(location, adaptor.getAxes(), input.getRank());
    if (failed(axes))
      return failure();
    llvm::append_range(shape, input.getShape());
    for (int64_t axis : *axes)
      shape[size_t(axis)] = 1;
  }
  types.push_back(input.clone(adaptor.getTo()));
  types.push_back(RankedTensorType::get(shape, Float32Type::get(context)));
  types.push_back(RankedTensorType::get(shape, IntegerType::get(context, 32)));
  return success();
}
