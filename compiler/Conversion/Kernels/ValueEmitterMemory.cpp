//===- ValueEmitterMemory.cpp - Loads and stores of a kernel's values -----===//
#include "compiler/Conversion/Kernels/ValueEmitter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"
#include "runtime/Support/Assert.h"

using namespace mlir;

namespace tactus {

Type storageType(Type elementType) {
  MLIRContext *context = elementType.getContext();
  if (elementType.isInteger(1) || elementType.isUnsignedInteger(8))
    return IntegerType::get(context, 8);
  if (elementType.isF16() || elementType.isBF16())
    return IntegerType::get(context, 16);
  return elementType;
}

int64_t ValueEmitter::vectorStride(const FlatAccess &access) const {
  if (place.vectorGroup < 0)
    return 0;
  return access.coefficients[place.groups[place.vectorGroup].loop];
}

Value ValueEmitter::indexOf(const FlatAccess &access) {
  SmallVector<int64_t> strides;
  SmallVector<Value> loops;
  for (auto [group, index] : llvm::zip(place.groups, place.indices)) {
    if (!index)
      continue;
    strides.push_back(access.coefficients[group.loop]);
    loops.push_back(index);
  }
  return buildLinear(builder, builder.getUnknownLoc(), access.offset, strides,
                     loops);
}

Value ValueEmitter::constantMask() {
  if (place.mask)
    return place.mask;
  auto type = VectorType::get({place.lanes}, builder.getI1Type());
  return arith::ConstantOp::create(builder, builder.getUnknownLoc(), type,
                                   DenseElementsAttr::get(type, true));
}

Value ValueEmitter::fromStorage(Value stored, Type elementType) {
  Location loc = stored.getLoc();
  Type type = elementType;
  if (auto vector = dyn_cast<VectorType>(stored.getType()))
    type = vector.clone(elementType);
  if (type == stored.getType())
    return stored;
  if (elementType.isInteger(1)) {
    Value zero = arith::ConstantOp::create(
        builder, loc, builder.getZeroAttr(stored.getType()));
    return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne, stored,
                                 zero);
  }
  if (isa<FloatType>(elementType))
    return arith::BitcastOp::create(builder, loc, type, stored);
  return UnrealizedConversionCastOp::create(builder, loc, type, stored)
      .getResult(0);
}

Value ValueEmitter::toStorage(Value element, Type elementType) {
  Location loc = element.getLoc();
  Type type = storageType(elementType);
  if (auto vector = dyn_cast<VectorType>(element.getType()))
    type = vector.clone(type);
  if (type == element.getType())
    return element;
  if (elementType.isInteger(1))
    return arith::ExtUIOp::create(builder, loc, type, element);
  if (isa<FloatType>(elementType))
    return arith::BitcastOp::create(builder, loc, type, element);
  return UnrealizedConversionCastOp::create(builder, loc, type, element)
      .getResult(0);
}

/// The vector whose first lane is at `index` and whose others come before it.
Value ValueEmitter::loadBackward(Value memref, VectorType type, Value index) {
  Location loc = builder.getUnknownLoc();
  int64_t lanes = type.getNumElements();
  Value last = buildLinear(builder, loc, 1 - lanes, ArrayRef<int64_t>{1},
                           ArrayRef(index));
  Value loaded = vector::LoadOp::create(builder, loc, type, memref, last);
  SmallVector<int64_t> order;
  for (int64_t lane = 0; lane < lanes; ++lane)
    order.push_back(lanes - 1 - lane);
  return vector::ShuffleOp::create(builder, loc, loaded, loaded, order);
}

Value ValueEmitter::load(const Buffer &buffer, const FlatAccess &access) {
  return loadAt(buffer, indexOf(access), vectorStride(access));
}

