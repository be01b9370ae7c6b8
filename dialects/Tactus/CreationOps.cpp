//===- CreationOps.cpp - Tensors from nothing -----------------------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/IR/Matchers.h"

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

LogicalResult EyeOp::inferReturnTypes(MLIRContext *context,
                                      std::optional<Location> location,
                                      Adaptor adaptor,
                                      SmallVectorImpl<Type> &types) {
  // (C1)
  FailureOr<RankedTensorType> type = staticType(location, adaptor.getType());
  if (failed(type))
    return failure();
  if (type->getRank() != 2)
    return emitOptionalError(location, "expected a type of rank 2, but got ",
                             *type);
  types.push_back(*type);
  return success();
}

LogicalResult LinspaceOp::inferReturnTypes(MLIRContext *context,
                                           std::optional<Location> location,
                                           Adaptor adaptor,
                                           SmallVectorImpl<Type> &types) {
  // (C1)
  FailureOr<RankedTensorType> type = staticType(location, adaptor.getType());
  if (failed(type))
    return failure();
  if (type->getRank() != 1 || !isa<FloatType>(type->getElementType()))
    return emitOptionalError(
        location, "expected a type of rank 1 and float elements, but got ",
        *type);
  // (C2)
  double start = adaptor.getStart().convertToDouble();
  double stop = adaptor.getStop().convertToDouble();
  if (!std::isfinite(stop - start))
    return emitOptionalError(location,
                             "expected a finite distance from start to stop, "
                             "but got ",
                             start, " and ", stop);
  types.push_back(*type);
  return success();
}

LogicalResult OneHotOp::inferReturnTypes(MLIRContext *context,
                                         std::optional<Location> location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  auto indices = cast<RankedTensorType>(adaptor.getIndices().getType());
  auto values = cast<RankedTensorType>(adaptor.getValues().getType());
  // (C1)
  FailureOr<int64_t> axis =
      normalizeAxis(location, adaptor.getAxis(), indices.getRank() + 1);
  if (failed(axis))
    return failure();
  // (C2)
  int64_t depth = adaptor.getDepth();
  if (depth < 0)
    return emitOptionalError(
        location, "expected a depth that is not negative, but got ", depth);
  // (C3)
  if (failed(verifyCompatibleShape(values.getShape(), ArrayRef<int64_t>{2})))
    return emitOptionalError(location, "expected values of shape [2], but got ",
                             values);
  SmallVector<int64_t> shape(indices.getShape());
  shape.insert(shape.begin() + *axis, depth);
  auto type = RankedTensorType::get(shape, values.getElementType());
  types.push_back(type);
  return verifyLimits(location, type);
}

/// The one element of `value`, as text.
static std::string textOf(DenseElementsAttr value) {
  SmallString<24> text;
  if (isa<FloatType>(value.getElementType()))
    value.getSplatValue<APFloat>().toString(text);
  else
    value.getSplatValue<APInt>().toStringSigned(text);
  return std::string(text);
}

LogicalResult RangeOp::inferReturnTypes(MLIRContext *context,
                                        std::optional<Location> location,
                                        Adaptor adaptor,
                                        SmallVectorImpl<Type> &types) {
  // (C1)
  SmallVector<DenseElementsAttr> known;
  for (Value operand : adaptor.getOperands()) {
    auto type = cast<RankedTensorType>(operand.getType());
    if (type.getRank() != 0)
      return emitOptionalError(location, "expected bounds of rank 0, but got ",
                               type);
    DenseElementsAttr value;
    if (matchPattern(operand, m_Constant(&value)))
      known.push_back(value);
  }
  if (failed(verifyOneElementType(location, adaptor.getOperands())))
    return failure();
  Type element = getElementTypeOrSelf(adaptor.getStart().getType());
  int64_t size = ShapedType::kDynamic;
  // (C2)
  if (known.size() == 3) {
    std::optional<int64_t> length;
    if (isa<FloatType>(element)) {
      auto at = [&](unsigned i) {
        return known[i].getSplatValue<APFloat>().convertToDouble();
      };
      length = rangeLength(at(0), at(1), at(2));
    } else {
      auto at = [&](unsigned i) {
        return known[i].getSplatValue<APInt>().getSExtValue();
      };
      length = rangeLength(at(0), at(1), at(2));
    }
    if (!length)
      return emitOptionalError(location,
                               "expected finite bounds, a delta that is not 0 "
                               "and a tensor of 2^40 bytes or less, but got ",
                               textOf(known[0]), ", ", textOf(known[1]),
                               " and ", textOf(known[2]));
    size = *length;
  }
  auto type = RankedTensorType::get({size}, element);
  types.push_back(type);
  return verifyLimits(location, type);
}
