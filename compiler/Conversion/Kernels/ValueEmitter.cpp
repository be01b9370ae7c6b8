//===- ValueEmitter.cpp - Elements of a kernel's values in its loops ------===//
#include "compiler/Conversion/Kernels/ValueEmitter.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"
#include "runtime/Support/Assert.h"

using namespace mlir;

namespace tactus {

Value buildLinear(OpBuilder &builder, Location loc, int64_t offset,
                  ArrayRef<int64_t> strides, ArrayRef<Value> loops) {
  Value sum;
  for (auto [stride, loop] : llvm::zip(strides, loops)) {
    if (stride == 0)
      continue;
    if (auto constant = loop.getDefiningOp<arith::ConstantIndexOp>()) {
      offset += stride * constant.value();
      continue;
    }
    Value term = loop;
    if (stride != 1)
      term = arith::MulIOp::create(
          builder, loc, loop,
          arith::ConstantIndexOp::create(builder, loc, stride));
    sum =
        sum ? arith::AddIOp::create(builder, loc, sum, term).getResult() : term;
  }
  if (sum && offset == 0)
    return sum;
  Value constant = arith::ConstantIndexOp::create(builder, loc, offset);
  return sum ? arith::AddIOp::create(builder, loc, sum, constant).getResult()
             : constant;
}

Type storageType(Type elementType) {
  MLIRContext *context = elementType.getContext();
  if (elementType.isInteger(1) || elementType.isUnsignedInteger(8))
    return IntegerType::get(context, 8);
  if (elementType.isF16() || elementType.isBF16())
    return IntegerType::get(context, 16);
  return elementType;
}

void ValueEmitter::bind(Value tensor, const IndexMap &map, Value element) {
  bound.push_back({tensor, map, element});
}

Type ValueEmitter::vectorOf(Type elementType) const {
  if (place.vectorGroup < 0)
    return elementType;
  return VectorType::get({place.lanes}, elementType);
}

Value ValueEmitter::splat(Value element) {
  if (place.vectorGroup < 0 || isa<VectorType>(element.getType()))
    return element;
  Type type = element.getType();
  bool isFloat = isa<FloatType>(type);
  // A half float as it is stored: LLVM would spread it through f32 and a
  // library call where the processor has no instruction for it.
  if (isFloat)
    element = toStorage(element, type);
  auto spread = VectorType::get({place.lanes}, element.getType());
  element =
      vector::BroadcastOp::create(builder, element.getLoc(), spread, element);
  return isFloat ? fromStorage(element, type) : element;
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
    SmallVector<bool> rest(place.lanes, false);
    std::fill_n(rest.begin(), inside - 1, true);
    mask = arith::ConstantOp::create(
        builder, loc,
        DenseElementsAttr::get(cast<ShapedType>(mask.getType()), rest));
  }
  vector::MaskedStoreOp::create(builder, loc, memref, index, mask, element);
}

/// iota is the index itself, along the one dimension that it counts.
FailureOr<Value> ValueEmitter::emitIota(Operation *op, const LinearIndex &index,
                                        Type elementType) {
  Location loc = op->getLoc();
  Value base = indexOf(index);
  base = arith::IndexCastOp::create(builder, loc, builder.getI64Type(), base);
  if (int64_t stride = vectorStride(index)) {
    base = arith::AddIOp::create(builder, loc, splat(base), laneSteps(stride));
  }
  if (elementType.isInteger(64))
    return base;
  Type type = elementType;
  if (auto vector = dyn_cast<VectorType>(base.getType()))
    type = vector.clone(elementType);
  return ir::CastOp::create(builder, loc, type, base,
                            TypeAttr::get(elementType))
      .getResult();
}

FailureOr<Value> ValueEmitter::emitLookup(Operation *op,
                                          const IndexLookup &lookup) {
  for (const CheckedLookup &entry : llvm::reverse(lookups))
    if (entry.op == op && entry.lookup.size == lookup.size &&
        entry.lookup.map == lookup.map)
      return entry.index;
  FailureOr<Value> index = emit(lookup.indices, lookup.map);
  if (failed(index) || !checks)
    return failure();
  Value checked = checks->checked(builder, op, *index, lookup.size, place.mask);
  lookups.push_back({op, lookup, checked});
  return checked;
}

LogicalResult ValueEmitter::emitInvariantLookups(Operation *op,
                                                 const IndexMap &map) {
  FailureOr<IndexedRead> read = IndexedRead::of(op, map, place.numLoops);
  if (failed(read))
    return failure();
  // The loops of the groups that have not been entered.
  SmallVector<bool> isOpen(place.numLoops, false);
  unsigned first = 0;
  for (auto [group, index] : llvm::zip(place.groups, place.indices)) {
    for (; first <= group.loop; ++first)
      isOpen[first] = !index;
  }
  auto isInvariant = [&](const LinearIndex &index) {
    for (auto [coefficient, open] : llvm::zip(index.coefficients, isOpen))
      if (open && coefficient != 0)
        return false;
    return true;
  };
  for (const IndexLookup &lookup : read->lookups)
    if (llvm::all_of(lookup.map, isInvariant) && failed(emitLookup(op, lookup)))
      return failure();
  return success();
}

