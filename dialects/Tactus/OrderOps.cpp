//===- OrderOps.cpp - Ops that go along a dimension in order --------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"

using namespace mlir;
using namespace tactus::ir;

template <typename Adaptor>
static LogicalResult inferCumulative(std::optional<Location> location,
                                     Adaptor adaptor,
                                     SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  // (C1)
  if (failed(normalizeAxis(location, adaptor.getAxis(), input.getRank())))
    return failure();
  types.push_back(input);
  return success();
}

LogicalResult CumsumOp::inferReturnTypes(MLIRContext *context,
                                         std::optional<Location> location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  return inferCumulative(location, adaptor, types);
}

LogicalResult CumprodOp::inferReturnTypes(MLIRContext *context,
                                          std::optional<Location> location,
                                          Adaptor adaptor,
                                          SmallVectorImpl<Type> &types) {
  return inferCumulative(location, adaptor, types);
}

/// Elements, and as many indices.
static LogicalResult pushOrdered(std::optional<Location> location,
                                 RankedTensorType values,
                                 SmallVectorImpl<Type> &types) {
  auto indices = values.clone(IntegerType::get(values.getContext(), 64));
  types.assign({values, indices});
  return verifyLimits(location, cast<RankedTensorType>(indices));
}

LogicalResult SortOp::inferReturnTypes(MLIRContext *context,
                                       std::optional<Location> location,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  // (C1)
  if (failed(normalizeAxis(location, adaptor.getAxis(), input.getRank())))
    return failure();
  return pushOrdered(location, input, types);
}

LogicalResult TopKOp::inferReturnTypes(MLIRContext *context,
                                       std::optional<Location> location,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  // (C1)
  FailureOr<int64_t> axis =
      normalizeAxis(location, adaptor.getAxis(), input.getRank());
  if (failed(axis))
    return failure();
  // (C2)
  SmallVector<int64_t> shape(input.getShape());
  int64_t k = adaptor.getK(), size = shape[*axis];
  if (k < 0 || (!ShapedType::isDynamic(size) && k > size))
    return emitOptionalError(
        location, "expected k from 0 to the size of dim ", *axis,
        ShapedType::isDynamic(size) ? "" : " (" + std::to_string(size) + ")",
        ", but got ", k);
  shape[*axis] = k;
  return pushOrdered(
      location, RankedTensorType::get(shape, input.getElementType()), types);
}