/// The element at `index`, or a vector of those `stride` apart from there on.
Value ValueEmitter::loadAt(const Buffer &buffer, Value index, int64_t stride) {
  Location loc = builder.getUnknownLoc();
  Type elementType = buffer.type.getElementType();
  Type stored = storageType(elementType);
  if (stride == 0)
    return fromStorage(
        memref::LoadOp::create(builder, loc, buffer.memref, index),
        elementType);

  auto type = VectorType::get({place.lanes}, stored);
  if (stride == 1 && !place.mask)
    return fromStorage(
        vector::LoadOp::create(builder, loc, type, buffer.memref, index),
        elementType);
  if (stride == -1 && !place.mask)
    return fromStorage(loadBackward(buffer.memref, type, index), elementType);
  if (stride == 1) {
    Value zero =
        arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
    return fromStorage(vector::MaskedLoadOp::create(builder, loc, type,
                                                    buffer.memref, index,
                                                    constantMask(), zero),
                       elementType);
  }
  return loadLanes(buffer, index, laneSteps(stride));
}

/// 0, `stride`, 2 * `stride`, ... as i64, one a lane.
Value ValueEmitter::laneSteps(int64_t stride) {
  SmallVector<int64_t> steps;
  for (int64_t lane = 0; lane < place.lanes; ++lane)
    steps.push_back(lane * stride);
  auto type = VectorType::get({place.lanes}, builder.getI64Type());
  return arith::ConstantOp::create(
      builder, builder.getUnknownLoc(), type,
      DenseElementsAttr::get(type, ArrayRef(steps)));
}

/// The elements at `index` plus each of `lanes`.
Value ValueEmitter::loadLanes(const Buffer &buffer, Value index, Value lanes) {
  Location loc = builder.getUnknownLoc();
  Type elementType = buffer.type.getElementType();
  auto type = VectorType::get({place.lanes}, storageType(elementType));
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
  return fromStorage(vector::GatherOp::create(builder, loc, type, buffer.memref,
                                              index, lanes, constantMask(),
                                              zero),
                     elementType);
}

void ValueEmitter::store(Value element, const Buffer &buffer,
                         const FlatAccess &access) {
  storeAt(element, buffer, indexOf(access), vectorStride(access));
}

void ValueEmitter::storeAt(Value element, const Buffer &buffer, Value index,
                           int64_t stride) {
  Location loc = builder.getUnknownLoc();
  element = toStorage(element, buffer.type.getElementType());
  if (stride == 0) {
    memref::StoreOp::create(builder, loc, element, buffer.memref, index);
    return;
  }
  element = splat(element);
  if (stride != 1) {
    for (int64_t lane = 0; lane < numLanesInside(); ++lane)
      storeLane(element, lane, buffer.memref, index, stride);
    return;
  }
  if (place.mask)
    storeMasked(element, buffer.memref, index);
  else
    vector::StoreOp::create(builder, loc, element, buffer.memref, index);
}

int64_t ValueEmitter::numLanesInside() const {
  if (!place.mask)
    return place.lanes;
  DenseElementsAttr lanes;
  bool isConstant = matchPattern(place.mask, m_Constant(&lanes));
  TACTUS_ASSERT(isConstant, "masks of tails are constants");
  return llvm::count(lanes.getValues<bool>(), true);
}

void ValueEmitter::storeLane(Value element, int64_t lane, Value memref,
                             Value index, int64_t stride) {
  Location loc = builder.getUnknownLoc();
  Value place = arith::AddIOp::create(
      builder, loc, index,
      arith::ConstantIndexOp::create(builder, loc, lane * stride));
  memref::StoreOp::create(
      builder, loc, vector::ExtractOp::create(builder, loc, element, lane),
      memref, place);
}

/// LLVM 22 loses the truncation before a masked store when one lane alone of a
/// register is stored (X86, reduceMaskedStoreToScalarStore), and then writes
/// the wide element over its neighbors. So an odd last lane of what may have
/// been truncated is stored by itself, and every register stores two or none.
void ValueEmitter::storeMasked(Value element, Value memref, Value index) {
  Location loc = builder.getUnknownLoc();
  Value mask = place.mask;
  Type type = getElementTypeOrSelf(element.getType());
  int64_t inside = numLanesInside();
  if (!type.isF32() && !type.isF64() && inside % 2 == 1) {
    storeLane(element, inside - 1, memref, index, /*stride=*/1);
    if (inside == 1)
      return;
    mask = firstLanes(builder, loc, inside - 1, place.lanes);
  }
  vector::MaskedStoreOp::create(builder, loc, memref, index, mask, element);
}

} // namespace tactus