FailureOr<Value> ValueEmitter::emitGather(Operation *op, const IndexMap &map) {
  Location loc = op->getLoc();
  FailureOr<IndexedRead> read = IndexedRead::of(op, map, place.numLoops);
  if (failed(read) || !buffers.contains(read->data))
    return failure();
  const Buffer &data = buffer(read->data);
  FailureOr<IndexedPlace> at = emitPlace(op, *read);
  if (failed(at))
    return failure();
  // Nothing may be read from a tensor without elements; each index has failed.
  if (data.type.getNumElements() == 0) {
    Type stored = storageType(data.type.getElementType());
    return fromStorage(
        arith::ConstantOp::create(builder, loc, builder.getZeroAttr(stored)),
        data.type.getElementType());
  }
  if (!at->lanes)
    return loadAt(data, at->index, at->stride);
  return loadLanes(data, at->index, at->lanes);
}

FailureOr<ValueEmitter::IndexedPlace>
ValueEmitter::emitPlace(Operation *op, const IndexedRead &read) {
  Location loc = op->getLoc();
  IndexedPlace at{indexOf(read.place), Value(), vectorStride(read.place)};
  for (const IndexLookup &lookup : read.lookups) {
    FailureOr<Value> found = emitLookup(op, lookup);
    if (failed(found))
      return failure();
    if (!isa<VectorType>(found->getType())) {
      Value index = arith::IndexCastOp::create(builder, loc,
                                               builder.getIndexType(), *found);
      at.index =
          buildLinear(builder, loc, 0, ArrayRef<int64_t>{1, lookup.stride},
                      ArrayRef<Value>{at.index, index});
      continue;
    }
    auto stride = builder.getI64IntegerAttr(lookup.stride);
    auto type = cast<VectorType>(found->getType());
    Value term = arith::MulIOp::create(
        builder, loc, *found,
        arith::ConstantOp::create(
            builder, loc, type,
            DenseElementsAttr::get(type, Attribute(stride))));
    at.lanes = arith::AddIOp::create(
        builder, loc, at.lanes ? at.lanes : laneSteps(at.stride), term);
  }
  return at;
}

FailureOr<Value> ValueEmitter::emit(Value tensor, const IndexMap &map) {
  for (const Bound &entry : llvm::reverse(bound))
    if (entry.tensor == tensor && entry.map == map)
      return entry.element;

  auto type = cast<RankedTensorType>(tensor.getType());
  Value element;
  Operation *op = tensor.getDefiningOp();
  if (buffers.contains(tensor)) {
    element =
        load(buffer(tensor), flatten(map, type.getShape(), place.numLoops));
  } else if (!op) {
    return failure();
  } else if (auto constant = dyn_cast<ir::ConstantOp>(op)) {
    auto splatValue = dyn_cast<SplatElementsAttr>(constant.getValue());
    if (!splatValue)
      return failure();
    Type stored = storageType(type.getElementType());
    auto attribute = splatValue.getSplatValue<Attribute>();
    if (auto integer = dyn_cast<IntegerAttr>(attribute))
      attribute = IntegerAttr::get(stored, integer.getValue().zextOrTrunc(
                                               stored.getIntOrFloatBitWidth()));
    else if (auto real = dyn_cast<FloatAttr>(attribute);
             real && stored != real.getType())
      attribute = IntegerAttr::get(stored, real.getValue().bitcastToAPInt());
    element = fromStorage(arith::ConstantOp::create(builder, op->getLoc(),
                                                    cast<TypedAttr>(attribute)),
                          type.getElementType());
  } else if (auto iota = dyn_cast<ir::IotaOp>(op)) {
    FailureOr<Value> counted =
        emitIota(op, map[iota.getFrontAxis()], type.getElementType());
    if (failed(counted))
      return failure();
    element = *counted;
  } else if (isa<ir::IndexingOpInterface>(op)) {
    FailureOr<Value> gathered = emitGather(op, map);
    if (failed(gathered))
      return failure();
    element = *gathered;
  } else {
    SmallVector<Value> operands;
    bool isVector = false;
    for (unsigned i = 0; i < op->getNumOperands(); ++i) {
      FailureOr<IndexMap> read = mapOfOperand(op, i, map);
      if (failed(read))
        return failure();
      FailureOr<Value> operand = emit(op->getOperand(i), *read);
      if (failed(operand))
        return failure();
      isVector |= isa<VectorType>(operand->getType());
      operands.push_back(*operand);
    }
    if (!isa<ir::ElementwiseOpInterface>(op)) {
      element = operands.front();
    } else {
      if (isVector)
        for (Value &operand : operands)
          operand = splat(operand);
      OperationState state(op->getLoc(), op->getName());
      state.addOperands(operands);
      state.addTypes(isVector ? vectorOf(type.getElementType())
                              : type.getElementType());
      state.addAttributes(op->getAttrs());
      state.propertiesAttr = op->getPropertiesAsAttribute();
      element = builder.create(state)->getResult(0);
    }
  }
  bind(tensor, map, element);
  return element;
}

} // namespace tactus
