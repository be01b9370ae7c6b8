//===- ShapeInference.cpp - The shape functions of the ops ----------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Value.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>

using namespace mlir;

namespace tactus::ir {

LogicalResult verifyLimits(std::optional<Location> location,
                           RankedTensorType type) {
  if (type.getRank() > maxRank)
    return emitOptionalError(location, "expected a tensor of rank ", maxRank,
                             " or less, but got rank ", type.getRank());
  int64_t bytes =
      llvm::divideCeil(type.getElementType().getIntOrFloatBitWidth(), 8);
  for (int64_t size : type.getShape())
    if (llvm::MulOverflow(
            bytes, ShapedType::isDynamic(size) ? 1 : std::max<int64_t>(size, 1),
            bytes) ||
        bytes > maxTensorBytes)
      return emitOptionalError(
          location, "expected a tensor of 2^40 bytes or less, but got ", type);
  return success();
}

FailureOr<SmallVector<int64_t>>
broadcastShapes(std::optional<Location> location, ArrayRef<int64_t> lhs,
                ArrayRef<int64_t> rhs) {
  size_t rank = std::max(lhs.size(), rhs.size());
  SmallVector<int64_t> result(rank);
  for (size_t i = 1; i <= rank; ++i) {
    int64_t l = i <= lhs.size() ? lhs[lhs.size() - i] : 1;
    int64_t r = i <= rhs.size() ? rhs[rhs.size() - i] : 1;
    int64_t &out = result[rank - i];
    if (l == r)
      out = l;
    else if (l == 1)
      out = r;
    else if (r == 1)
      out = l;
    else if (ShapedType::isDynamic(l))
      out = r;
    else if (ShapedType::isDynamic(r))
      out = l;
    else
      return emitOptionalError(
          location, "expected shapes that broadcast, but got lhs dim -", i,
          " (", l, ") and rhs dim -", i, " (", r, ")");
  }
  return result;
}

LogicalResult verifyOneElementType(std::optional<Location> location,
                                   ValueRange operands) {
  Type element = getElementTypeOrSelf(operands.front().getType());
  for (Value operand : operands.drop_front()) {
    Type other = getElementTypeOrSelf(operand.getType());
    if (other != element)
      return emitOptionalError(
          location, "expected operands of one element type, but got ", element,
          " and ", other);
  }
  return success();
}

LogicalResult inferBroadcast(std::optional<Location> location,
                             ValueRange operands,
                             SmallVectorImpl<Type> &types) {
  if (failed(verifyOneElementType(location, operands)))
    return failure();
  return inferBroadcastTo(location, operands,
                          getElementTypeOrSelf(operands.front().getType()),
                          types);
}

/// Vectors of one length, or scalars; these do not broadcast.
static LogicalResult inferLanes(std::optional<Location> location,
                                ValueRange operands, Type elementType,
                                SmallVectorImpl<Type> &types) {
  auto lanesOf = [](Value value) {
    auto vector = dyn_cast<VectorType>(value.getType());
    return vector ? vector.getNumElements() : -1;
  };
  for (Value operand : operands.drop_front())
    if (isa<RankedTensorType>(operand.getType()) ||
        lanesOf(operand) != lanesOf(operands.front()))
      return emitOptionalError(
          location, "expected operands of one kind and length, but got ",
          operands.front().getType(), " and ", operand.getType());
  if (auto vector = dyn_cast<VectorType>(operands.front().getType()))
    types.push_back(vector.clone(elementType));
  else
    types.push_back(elementType);
  return success();
}

/// Reports that the shapes of tensors do not broadcast.
static LogicalResult emitShapes(std::optional<Location> location,
                                ValueRange operands) {
  std::string text;
  llvm::raw_string_ostream out(text);
  for (auto [i, operand] : llvm::enumerate(operands)) {
    out << (i == 0 ? "[" : i + 1 == operands.size() ? " and [" : ", [");
    llvm::interleave(
        cast<RankedTensorType>(operand.getType()).getShape(), out,
        [&](int64_t size) {
          ShapedType::isDynamic(size) ? out << '?' : out << size;
        },
        ",");
    out << ']';
  }
  return emitOptionalError(location, "expected shapes that broadcast, but got ",
                           text);
}

LogicalResult inferBroadcastTo(std::optional<Location> location,
                               ValueRange operands, Type elementType,
                               SmallVectorImpl<Type> &types) {
  auto first = dyn_cast<RankedTensorType>(operands.front().getType());
  if (!first)
    return inferLanes(location, operands, elementType, types);
  SmallVector<int64_t> shape(first.getShape());
  for (Value operand : operands.drop_front()) {
    auto type = dyn_cast<RankedTensorType>(operand.getType());
    if (!type)
      return emitOptionalError(
          location, "expected operands that are all tensors, but got ",
          operand.getType());
    // Of three operands none is called lhs.
    bool isPair = operands.size() == 2;
    FailureOr<SmallVector<int64_t>> joined = broadcastShapes(
        isPair ? location : std::nullopt, shape, type.getShape());
    if (failed(joined))
      return isPair ? failure() : emitShapes(location, operands);
    shape = std::move(*joined);
  }
  auto type = RankedTensorType::get(shape, elementType);
  types.push_back(type);
  return verifyLimits(location, type);
}

/// Gives what stands in the regions of `op` the types that follow from around
/// it.
static LogicalResult inferRegions(ControlOpInterface op) {
  for (auto [i, region] : llvm::enumerate(op->getRegions())) {
    FailureOr<SmallVector<Type>> types =
        op.getArgumentTypes(unsigned(i), std::nullopt);
    // What is wrong, the op itself will say.
    if (failed(types) || types->size() != region.getNumArguments())
      return success();
    for (auto [argument, type] : llvm::zip(region.getArguments(), *types))
      argument.setType(type);
    for (Operation &inner : region.front())
      if (failed(inferAgain(&inner)))
        return failure();
  }
  return success();
}

LogicalResult inferAgain(Operation *op) {
  if (auto control = dyn_cast<ControlOpInterface>(op))
    if (failed(inferRegions(control)))
      return failure();
  auto inferring = dyn_cast<InferTypeOpInterface>(op);
  if (!inferring)
    return success();
  SmallVector<Type> types;
  SmallVector<std::string> problems;
  LogicalResult inferred = success();
  {
    // Shape functions know the place of the op, and not which one it is.
    ScopedDiagnosticHandler handler(op->getContext(),
                                    [&](Diagnostic &diagnostic) {
                                      problems.push_back(diagnostic.str());
                                      return success();
                                    });
    inferred = inferring.inferReturnTypes(
        op->getContext(), op->getLoc(), op->getOperands(),
        op->getRawDictionaryAttrs(), op->getPropertiesStorage(),
        op->getRegions(), types);
  }
  if (failed(inferred)) {
    for (const std::string &problem : problems)
      op->emitOpError(problem);
    return failure();
  }
  for (auto [result, type] : llvm::zip(op->getResults(), types))
    result.setType(type);
  return success();
}

FailureOr<int64_t> normalizeAxis(std::optional<Location> location, int64_t axis,
                                 int64_t rank) {
  if (axis < -rank || axis >= rank)
    return emitOptionalError(location, "expected an axis from ", -rank, " to ",
                             rank - 1, ", but got ", axis);
  return axis < 0 ? axis + rank : axis;
}

FailureOr<SmallVector<int64_t>>
normalizeAxes(std::optional<Location> location,
              std::optional<ArrayRef<int64_t>> axes, int64_t rank) {
  if (!axes)
    return llvm::to_vector(llvm::seq<int64_t>(0, rank));
  SmallVector<int64_t> sorted;
  for (int64_t axis : *axes) {
    FailureOr<int64_t> normal = normalizeAxis(location, axis, rank);
    if (failed(normal))
      return failure();
    if (llvm::is_contained(sorted, *normal))
      return emitOptionalError(location, "expected each axis once, but got ",
                               *normal, " twice");
    sorted.push_back(*normal);
  }
  llvm::sort(sorted);
  return sorted;
}

RankedTensorType reducedType(RankedTensorType input, ArrayRef<int64_t> axes,
                             bool keepdims, Type elementType) {
  SmallVector<int64_t> shape;
  for (auto [dim, size] : llvm::enumerate(input.getShape())) {
    if (!llvm::is_contained(axes, int64_t(dim)))
      shape.push_back(size);
    else if (keepdims)
      shape.push_back(1);
  }
  return RankedTensorType::get(shape, elementType);
}

SmallVector<Type> accumulationTypes(Type operand) {
  if (operand.isInteger(8))
    return {IntegerType::get(operand.getContext(), 32)};
  if (operand.isF16() || operand.isBF16())
    return {operand, Float32Type::get(operand.getContext())};
  return {operand};
}

std::optional<int64_t> rangeLength(int64_t start, int64_t limit,
                                   int64_t delta) {
  if (delta == 0)
    return std::nullopt;
  if (delta > 0 ? limit <= start : limit >= start)
    return 0;
  // The distance may need one bit more than a signed integer has.
  uint64_t distance = delta > 0 ? uint64_t(limit) - uint64_t(start)
                                : uint64_t(start) - uint64_t(limit);
  uint64_t step = delta > 0 ? uint64_t(delta) : 0 - uint64_t(delta);
  uint64_t count = (distance - 1) / step + 1;
  if (count > uint64_t(maxTensorBytes))
    return std::nullopt;
  return int64_t(count);
}

std::optional<int64_t> rangeLength(double start, double limit, double delta) {
  double count = std::ceil((limit - start) / delta);
  if (delta == 0 || !std::isfinite(count) || !std::isfinite(delta) ||
      count > double(maxTensorBytes))
    return std::nullopt;
  return std::max<int64_t>(int64_t(std::max(count, -1.0)), 0);
}

bool isElementType(Type type) {
  if (type.isUnsignedInteger(8))
    return true;
  return type.isF32() || type.isF64() || type.isF16() || type.isBF16() ||
         type.isSignlessInteger(1) || type.isSignlessInteger(8) ||
         type.isSignlessInteger(16) || type.isSignlessInteger(32) ||
         type.isSignlessInteger(64);
}

bool holdsValue(Type elementType, double value) {
  if (auto floatType = dyn_cast<FloatType>(elementType)) {
    bool loses = false;
    APFloat rounded(value);
    rounded.convert(floatType.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                    &loses);
    return !std::isfinite(value) || rounded.isFinite();
  }
  unsigned width = elementType.getIntOrFloatBitWidth();
  bool isUnsigned = elementType.isUnsignedInteger() || width == 1;
  double low = isUnsigned ? 0 : -std::ldexp(1.0, width - 1);
  double past = std::ldexp(1.0, isUnsigned ? width : width - 1);
  return value == std::trunc(value) && value >= low && value < past;
}

SliceRange sliceRange(int64_t size, int64_t start, int64_t end, int64_t step) {
  if (size == 0)
    return {0, 1, 0};
  // Larger steps reach no second element either, and their products overflow.
  step = std::clamp(step, -size, size);
  start = start < 0 ? start + size : start;
  end = end < 0 ? end + size : end;
  int64_t count;
  if (step > 0) {
    start = std::clamp<int64_t>(start, 0, size);
    end = std::clamp<int64_t>(end, 0, size);
    count = end <= start ? 0 : (end - start - 1) / step + 1;
  } else {
    start = std::clamp<int64_t>(start, 0, size - 1);
    end = std::clamp<int64_t>(end, -1, size - 1);
    count = start <= end ? 0 : (start - end - 1) / -step + 1;
  }
  return {start, step, count};
}

LogicalResult joinSizes(int64_t &size, int64_t other) {
  if (ShapedType::isDynamic(size))
    size = other;
  return success(ShapedType::isDynamic(other) || size == other);
}

} // namespace tactus::ir
