//===- ShapeOps.cpp - Ops that move elements ------------------------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"

using namespace mlir;
using namespace tactus::ir;

static constexpr int64_t dynamicSize = ShapedType::kDynamic;

//===----------------------------------------------------------------------===//
// ReshapeOp
//===----------------------------------------------------------------------===//

LogicalResult ReshapeOp::inferReturnTypes(MLIRContext *context,
                                          std::optional<Location> location,
                                          Adaptor adaptor,
                                          SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  SmallVector<int64_t> shape(adaptor.getShape());
  // (C1)
  int64_t known = 1, unknown = -1;
  for (auto [dim, size] : llvm::enumerate(shape)) {
    if (size < -1 || (size == -1 && unknown >= 0))
      return emitOptionalError(location,
                               "expected sizes, and -1 at most once, but got ",
                               size, " as dim ", dim);
    if (size == -1)
      unknown = dim;
    else if (llvm::MulOverflow(known, size, known))
      return emitOptionalError(location,
                               "expected a shape of fewer than 2^63 elements");
  }
  // (C2)
  if (input.hasStaticShape()) {
    int64_t count = input.getNumElements();
    bool fits = unknown < 0 ? count == known : known != 0 && count % known == 0;
    if (!fits)
      return emitOptionalError(location, "expected a shape of ", count,
                               " elements, but got ", known,
                               unknown < 0 ? "" : " times an unknown size");
    if (unknown >= 0)
      shape[unknown] = count / known;
  } else if (unknown >= 0) {
    shape[unknown] = dynamicSize;
  }
  auto type = RankedTensorType::get(shape, input.getElementType());
  types.push_back(type);
  return verifyLimits(location, type);
}

/// reshape(x) -> x where the shape stays;
/// reshape(reshape(x)) -> reshape(x)
OpFoldResult ReshapeOp::fold(FoldAdaptor) {
  if (getInput().getType() == getType() && getType().hasStaticShape())
    return getInput();
  if (auto inner = getInput().getDefiningOp<ReshapeOp>()) {
    // A size of -1 that follows from the inner shape need not from its input's.
    if (getType().hasStaticShape())
      setShape(getType().getShape());
    getInputMutable().assign(inner.getInput());
    return getResult();
  }
  return {};
}

//===----------------------------------------------------------------------===//
// TransposeOp
//===----------------------------------------------------------------------===//

LogicalResult TransposeOp::inferReturnTypes(MLIRContext *context,
                                            std::optional<Location> location,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  ArrayRef<int64_t> perm = adaptor.getPerm();
  // (C1)
  SmallVector<int64_t> sorted(perm), shape;
  llvm::sort(sorted);
  if (sorted != llvm::to_vector(llvm::seq<int64_t>(0, input.getRank()))) {
    return emitOptionalError(location, "expected perm to hold each of the ",
                             input.getRank(), " dimensions once, but got [",
                             llvm::make_range(perm.begin(), perm.end()), "]");
  }
  for (int64_t dim : perm)
    shape.push_back(input.getDimSize(dim));
  types.push_back(RankedTensorType::get(shape, input.getElementType()));
  return success();
}

/// transpose(x) -> x where no dimension moves;
/// transpose(transpose(x, p), q) -> transpose(x, p o q)
OpFoldResult TransposeOp::fold(FoldAdaptor) {
  ArrayRef<int64_t> perm = getPerm();
  if (llvm::is_sorted(perm))
    return getInput();
  if (auto inner = getInput().getDefiningOp<TransposeOp>()) {
    SmallVector<int64_t> composed;
    for (int64_t dim : perm)
      composed.push_back(inner.getPerm()[dim]);
    setPerm(composed);
    getInputMutable().assign(inner.getInput());
    return getResult();
  }
  return {};
}

//===----------------------------------------------------------------------===//
// BroadcastOp
//===----------------------------------------------------------------------===//

LogicalResult BroadcastOp::inferReturnTypes(MLIRContext *context,
                                            std::optional<Location> location,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  // (C1)
  for (auto [dim, size] : llvm::enumerate(adaptor.getShape()))
    if (size < 0)
      return emitOptionalError(location, "expected sizes, but got ", size,
                               " as dim ", dim);
  // (C2)
  FailureOr<SmallVector<int64_t>> shape =
      broadcastShapes(location, input.getShape(), adaptor.getShape());
  if (failed(shape))
    return failure();
  auto type = RankedTensorType::get(*shape, input.getElementType());
  types.push_back(type);
  return verifyLimits(location, type);
}

/// broadcast(x) -> x where the shape stays
OpFoldResult BroadcastOp::fold(FoldAdaptor) {
  bool same = getInput().getType() == getType() && getType().hasStaticShape();
  return same ? getInput() : OpFoldResult();
}

//===----------------------------------------------------------------------===//
// SliceOp
//===----------------------------------------------------------------------===//

