//===- IndexingOps.cpp - Ops that move elements by index ------------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"

using namespace mlir;
using namespace tactus::ir;

static RankedTensorType typeOf(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// Gives `shape` as the one result; `data` gives the element type.
static LogicalResult giveResult(std::optional<Location> location, Value data,
                                ArrayRef<int64_t> shape,
                                SmallVectorImpl<Type> &types) {
  auto type = RankedTensorType::get(shape, typeOf(data).getElementType());
  types.push_back(type);
  return verifyLimits(location, type);
}

//===----------------------------------------------------------------------===//
// Gather
//===----------------------------------------------------------------------===//

LogicalResult GatherOp::inferReturnTypes(MLIRContext *context,
                                         std::optional<Location> location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  ArrayRef<int64_t> data = typeOf(adaptor.getData()).getShape();
  // (C1)
  FailureOr<int64_t> axis =
      normalizeAxis(location, adaptor.getAxis(), data.size());
  if (failed(axis))
    return failure();
  SmallVector<int64_t> shape(data.take_front(*axis));
  llvm::append_range(shape, typeOf(adaptor.getIndices()).getShape());
  llvm::append_range(shape, data.drop_front(*axis + 1));
  return giveResult(location, adaptor.getData(), shape, types);
}

/// Whether elements of `indices` stand for elements along `axis` of `data`.
static LogicalResult checkAlongAxis(std::optional<Location> location,
                                    ArrayRef<int64_t> data,
                                    ArrayRef<int64_t> indices, int64_t axis) {
  if (indices.size() != data.size())
    return emitOptionalError(location, "expected indices of rank ", data.size(),
                             ", but got ", indices.size());
  for (auto [dim, sizes] : llvm::enumerate(llvm::zip(data, indices))) {
    auto [most, size] = sizes;
    if (int64_t(dim) != axis && !ShapedType::isDynamic(most) &&
        !ShapedType::isDynamic(size) && size > most)
      return emitOptionalError(location, "expected dim ", dim,
                               " of indices to be at most ", most, ", but got ",
                               size);
  }
  return success();
}

LogicalResult GatherElementsOp::inferReturnTypes(
    MLIRContext *context, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &types) {
  ArrayRef<int64_t> data = typeOf(adaptor.getData()).getShape();
  ArrayRef<int64_t> indices = typeOf(adaptor.getIndices()).getShape();
  // (C1)
  FailureOr<int64_t> axis =
      normalizeAxis(location, adaptor.getAxis(), data.size());
  // (C2)
  if (failed(axis) || failed(checkAlongAxis(location, data, indices, *axis)))
    return failure();
  return giveResult(location, adaptor.getData(), indices, types);
}

/// How many dimensions of data a row of `indices` names: 1 to `most`.
static FailureOr<int64_t> rowLength(std::optional<Location> location,
                                    ArrayRef<int64_t> indices, int64_t most) {
  if (indices.empty())
    return emitOptionalError(location,
                             "expected indices of rank 1 or more, but got 0");
  int64_t length = indices.back();
  if (ShapedType::isDynamic(length))
    return emitOptionalError(location, "expected the last size of indices to "
                                       "be known, but got a dynamic one");
  if (length < 1 || length > most)
    return emitOptionalError(location,
                             "expected the last size of indices to be 1 to ",
                             most, ", but got ", length);
  return length;
}

LogicalResult GatherNdOp::inferReturnTypes(MLIRContext *context,
                                           std::optional<Location> location,
                                           Adaptor adaptor,
                                           SmallVectorImpl<Type> &types) {
  ArrayRef<int64_t> data = typeOf(adaptor.getData()).getShape();
  ArrayRef<int64_t> indices = typeOf(adaptor.getIndices()).getShape();
  int64_t batch = adaptor.getBatchDims();
  int64_t least = std::min(data.size(), indices.size());
  // (C1)
  if (batch < 0 || batch >= least)
    return emitOptionalError(location, "expected batch_dims from 0 to ",
                             least - 1, ", but got ", batch);
  SmallVector<int64_t> shape(indices.drop_back());
  for (int64_t dim = 0; dim < batch; ++dim)
    // (C2)
    if (failed(joinSizes(shape[dim], data[dim])))
      return emitOptionalError(location, "expected dim ", dim,
                               " of data and indices to be equal, but got ",
                               data[dim], " and ", indices[dim]);
  // (C3)
  FailureOr<int64_t> length =
      rowLength(location, indices, int64_t(data.size()) - batch);
  if (failed(length))
    return failure();
  llvm::append_range(shape, data.drop_front(batch + *length));
  return giveResult(location, adaptor.getData(), shape, types);
}

//===----------------------------------------------------------------------===//
// Scatter
//===----------------------------------------------------------------------===//

/// `updates` has this shape and the element type of `data`.
static LogicalResult checkUpdates(std::optional<Location> location, Value data,
                                  Value updates, ArrayRef<int64_t> shape) {
  Type expected = typeOf(data).getElementType(),
       actual = typeOf(updates).getElementType();
  if (expected != actual)
    return emitOptionalError(location, "expected updates of ", expected,
                             ", but got ", actual);
  ArrayRef<int64_t> sizes = typeOf(updates).getShape();
  if (sizes.size() != shape.size())
    return emitOptionalError(location, "expected updates of rank ",
                             shape.size(), ", but got ", sizes.size());
  for (auto [dim, pair] : llvm::enumerate(llvm::zip(shape, sizes))) {
    int64_t size = std::get<0>(pair);
    if (failed(joinSizes(size, std::get<1>(pair))))
      return emitOptionalError(location, "expected dim ", dim,
                               " of updates to be ", std::get<0>(pair),
                               ", but got ", std::get<1>(pair));
  }
  return success();
}

static LogicalResult checkReduction(std::optional<Location> location,
                                    Value data, ScatterReduction reduction) {
  if (typeOf(data).getElementType().isInteger(1) &&
      reduction != ScatterReduction::none)
    return emitOptionalError(location,
                             "expected reduction none for i1, but got ",
                             stringifyScatterReduction(reduction));
  return success();
}

LogicalResult ScatterElementsOp::inferReturnTypes(
    MLIRContext *context, std::optional<Location> location, Adaptor adaptor,
    SmallVectorImpl<Type> &types) {
  Value data = adaptor.getData();
  ArrayRef<int64_t> indices = typeOf(adaptor.getIndices()).getShape();
  types.push_back(data.getType());
  // (C1)
  FailureOr<int64_t> axis =
      normalizeAxis(location, adaptor.getAxis(), typeOf(data).getRank());
  if (failed(axis))
    return failure();
  // (C2), (C3), (C4)
  return failure(
      failed(
          checkAlongAxis(location, typeOf(data).getShape(), indices, *axis)) ||
      failed(checkUpdates(location, data, adaptor.getUpdates(), indices)) ||
      failed(checkReduction(location, data, adaptor.getReduction())));
}

LogicalResult ScatterNdOp::inferReturnTypes(MLIRContext *context,
                                            std::optional<Location> location,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  Value data = adaptor.getData();
  ArrayRef<int64_t> sizes = typeOf(data).getShape();
  ArrayRef<int64_t> indices = typeOf(adaptor.getIndices()).getShape();
  types.push_back(data.getType());
  // (C1)
  FailureOr<int64_t> length = rowLength(location, indices, sizes.size());
  if (failed(length))
    return failure();
  SmallVector<int64_t> shape(indices.drop_back());
  llvm::append_range(shape, sizes.drop_front(*length));
  // (C2), (C3)
  return failure(
      failed(checkUpdates(location, data, adaptor.getUpdates(), shape)) ||
      failed(checkReduction(location, data, adaptor.getReduction())));
}
