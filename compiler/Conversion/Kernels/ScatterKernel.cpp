//===- ScatterKernel.cpp - Kernels that update elements by index ----------===//
//
// The data is copied, then updated in the order of the updates, by one thread:
// several updates may meet in one element, and their order is part of the
// result. The function has one iteration.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Kernels/KernelFunction.h"
#include "compiler/Conversion/Kernels/LoopKernel.h"
#include "compiler/Conversion/Kernels/PieceEmitter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace tactus {
namespace {

/// What both ops of the kind have.
struct Scatter {
  Operation *op = nullptr;
  Value data, updates;
  ir::ScatterReduction reduction = ir::ScatterReduction::none;

  static Scatter of(Operation *op) {
    if (auto elements = dyn_cast_or_null<ir::ScatterElementsOp>(op))
      return {op, elements.getData(), elements.getUpdates(),
              elements.getReduction()};
    if (auto rows = dyn_cast_or_null<ir::ScatterNdOp>(op))
      return {op, rows.getData(), rows.getUpdates(), rows.getReduction()};
    return {};
  }
};

/// Whether there are no elements to compute; then it must come from outside or
/// be a constant, as no loop covers what it is computed from.
bool isEmpty(Value value) {
  return llvm::is_contained(cast<RankedTensorType>(value.getType()).getShape(),
                            0);
}

struct ScatterPlan {
  Scatter scatter;
  /// None where there are no elements.
  std::optional<Piece> copy, updates;
};

FailureOr<ScatterPlan> planScatter(Block &body) {
  ValueRange results = body.getTerminator()->getOperands();
  if (results.size() != 1)
    return failure();
  ScatterPlan plan{Scatter::of(results.front().getDefiningOp()), {}, {}};
  if (!plan.scatter.op)
    return failure();
  auto type = cast<RankedTensorType>(results.front().getType());
  auto updatesType = cast<RankedTensorType>(plan.scatter.updates.getType());
  if (!type.hasStaticShape() || !updatesType.hasStaticShape())
    return failure();
  for (Value operand : plan.scatter.op->getOperands())
    if (Operation *op = operand.getDefiningOp();
        isEmpty(operand) && op && op->getNumOperands() != 0)
      return failure();
  if (!isEmpty(plan.scatter.data)) {
    FailureOr<Piece> copy = Piece::plan(
        plan.scatter.data, SmallVector<int64_t>(type.getRank(), 0), type);
    if (failed(copy))
      return failure();
    plan.copy = std::move(*copy);
  }
  if (!isEmpty(plan.scatter.updates)) {
    FailureOr<Piece> updates =
        Piece::planUpdates(plan.scatter.op, plan.scatter.updates);
    if (failed(updates))
      return failure();
    plan.updates = std::move(*updates);
  }
  return plan;
}

class UpdateEmitter {
public:
  UpdateEmitter(OpBuilder &builder, ValueEmitter &emitter, Scatter scatter,
                const Buffer &output)
      : builder(builder), emitter(emitter), scatter(scatter), output(output),
        loc(scatter.op->getLoc()) {}

  /// Emits the updates at the emitter's place.
  LogicalResult emit();

private:
  Value combine(Value element, Value update);
  void updateLane(Value update, int64_t lane,
                  const ValueEmitter::IndexedPlace &at);

  OpBuilder &builder;
  ValueEmitter &emitter;
  Scatter scatter;
  const Buffer &output;
  Location loc;
};

} // namespace

Value UpdateEmitter::combine(Value element, Value update) {
  switch (scatter.reduction) {
  case ir::ScatterReduction::none:
    return update;
  case ir::ScatterReduction::add:
    return ir::AddOp::create(builder, loc, element, update);
  case ir::ScatterReduction::mul:
    return ir::MulOp::create(builder, loc, element, update);
  case ir::ScatterReduction::max:
    return ir::MaximumOp::create(builder, loc, element, update);
  case ir::ScatterReduction::min:
    return ir::MinimumOp::create(builder, loc, element, update);
  }
  return update;
}

