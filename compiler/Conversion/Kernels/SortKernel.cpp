//===- SortKernel.cpp - Kernels that put rows in order --------------------===//
//
// Each row becomes pairs of a key, an integer whose order is the order wanted,
// and the index of its element. A merge sort from the bottom up orders the
// pairs between two halves of scratch memory; the elements are then read by
// index, so that their bits stay.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Kernels/AxisLoops.h"
#include "compiler/Conversion/Kernels/LoopKernel.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace tactus {
namespace {

class SortEmitter {
public:
  SortEmitter(ir::KernelOp kernel, Value input, int64_t axis, int64_t kept,
              bool descending)
      : kernel(kernel), kept(kept), descending(descending),
        builder(kernel.getContext()), emitter(builder), loc(kernel.getLoc()),
        loops(cast<RankedTensorType>(input.getType()), axis),
        element(getElementTypeOrSelf(input.getType())),
        keyType(builder.getIntegerType(
            element.getIntOrFloatBitWidth() > 32 ? 64 : 32)),
        indexType(builder.getIntegerType(loops.size >> 31 ? 64 : 32)) {}

  void run();

private:
  void emitKeys();
  void emitMerges();
  void emitMerge(Value from, Value to, Value begin, Value middle, Value end);
  void emitResults();
  Value keyOf(Value stored);
  /// Calls `body` with the first place of each vector of `count` elements, and
  /// for those that are no whole vector with how many there are.
  void forEachVector(int64_t count, llvm::function_ref<void(Value, int64_t)>);

  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  }
  Value splatOf(Type type, const APInt &value) {
    auto vector = VectorType::get({kernelLanes}, type);
    return arith::ConstantOp::create(
        builder, loc, vector,
        DenseElementsAttr::get(vector,
                               Attribute(builder.getIntegerAttr(type, value))));
  }
  VectorType vectorOf(Type type) {
    return VectorType::get({kernelLanes}, type);
  }
  Value add(Value lhs, Value rhs) {
    return arith::AddIOp::create(builder, loc, lhs, rhs);
  }
  Value choose(Value condition, Value lhs, Value rhs) {
    return arith::SelectOp::create(builder, loc, condition, lhs, rhs);
  }
  Value load(Value memory, Value index) {
    return memref::LoadOp::create(builder, loc, memory, index);
  }
  /// The memory of elements as what is stored there.
  static Buffer stored(Buffer buffer) {
    buffer.type = buffer.type.clone(storageType(buffer.type.getElementType()));
    return buffer;
  }

  ir::KernelOp kernel;
  int64_t kept;
  bool descending;
  OpBuilder builder;
  ValueEmitter emitter;
  Location loc;
  AxisLoops loops;
  Type element, keyType, indexType;
  KernelFunction function;
  /// Two halves each, of `half` pairs: a row, and what whole vectors and merges
  /// touch behind it.
  int64_t half = 0;
  Value keys, indices;
};

} // namespace

void SortEmitter::forEachVector(int64_t count,
                                llvm::function_ref<void(Value, int64_t)> body) {
  int64_t full = count / kernelLanes * kernelLanes;
  if (full > 0) {
    auto loop = scf::ForOp::create(builder, loc, constant(0), constant(full),
                                   constant(kernelLanes));
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(loop.getBody()->getTerminator());
    emitter.place.mask = nullptr;
    body(loop.getInductionVar(), kernelLanes);
  }
  if (full == count)
    return;
  emitter.place.mask = firstLanes(builder, loc, count - full);
  body(constant(full), count - full);
  emitter.place.mask = nullptr;
}

