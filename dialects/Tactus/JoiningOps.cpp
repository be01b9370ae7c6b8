//===- JoiningOps.cpp - Tensors repeated, joined, cut and padded ----------===//
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"

using namespace mlir;
using namespace tactus::ir;

static constexpr int64_t dynamicSize = ShapedType::kDynamic;

static constexpr const char *tooLarge =
    "expected a shape of fewer than 2^63 elements";

//===----------------------------------------------------------------------===//
// TileOp
//===----------------------------------------------------------------------===//

LogicalResult TileOp::inferReturnTypes(MLIRContext *context,
                                       std::optional<Location> location,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  ArrayRef<int64_t> repeats = adaptor.getRepeats();
  // (C1)
  if (int64_t(repeats.size()) != input.getRank())
    return emitOptionalError(location, "expected ", input.getRank(),
                             " repeats, one a dimension, but got ",
                             repeats.size());
  SmallVector<int64_t> shape(input.getShape());
  for (auto [dim, repeat] : llvm::enumerate(repeats)) {
    if (repeat < 0)
      return emitOptionalError(location,
                               "expected repeats of at least 0, but "
                               "got ",
                               repeat, " for dim ", dim);
    if (repeat == 0)
      shape[dim] = 0;
    else if (!ShapedType::isDynamic(shape[dim]) &&
             llvm::MulOverflow(shape[dim], repeat, shape[dim]))
      return emitOptionalError(location, tooLarge);
  }
  // A dynamic dimension stays one unless it is not repeated at all.
  auto type = RankedTensorType::get(shape, input.getElementType());
  types.push_back(type);
  return verifyLimits(location, type);
}

//===----------------------------------------------------------------------===//
// ConcatOp
//===----------------------------------------------------------------------===//

LogicalResult ConcatOp::inferReturnTypes(MLIRContext *context,
                                         std::optional<Location> location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  ValueRange inputs = adaptor.getInputs();
  // (C1)
  if (inputs.empty())
    return emitOptionalError(location,
                             "expected one input or more, but got none");
  auto first = cast<RankedTensorType>(inputs.front().getType());
  // (C3)
  FailureOr<int64_t> axis =
      normalizeAxis(location, adaptor.getAxis(), first.getRank());
  if (failed(axis))
    return failure();
  SmallVector<int64_t> shape(first.getShape());
  for (auto [i, input] : llvm::drop_begin(llvm::enumerate(inputs))) {
    auto type = cast<RankedTensorType>(input.getType());
    // (C2)
    if (type.getElementType() != first.getElementType())
      return emitOptionalError(location,
                               "expected inputs of one element type, but got ",
                               first.getElementType(), " and ",
                               type.getElementType(), " as input ", i);
    if (type.getRank() != first.getRank())
      return emitOptionalError(location, "expected inputs of rank ",
                               first.getRank(), ", but got ", type.getRank(),
                               " as the rank of input ", i);
    for (auto [dim, size] : llvm::enumerate(type.getShape())) {
      if (int64_t(dim) != *axis) {
        // (C4)
        int64_t known = shape[dim];
        if (failed(joinSizes(shape[dim], size)))
          return emitOptionalError(location, "expected dim ", dim, " (", size,
                                   ") of input ", i,
                                   " to equal that of the "
                                   "others (",
                                   known, ")");
        continue;
      }
      if (ShapedType::isDynamic(size) || ShapedType::isDynamic(shape[dim]))
        shape[dim] = dynamicSize;
      else if (llvm::AddOverflow(shape[dim], size, shape[dim]))
        return emitOptionalError(location, tooLarge);
    }
  }
  auto type = RankedTensorType::get(shape, first.getElementType());
  types.push_back(type);
  return verifyLimits(location, type);
}

//===----------------------------------------------------------------------===//
// SplitOp
//===----------------------------------------------------------------------===//