/// Updates one element from a lane of `update`, a vector as it is stored.
void UpdateEmitter::updateLane(Value update, int64_t lane,
                               const ValueEmitter::IndexedPlace &at) {
  Value index = at.index;
  if (at.lanes) {
    Value further = arith::IndexCastOp::create(
        builder, loc, builder.getIndexType(),
        vector::ExtractOp::create(builder, loc, at.lanes, lane));
    index = arith::AddIOp::create(builder, loc, index, further);
  } else {
    index = buildLinear(builder, loc, lane * at.stride, ArrayRef<int64_t>{1},
                        ArrayRef(index));
  }
  Value stored = vector::ExtractOp::create(builder, loc, update, lane);
  Value element = emitter.fromStorage(stored, output.type.getElementType());
  if (scatter.reduction != ir::ScatterReduction::none)
    element = combine(emitter.loadAt(output, index, /*stride=*/0), element);
  emitter.storeAt(element, output, index, /*stride=*/0);
}

LogicalResult UpdateEmitter::emit() {
  IndexMap map = identityMap(emitter.place.numLoops);
  FailureOr<IndexedRead> read =
      IndexedRead::of(scatter.op, map, emitter.place.numLoops);
  if (failed(read))
    return failure();
  FailureOr<ValueEmitter::IndexedPlace> at =
      emitter.emitPlace(scatter.op, *read);
  if (failed(at))
    return failure();
  // Nothing can be updated; each index has failed.
  if (output.type.getNumElements() == 0)
    return success();
  FailureOr<Value> update = emitter.emit(scatter.updates, map);
  if (failed(update))
    return failure();

  bool isVector = emitter.place.vectorGroup >= 0;
  if (!isVector || (!at->lanes && at->stride == 1)) {
    // One element, or neighbors, none of which is updated twice.
    int64_t stride = isVector ? 1 : 0;
    Value element = emitter.splat(*update);
    if (scatter.reduction != ir::ScatterReduction::none)
      element = combine(emitter.loadAt(output, at->index, stride), element);
    emitter.storeAt(element, output, at->index, stride);
    return success();
  }
  Value stored =
      emitter.toStorage(emitter.splat(*update), output.type.getElementType());
  for (int64_t lane = 0; lane < emitter.numLanesInside(); ++lane)
    updateLane(stored, lane, *at);
  return success();
}

bool isScatterKernel(Block &body) {
  return succeeded(planScatter(body));
}

LogicalResult lowerScatterKernel(ir::KernelOp kernel) {
  FailureOr<ScatterPlan> plan = planScatter(kernel.getBody().front());
  if (failed(plan))
    return kernel.emitOpError(
        "expected data and updates that are linear in their loops");
  OpBuilder builder(kernel.getContext());
  Location loc = kernel.getLoc();
  KernelFunction function = createKernelFunction(builder, kernel, 1, 0);
  ValueEmitter emitter(builder);
  emitter.checks = &function.checks;
  for (auto [argument, buffer] :
       llvm::zip(kernel.getBody().getArguments(), function.inputs))
    emitter.addBuffer(argument, buffer);

  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(builder, loc, value);
  };
  auto once = scf::ForOp::create(builder, loc, function.begin, function.end,
                                 constant(1));
  builder.setInsertionPoint(once.getBody()->getTerminator());
  PieceEmitter loops(builder, emitter, loc);
  const Buffer &output = function.outputs.front();
  UpdateEmitter updates(builder, emitter, plan->scatter, output);
  auto update = [&] { return updates.emit(); };
  if ((plan->copy &&
       failed(loops.emitStores(*plan->copy, output, constant(0),
                               constant(plan->copy->extent), 0))) ||
      (plan->updates &&
       failed(loops.emit(*plan->updates, constant(0),
                         constant(plan->updates->extent), 0, update))))
    return kernel.emitOpError(
        "expected values that are linear in the kernel's loops");
  kernel.erase();
  return success();
}

} // namespace tactus