/// Integers are their own keys. Bits of floats, once those of negative ones are
/// flipped below the sign, are in order as signed integers; both zeros get one
/// key and every NaN the largest.
Value SortEmitter::keyOf(Value stored) {
  Value key = stored;
  if (auto floatType = dyn_cast<FloatType>(element)) {
    unsigned width = floatType.getWidth();
    Type bitsType = builder.getIntegerType(width);
    if (stored.getType() != vectorOf(bitsType))
      stored =
          arith::BitcastOp::create(builder, loc, vectorOf(bitsType), stored);
    APInt largest = APInt::getSignedMaxValue(width);
    APInt infinity =
        APFloat::getInf(floatType.getFloatSemantics()).bitcastToAPInt();
    Value low = splatOf(bitsType, largest);
    Value sign = arith::ShRSIOp::create(
        builder, loc, stored, splatOf(bitsType, APInt(width, width - 1)));
    Value magnitude = arith::AndIOp::create(builder, loc, stored, low);
    key = arith::XOrIOp::create(builder, loc, stored,
                                arith::AndIOp::create(builder, loc, sign, low));
    Value zero = splatOf(bitsType, APInt(width, 0));
    Value isZero = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                         magnitude, zero);
    Value isNaN = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::sgt,
                                        magnitude, splatOf(bitsType, infinity));
    key = choose(isZero, zero, choose(isNaN, low, key));
  }
  if (key.getType() != vectorOf(keyType)) {
    if (element.isUnsignedInteger())
      key = arith::ExtUIOp::create(builder, loc, vectorOf(keyType), key);
    else
      key = arith::ExtSIOp::create(builder, loc, vectorOf(keyType), key);
  }
  if (!descending)
    return key;
  unsigned width = keyType.getIntOrFloatBitWidth();
  return arith::XOrIOp::create(builder, loc, key,
                               splatOf(keyType, APInt::getAllOnes(width)));
}

void SortEmitter::emitResults() {
  Buffer input = stored(function.inputs.front());
  Buffer values = stored(function.outputs[0]);
  int64_t passes = llvm::Log2_64_Ceil(std::max<int64_t>(loops.size, 1));
  int64_t base = passes % 2 * half;
  unsigned axis = AxisLoops::Axis;
  emitter.place.indices[axis] = nullptr;
  Value row = emitter.indexOf(loops.access(loops.size));
  forEachVector(kept, [&](Value first, int64_t count) {
    Value index = vector::LoadOp::create(builder, loc, vectorOf(indexType),
                                         indices, add(first, constant(base)));
    if (!indexType.isInteger(64))
      index = arith::ExtSIOp::create(builder, loc,
                                     vectorOf(builder.getI64Type()), index);
    Value place = arith::MulIOp::create(
        builder, loc, index,
        splatOf(builder.getI64Type(), APInt(64, uint64_t(loops.inner))));
    Type type = values.type.getElementType();
    Value zero = arith::ConstantOp::create(builder, loc,
                                           builder.getZeroAttr(vectorOf(type)));
    Value gathered = vector::GatherOp::create(
        builder, loc, vectorOf(type), input.memref, row, place,
        firstLanes(builder, loc, count), zero);
    emitter.place.indices[axis] = first;
    emitter.store(gathered, values, loops.access(kept));
    emitter.store(index, function.outputs[1], loops.access(kept));
  });
}

void SortEmitter::emitKeys() {
  Buffer input = stored(function.inputs.front());
  SmallVector<Attribute> steps;
  for (int64_t lane = 0; lane < kernelLanes; ++lane)
    steps.push_back(builder.getIntegerAttr(indexType, lane));
  forEachVector(loops.size, [&](Value first, int64_t) {
    emitter.place.indices[AxisLoops::Axis] = first;
    Value loaded = emitter.load(input, loops.access(loops.size));
    vector::StoreOp::create(builder, loc, keyOf(emitter.splat(loaded)), keys,
                            first);
    Value start = arith::IndexCastOp::create(builder, loc, indexType, first);
    Value lanes = arith::ConstantOp::create(
        builder, loc, vectorOf(indexType),
        DenseElementsAttr::get(vectorOf(indexType), steps));
    Value all =
        vector::BroadcastOp::create(builder, loc, vectorOf(indexType), start);
    vector::StoreOp::create(builder, loc, add(all, lanes), indices, first);
  });
}

