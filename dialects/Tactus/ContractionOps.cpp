//===- ContractionOps.cpp - Matrix products -------------------------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"

using namespace mlir;
using namespace tactus::ir;

/// Checks that `init` can be what the sums of a result of `type` start from.
static LogicalResult verifyInit(std::optional<Location> location, Value init,
                                RankedTensorType type) {
  auto initType = cast<RankedTensorType>(init.getType());
  int64_t rank = initType.getRank(), added = type.getRank() - rank;
  bool fits = initType.getElementType() == type.getElementType() && added >= 0;
  for (int64_t d = 0; fits && d < rank; ++d) {
    int64_t size = initType.getDimSize(d), other = type.getDimSize(added + d);
    fits = size == 1 || size == other || ShapedType::isDynamic(size) ||
           ShapedType::isDynamic(other);
  }
  if (!fits)
    return emitOptionalError(location, "expected an init that broadcasts to ",
                             type, ", but got ", initType);
  return success();
}

LogicalResult MatmulOp::inferReturnTypes(MLIRContext *context,
                                         std::optional<Location> location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  auto lhs = cast<RankedTensorType>(adaptor.getLhs().getType());
  auto rhs = cast<RankedTensorType>(adaptor.getRhs().getType());
  // (C1)
  if (lhs.getRank() < 2 || rhs.getRank() < 2)
    return emitOptionalError(
        location, "expected operands of rank 2 or more, but got ranks ",
        lhs.getRank(), " and ", rhs.getRank());
  // (C2)
  int64_t k = lhs.getShape().back();
  int64_t rhsK = rhs.getDimSize(rhs.getRank() - 2);
  if (!ShapedType::isDynamic(k) && !ShapedType::isDynamic(rhsK) && k != rhsK)
    return emitOptionalError(location, "expected lhs dim -1 (", k,
                             ") to equal rhs dim -2 (", rhsK, ")");
  // (C3)
  Type element = lhs.getElementType();
  bool bytes = element.isInteger(8) && rhs.getElementType().isInteger(8);
  if (element != rhs.getElementType() && !bytes)
    return emitOptionalError(location,
                             "expected operands of one element type, but got ",
                             element, " and ", rhs.getElementType());
  // (C4)
  FailureOr<SmallVector<int64_t>> shape = broadcastShapes(
      location, lhs.getShape().drop_back(2), rhs.getShape().drop_back(2));
  if (failed(shape))
    return failure();
  // (C5)
  SmallVector<Type> allowed = accumulationTypes(element);
  Type result = adaptor.getElementType().value_or(allowed.front());
  if (!llvm::is_contained(allowed, result))
    return emitOptionalError(location, "expected element_type ", allowed.back(),
                             " for operands of ", element, ", but got ",
                             result);
  shape->push_back(lhs.getDimSize(lhs.getRank() - 2));
  shape->push_back(rhs.getShape().back());
  auto type = RankedTensorType::get(*shape, result);
  // (C6)
  if (adaptor.getInit() &&
      failed(verifyInit(location, adaptor.getInit(), type)))
    return failure();
  // (C7)
  if (std::optional<int64_t> block = adaptor.getBlock()) {
    if (*block < 1)
      return emitOptionalError(
          location, "expected a block of 1 or more, but got ", *block);
    if (!result.isF32() && !result.isInteger())
      return emitOptionalError(
          location, "expected sums in f32 or integers for a block, but got ",
          result);
  }
  types.push_back(type);
  return verifyLimits(location, type);
}