/// The sizes of the parts; `size` is that of the dimension.
static FailureOr<SmallVector<int64_t>>
partSizes(std::optional<Location> location, SplitOp::Adaptor adaptor,
          int64_t size) {
  constexpr int64_t maxParts = 4096;
  // (C2)
  std::optional<ArrayRef<int64_t>> sizes = adaptor.getSizes();
  std::optional<int64_t> numOutputs = adaptor.getNumOutputs();
  if (bool(sizes) == bool(numOutputs))
    return emitOptionalError(location,
                             "expected one of sizes and num_outputs, but got ",
                             sizes ? "both" : "none");
  // (C4)
  int64_t count = sizes ? int64_t(sizes->size()) : *numOutputs;
  if (count < 1 || count > maxParts)
    return emitOptionalError(location, "expected 1 to ", maxParts,
                             " parts, but got ", count);
  if (!sizes) {
    SmallVector<int64_t> parts(count, dynamicSize);
    if (ShapedType::isDynamic(size))
      return parts;
    int64_t most = llvm::divideCeil(size, count);
    for (int64_t &part : parts) {
      part = std::min(most, size);
      size -= part;
    }
    return parts;
  }
  // (C3)
  int64_t sum = 0;
  for (int64_t part : *sizes) {
    if (part < 0)
      return emitOptionalError(location,
                               "expected sizes of at least 0, but got ", part);
    if (llvm::AddOverflow(sum, part, sum))
      return emitOptionalError(location, tooLarge);
  }
  if (!ShapedType::isDynamic(size) && sum != size)
    return emitOptionalError(location, "expected sizes that sum to ", size,
                             ", but got a sum of ", sum);
  return SmallVector<int64_t>(*sizes);
}

LogicalResult SplitOp::inferReturnTypes(MLIRContext *context,
                                        std::optional<Location> location,
                                        Adaptor adaptor,
                                        SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  // (C1)
  FailureOr<int64_t> axis =
      normalizeAxis(location, adaptor.getAxis(), input.getRank());
  if (failed(axis))
    return failure();
  FailureOr<SmallVector<int64_t>> parts =
      partSizes(location, adaptor, input.getDimSize(*axis));
  if (failed(parts))
    return failure();
  for (int64_t part : *parts) {
    SmallVector<int64_t> shape(input.getShape());
    shape[*axis] = part;
    auto type = RankedTensorType::get(shape, input.getElementType());
    if (failed(verifyLimits(location, type)))
      return failure();
    types.push_back(type);
  }
  return success();
}

//===----------------------------------------------------------------------===//
// PadOp
//===----------------------------------------------------------------------===//

LogicalResult PadOp::inferReturnTypes(MLIRContext *context,
                                      std::optional<Location> location,
                                      Adaptor adaptor,
                                      SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  ArrayRef<int64_t> pads = adaptor.getPads();
  int64_t rank = input.getRank();
  // (C1)
  if (int64_t(pads.size()) != 2 * rank)
    return emitOptionalError(location, "expected ", 2 * rank,
                             " pads, two a dimension, but got ", pads.size());
  SmallVector<int64_t> shape(input.getShape());
  for (int64_t dim = 0; dim < rank; ++dim) {
    if (ShapedType::isDynamic(shape[dim]))
      continue;
    int64_t before = pads[dim], after = pads[rank + dim];
    // (C2)
    int64_t left = shape[dim];
    if (llvm::AddOverflow(left, std::min<int64_t>(before, 0), left) ||
        llvm::AddOverflow(left, std::min<int64_t>(after, 0), left) || left < 0)
      return emitOptionalError(
          location, "expected pads that leave elements of dim ", dim, " (",
          shape[dim], "), but got ", before, " and ", after);
    // (C3)
    bool grows = before > 0 || after > 0;
    if (grows && left == 0 && adaptor.getMode() != PadMode::constant)
      return emitOptionalError(location, "expected elements along dim ", dim,
                               " to pad it with, but got none");
    if (llvm::AddOverflow(left, std::max<int64_t>(before, 0), left) ||
        llvm::AddOverflow(left, std::max<int64_t>(after, 0), left))
      return emitOptionalError(location, tooLarge);
    shape[dim] = left;
  }
  // (C4)
  double value = adaptor.getValue().convertToDouble();
  if (!holdsValue(input.getElementType(), value))
    return emitOptionalError(location, "expected a value of ",
                             input.getElementType(), ", but got ", value);
  auto type = RankedTensorType::get(shape, input.getElementType());
  types.push_back(type);
  return verifyLimits(location, type);
}