LogicalResult SliceOp::inferReturnTypes(MLIRContext *context,
                                        std::optional<Location> location,
                                        Adaptor adaptor,
                                        SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  size_t count = adaptor.getStarts().size();
  SmallVector<int64_t> firstAxes =
      llvm::to_vector(llvm::seq<int64_t>(0, count));
  SmallVector<int64_t> ones(count, 1);
  ArrayRef<int64_t> axes = adaptor.getAxes().value_or(ArrayRef(firstAxes));
  ArrayRef<int64_t> steps = adaptor.getSteps().value_or(ArrayRef(ones));
  // (C1)
  if (adaptor.getEnds().size() != count || axes.size() != count ||
      steps.size() != count)
    return emitOptionalError(
        location,
        "expected starts, ends, axes and steps of one length, but got ", count,
        ", ", adaptor.getEnds().size(), ", ", axes.size(), " and ",
        steps.size());
  // (C2)
  if (failed(normalizeAxes(location, axes, input.getRank())))
    return failure();
  SmallVector<int64_t> shape(input.getShape());
  for (size_t i = 0; i < count; ++i) {
    // (C3)
    if (steps[i] == 0)
      return emitOptionalError(location,
                               "expected steps other than 0, but got 0");
    int64_t axis = axes[i] < 0 ? axes[i] + input.getRank() : axes[i];
    if (!ShapedType::isDynamic(shape[axis]))
      shape[axis] = sliceRange(shape[axis], adaptor.getStarts()[i],
                               adaptor.getEnds()[i], steps[i])
                        .count;
  }
  types.push_back(RankedTensorType::get(shape, input.getElementType()));
  return success();
}

/// slice(x) -> x where nothing is cut off or turned around
OpFoldResult SliceOp::fold(FoldAdaptor) {
  bool turns = getSteps() &&
               llvm::any_of(*getSteps(), [](int64_t step) { return step < 0; });
  bool same = getInput().getType() == getType() && getType().hasStaticShape();
  return same && !turns ? getInput() : OpFoldResult();
}

//===----------------------------------------------------------------------===//
// SqueezeOp, ExpandDimsOp
//===----------------------------------------------------------------------===//

LogicalResult SqueezeOp::inferReturnTypes(MLIRContext *context,
                                          std::optional<Location> location,
                                          Adaptor adaptor,
                                          SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  SmallVector<int64_t> shape;
  if (!adaptor.getAxes()) {
    // (C3)
    if (!input.hasStaticShape())
      return emitOptionalError(location,
                               "expected axes, or sizes that are known, but "
                               "got ",
                               input);
    for (int64_t size : input.getShape())
      if (size != 1)
        shape.push_back(size);
    types.push_back(RankedTensorType::get(shape, input.getElementType()));
    return success();
  }
  // (C1)
  FailureOr<SmallVector<int64_t>> axes =
      normalizeAxes(location, adaptor.getAxes(), input.getRank());
  if (failed(axes))
    return failure();
  for (auto [dim, size] : llvm::enumerate(input.getShape())) {
    if (!llvm::is_contained(*axes, int64_t(dim)))
      shape.push_back(size);
    // (C2)
    else if (!ShapedType::isDynamic(size) && size != 1)
      return emitOptionalError(location, "expected dim ", dim,
                               " to have size 1, but got ", size);
  }
  types.push_back(RankedTensorType::get(shape, input.getElementType()));
  return success();
}

LogicalResult ExpandDimsOp::inferReturnTypes(MLIRContext *context,
                                             std::optional<Location> location,
                                             Adaptor adaptor,
                                             SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  // (C1)
  int64_t rank = input.getRank() + int64_t(adaptor.getAxes().size());
  FailureOr<SmallVector<int64_t>> axes =
      normalizeAxes(location, adaptor.getAxes(), rank);
  if (failed(axes))
    return failure();
  SmallVector<int64_t> shape;
  ArrayRef<int64_t> sizes = input.getShape();
  for (int64_t dim = 0; dim < rank; ++dim) {
    bool isNew = llvm::is_contained(*axes, dim);
    shape.push_back(isNew ? 1 : sizes.front());
    sizes = sizes.drop_front(isNew ? 0 : 1);
  }
  auto type = RankedTensorType::get(shape, input.getElementType());
  types.push_back(type);
  return verifyLimits(location, type);
}

//===----------------------------------------------------------------------===//
// ReverseOp, TriluOp
//===----------------------------------------------------------------------===//

LogicalResult ReverseOp::inferReturnTypes(MLIRContext *context,
                                          std::optional<Location> location,
                                          Adaptor adaptor,
                                          SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  types.push_back(input);
  // (C1)
  return failure(
      failed(normalizeAxes(location, adaptor.getAxes(), input.getRank())));
}

LogicalResult TriluOp::inferReturnTypes(MLIRContext *context,
                                        std::optional<Location> location,
                                        Adaptor adaptor,
                                        SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  // (C1)
  if (input.getRank() < 2)
    return emitOptionalError(location, "expected rank 2 or more, but got ",
                             input.getRank());
  types.push_back(input);
  return success();
}
