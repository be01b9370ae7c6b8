//===- CumulativeKernel.cpp - Kernels of running sums and products --------===//
#include "compiler/Conversion/Kernels/AxisLoops.h"
#include "compiler/Conversion/Kernels/LoopKernel.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace tactus {
namespace {

/// What the two ops have in common.
struct Cumulative {
  Operation *op = nullptr;
  Value input;
  int64_t axis = 0;
  bool isSum = false, exclusive = false, reverse = false;
};

/// Rows go along the axis in order. Where dimensions follow it, 16 rows that
/// are neighbors go at once.
class CumulativeEmitter {
public:
  CumulativeEmitter(ir::KernelOp kernel, Cumulative what)
      : kernel(kernel), what(what), builder(kernel.getContext()),
        emitter(builder), loc(what.op->getLoc()),
        loops(cast<RankedTensorType>(what.input.getType()), what.axis),
        element(getElementTypeOrSelf(what.input.getType())),
        accumulator(element) {
    if (element.isF16() || element.isBF16())
      accumulator = builder.getF32Type();
    if (element.isUnsignedInteger())
      accumulator = builder.getI32Type();
  }

  void run();

private:
  void emitRow();
  Value initial();
  Value join(Value lhs, Value rhs);
  Value castTo(Value value, Type type);
  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  }
  bool isVector() const { return emitter.place.vectorGroup >= 0; }

  ir::KernelOp kernel;
  Cumulative what;
  OpBuilder builder;
  ValueEmitter emitter;
  Location loc;
  AxisLoops loops;
  Type element, accumulator;
  KernelFunction function;
};

} // namespace

Value CumulativeEmitter::castTo(Value value, Type elementType) {
  if (getElementTypeOrSelf(value.getType()) == elementType)
    return value;
  return ir::CastOp::create(builder, loc, emitter.vectorOf(elementType), value,
                            TypeAttr::get(elementType));
}

Value CumulativeEmitter::initial() {
  TypedAttr value = what.isSum ? builder.getZeroAttr(accumulator)
                               : builder.getOneAttr(accumulator);
  if (isVector()) {
    auto type = cast<VectorType>(emitter.vectorOf(accumulator));
    value = DenseElementsAttr::get(type, Attribute(value));
  }
  return arith::ConstantOp::create(builder, loc, value);
}

Value CumulativeEmitter::join(Value lhs, Value rhs) {
  if (isa<FloatType>(accumulator))
    return what.isSum
               ? arith::AddFOp::create(builder, loc, lhs, rhs).getResult()
               : arith::MulFOp::create(builder, loc, lhs, rhs);
  return what.isSum ? arith::AddIOp::create(builder, loc, lhs, rhs).getResult()
                    : arith::MulIOp::create(builder, loc, lhs, rhs);
}

void CumulativeEmitter::emitRow() {
  auto loop =
      scf::ForOp::create(builder, loc, constant(0), constant(loops.size),
                         constant(1), ValueRange{initial()});
  // Each step needs the one before it, so one row alone has no vector loop.
  if (!isVector())
    loop->setAttr("tactus.sequential", builder.getUnitAttr());
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(loop.getBody());
  Value place = loop.getInductionVar();
  if (what.reverse)
    place =
        arith::SubIOp::create(builder, loc, constant(loops.size - 1), place);
  emitter.place.indices[AxisLoops::Axis] = place;
  FlatAccess access = loops.access(loops.size);
  Value before = loop.getRegionIterArg(0);
  Value next =
      join(before,
           castTo(emitter.load(function.inputs.front(), access), accumulator));
  emitter.store(castTo(what.exclusive ? before : next, element),
                function.outputs.front(), access);
  scf::YieldOp::create(builder, loc, next);
}

void CumulativeEmitter::run() {
  bool hasVectors = loops.inner >= minVectorElements;
  int64_t chunk = hasVectors ? kernelLanes : 1;
  // Without elements nothing runs, but nothing divides by 0 either.
  int64_t numChunks =
      std::max<int64_t>(llvm::divideCeil(loops.inner, chunk), 1);
  function = createKernelFunction(
      builder, kernel, loops.inner == 0 ? 0 : loops.outer * numChunks, 0);
  loops.prepare(emitter.place);
  emitter.place.vectorGroup = hasVectors ? int64_t(AxisLoops::Inner) : -1;

  auto loop = scf::ForOp::create(builder, loc, function.begin, function.end,
                                 constant(1));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  Value which = arith::RemUIOp::create(builder, loc, loop.getInductionVar(),
                                       constant(numChunks));
  emitter.place.indices[AxisLoops::Outer] = arith::DivUIOp::create(
      builder, loc, loop.getInductionVar(), constant(numChunks));
  emitter.place.indices[AxisLoops::Inner] =
      arith::MulIOp::create(builder, loc, which, constant(chunk));
  int64_t rest = loops.inner % chunk;
  if (rest == 0)
    return emitRow();
  Value mask = firstLanes(builder, loc, rest);
  if (numChunks > 1) {
    Value isLast = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                         which, constant(numChunks - 1));
    auto choice = scf::IfOp::create(builder, loc, isLast,
                                    /*withElseRegion=*/true);
    builder.setInsertionPoint(choice.elseBlock()->getTerminator());
    emitRow();
    builder.setInsertionPoint(choice.thenBlock()->getTerminator());
    mask = firstLanes(builder, loc, rest);
  }
  emitter.place.mask = mask;
  emitRow();
}

static Cumulative describe(Operation *op) {
  auto with = [&](auto typed) {
    int64_t rank = typed.getInput().getType().getRank();
    int64_t axis = typed.getAxis();
    return Cumulative{op,
                      typed.getInput(),
                      axis < 0 ? axis + rank : axis,
                      isa<ir::CumsumOp>(op),
                      typed.getExclusive(),
                      typed.getReverse()};
  };
  if (auto sum = dyn_cast<ir::CumsumOp>(op))
    return with(sum);
  return with(cast<ir::CumprodOp>(op));
}

void lowerCumulativeKernel(ir::KernelOp kernel) {
  CumulativeEmitter(kernel, describe(&kernel.getBody().front().front())).run();
  kernel.erase();
}

} // namespace tactus