/// Merges pairs [begin, middle) and [middle, end), which are in order, from one
/// half to the other. Of equal keys the left one goes first. Where a side has
/// ended, the pair read behind it is not used.
void SortEmitter::emitMerge(Value from, Value to, Value begin, Value middle,
                            Value end) {
  auto loop = scf::ForOp::create(builder, loc, begin, end, constant(1),
                                 ValueRange{begin, middle});
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(loop.getBody());
  using arith::CmpIPredicate;
  auto is = [&](CmpIPredicate predicate, Value lhs, Value rhs) -> Value {
    return arith::CmpIOp::create(builder, loc, predicate, lhs, rhs);
  };
  Value left = loop.getRegionIterArg(0), right = loop.getRegionIterArg(1);
  Value leftKey = load(keys, add(from, left));
  Value rightKey = load(keys, add(from, right));
  Value goesFirst =
      arith::OrIOp::create(builder, loc, is(CmpIPredicate::uge, right, end),
                           is(CmpIPredicate::sle, leftKey, rightKey));
  Value takesLeft = arith::AndIOp::create(
      builder, loc, is(CmpIPredicate::ult, left, middle), goesFirst);
  Value place = add(to, loop.getInductionVar());
  memref::StoreOp::create(builder, loc, choose(takesLeft, leftKey, rightKey),
                          keys, place);
  Value index = load(indices, add(from, choose(takesLeft, left, right)));
  memref::StoreOp::create(builder, loc, index, indices, place);
  Value one = constant(1);
  scf::YieldOp::create(builder, loc,
                       ValueRange{choose(takesLeft, add(left, one), left),
                                  choose(takesLeft, right, add(right, one))});
}

/// Runs of 1, 2, 4, ... pairs are merged two by two.
void SortEmitter::emitMerges() {
  int64_t passes = llvm::Log2_64_Ceil(std::max<int64_t>(loops.size, 1));
  if (passes == 0)
    return;
  OpBuilder::InsertionGuard guard(builder);
  Value size = constant(loops.size);
  auto passLoop = scf::ForOp::create(builder, loc, constant(0),
                                     constant(passes), constant(1));
  builder.setInsertionPoint(passLoop.getBody()->getTerminator());
  Value pass = passLoop.getInductionVar();
  Value run = arith::ShLIOp::create(builder, loc, constant(1), pass);
  Value isOdd = arith::RemUIOp::create(builder, loc, pass, constant(2));
  Value from = arith::MulIOp::create(builder, loc, isOdd, constant(half));
  Value to = arith::SubIOp::create(builder, loc, constant(half), from);
  auto runLoop =
      scf::ForOp::create(builder, loc, constant(0), size, add(run, run));
  builder.setInsertionPoint(runLoop.getBody()->getTerminator());
  Value begin = runLoop.getInductionVar();
  Value middle = arith::MinUIOp::create(builder, loc, add(begin, run), size);
  Value end = arith::MinUIOp::create(builder, loc, add(middle, run), size);
  emitMerge(from, to, begin, middle, end);
}

void SortEmitter::run() {
  half = llvm::alignTo(loops.size + 1, kernelLanes);
  int64_t keyBytes = 2 * half * keyType.getIntOrFloatBitWidth() / 8;
  int64_t indexBytes = 2 * half * indexType.getIntOrFloatBitWidth() / 8;
  int64_t rows = kept == 0 ? 0 : loops.outer * loops.inner;
  function = createKernelFunction(builder, kernel, rows, keyBytes + indexBytes);
  // Without rows, places along the axis have no distance to one another.
  if (rows == 0)
    return;
  keys = viewScratch(builder, function, 0, 2 * half, keyType);
  indices = viewScratch(builder, function, keyBytes, 2 * half, indexType);
  loops.prepare(emitter.place);
  emitter.place.vectorGroup = AxisLoops::Axis;

  auto loop = scf::ForOp::create(builder, loc, function.begin, function.end,
                                 constant(1));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  Value inner = constant(std::max<int64_t>(loops.inner, 1));
  emitter.place.indices[AxisLoops::Outer] =
      arith::DivUIOp::create(builder, loc, loop.getInductionVar(), inner);
  emitter.place.indices[AxisLoops::Inner] =
      arith::RemUIOp::create(builder, loc, loop.getInductionVar(), inner);
  emitKeys();
  emitMerges();
  emitResults();
}

void lowerSortKernel(ir::KernelOp kernel) {
  Operation *op = &kernel.getBody().front().front();
  auto lower = [&](auto typed, bool descending) {
    RankedTensorType type = typed.getInput().getType();
    int64_t axis = typed.getAxis();
    if (axis < 0)
      axis += type.getRank();
    int64_t kept = typed.getValues().getType().getDimSize(axis);
    SortEmitter(kernel, typed.getInput(), axis, kept, descending).run();
  };
  llvm::TypeSwitch<Operation *>(op)
      .Case([&](ir::SortOp op) { lower(op, op.getDescending()); })
      .Case([&](ir::TopKOp op) { lower(op, op.getLargest()); });
  kernel.erase();
}

} // namespace tactus
