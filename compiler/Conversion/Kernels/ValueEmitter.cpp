//===- ValueEmitter.cpp - Elements of a kernel's values in its loops ------===//
#include "compiler/Conversion/Kernels/ValueEmitter.h"
#include "compiler/Conversion/Kernels/KernelPlan.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

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

Value firstLanes(OpBuilder &builder, Location loc, int64_t count,
                 int64_t lanes) {
  SmallVector<bool> inside(size_t(lanes), false);
  std::fill_n(inside.begin(), count, true);
  auto type = VectorType::get({lanes}, builder.getI1Type());
  return arith::ConstantOp::create(builder, loc, type,
                                   DenseElementsAttr::get(type, inside));
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

Value ValueEmitter::firstLane(Value element) {
  auto vector = dyn_cast<VectorType>(element.getType());
  if (!vector)
    return element;
  // As in `splat`.
  Type type = vector.getElementType();
  bool isFloat = isa<FloatType>(type);
  if (isFloat)
    element = toStorage(element, type);
  element = vector::ExtractOp::create(builder, element.getLoc(), element, 0);
  return isFloat ? fromStorage(element, type) : element;
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

bool ValueEmitter::waitsForReduction(Value value) const {
  SmallVector<Value> left = {value};
  DenseSet<Value> seen;
  while (!left.empty()) {
    Value next = left.pop_back_val();
    Operation *op = next.getDefiningOp();
    bool isBound = llvm::any_of(
        bound, [&](const Bound &entry) { return entry.tensor == next; });
    if (!op || isBound || !seen.insert(next).second)
      continue;
    if (Reduction::of(op))
      return true;
    llvm::append_range(left, op->getOperands());
  }
  return false;
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
    if (llvm::all_of(lookup.map, isInvariant) &&
        !waitsForReduction(lookup.indices) && failed(emitLookup(op, lookup)))
      return failure();
  return success();
}

FailureOr<Value> ValueEmitter::emitGather(Operation *op, const IndexMap &map) {
  Location loc = op->getLoc();
  FailureOr<IndexedRead> read = IndexedRead::of(op, map, place.numLoops);
  if (failed(read))
    return failure();
  FailureOr<IndexedPlace> at = emitPlace(op, *read);
  if (failed(at))
    return failure();
  // A constant of one value has it wherever an index says.
  if (read->data.getDefiningOp<ir::ConstantOp>())
    return emit(read->data, map);
  if (!buffers.contains(read->data))
    return failure();
  const Buffer &data = buffer(read->data);
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
