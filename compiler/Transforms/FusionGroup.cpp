//===- FusionGroup.cpp - Ops on their way into a fused region -------------===//
#include "compiler/Transforms/FusionGroup.h"
#include "compiler/Conversion/Kernels/LoopKernel.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace tactus {

bool isFree(Operation *op) {
  return isa<ir::ReshapeOp, ir::ParameterOp, ir::ConstantOp, ir::RandomOp,
             ir::FusedOp, ir::ControlOpInterface, func::ReturnOp>(op);
}

bool FusionGroup::isPrivate(Operation *op) const {
  return llvm::all_of(op->getUsers(),
                      [&](Operation *user) { return contains(user); });
}

SmallVector<Operation *> FusionGroup::sorted() const {
  SmallVector<Operation *> order(ops.begin(), ops.end());
  llvm::sort(order,
             [](Operation *a, Operation *b) { return a->isBeforeInBlock(b); });
  return order;
}

/// Constants that stand in kernels: one value, or the table of a function.
static bool isKernelConstant(Operation *op, Value operand) {
  auto constant = operand.getDefiningOp<ir::ConstantOp>();
  if (!constant)
    return false;
  auto pieces = dyn_cast<ir::PiecewiseLinearOp>(op);
  return isa<SplatElementsAttr>(constant.getValue()) ||
         (pieces && operand != pieces.getInput());
}

SmallVector<Value> FusionGroup::cloneInto(Block &block) const {
  SmallVector<Operation *> order = sorted();
  OpBuilder builder(order.front()->getContext());
  builder.setInsertionPointToEnd(&block);
  IRMapping mapping;
  SmallVector<Value> inputs;
  for (Operation *op : order) {
    for (Value operand : op->getOperands()) {
      if (mapping.contains(operand))
        continue;
      if (isKernelConstant(op, operand) && !isAloneInKernel(op)) {
        builder.clone(*operand.getDefiningOp(), mapping);
        continue;
      }
      mapping.map(operand,
                  block.addArgument(operand.getType(), operand.getLoc()));
      inputs.push_back(operand);
    }
    builder.clone(*op, mapping);
  }
  SmallVector<Value> results;
  for (Value result : order.back()->getResults())
    results.push_back(mapping.lookup(result));
  ir::YieldOp::create(builder, order.back()->getLoc(), results);
  return inputs;
}

bool FusionGroup::fits(llvm::function_ref<bool(Block &)> accepts) const {
  Block block;
  cloneInto(block);
  return accepts(block);
}

std::optional<double>
FusionGroup::timeIfFits(llvm::function_ref<bool(Block &)> accepts,
                        const FusionCost &cost) const {
  std::optional<double> found;
  (void)fits([&](Block &block) {
    if (accepts(block))
      found = cost.timeOf(block);
    return found.has_value();
  });
  return found;
}

double FusionGroup::timeOf(const FusionCost &cost) const {
  if (!time)
    time = timeIfFits([](Block &) { return true; }, cost);
  return *time;
}

ir::FusedOp FusionGroup::build() const {
  SmallVector<Operation *> order = sorted();
  Operation *last = order.back();
  auto body = std::make_unique<Region>();
  Block *block = &body->emplaceBlock();
  SmallVector<Value> inputs = cloneInto(*block);
  OpBuilder builder(last);
  OperationState state(last->getLoc(), ir::FusedOp::getOperationName());
  state.addOperands(inputs);
  state.addTypes(last->getResultTypes());
  state.addRegion(std::move(body));
  auto fused = cast<ir::FusedOp>(builder.create(state));
  last->replaceAllUsesWith(fused->getResults());
  for (Operation *op : llvm::reverse(order))
    op->erase();
  return fused;
}

bool tryAdd(FusionGroup &group, ArrayRef<Operation *> ops, Operation *into,
            llvm::function_ref<bool(Block &)> fits, const FusionCost &cost,
            bool isAtLoad) {
  FusionCandidate candidate{ops.back(), into};
  if (group.members().size() + ops.size() > mostOpsOfKernel) {
    cost.refuse(candidate, "the kernel has ops enough");
    return false;
  }
  double apart =
      group.timeOf(cost) + (isAtLoad ? 0 : FusionGroup(ops).timeOf(cost));
  FusionGroup with = group;
  for (Operation *op : ops)
    with.add(op);
  std::optional<double> fused = with.timeIfFits(fits, cost);
  if (!fused) {
    cost.refuse(candidate);
    return false;
  }
  if (!cost.pays(candidate, *fused, apart))
    return false;
  group.add(ops, *fused);
  return true;
}

void takeViews(FusionGroup &group, ir::MatmulOp matmul,
               llvm::function_ref<bool(Block &)> fits, const FusionCost &cost,
               const PreparedValues &prepared) {
  for (Value operand : {matmul.getLhs(), matmul.getRhs()})
    while (Operation *view = operand.getDefiningOp()) {
      if (!isa<ir::TransposeOp, ir::SliceOp>(view) || group.contains(view) ||
          !group.isPrivate(view) || prepared.contains(operand) ||
          !tryAdd(group, view, matmul, fits, cost))
        break;
      operand = view->getOperand(0);
    }
}

bool isOfEpilogue(Operation *op) {
  return isa<ir::ElementwiseOpInterface, ir::PiecewiseLinearOp>(op);
}

SmallVector<Operation *> nextOfEpilogue(Operation *op) {
  // Branches longer than this are no kernel that a contraction should wait for.
  constexpr size_t mostOps = 64;
  auto isLater = [](Operation *a, Operation *b) {
    return b->isBeforeInBlock(a);
  };
  llvm::SmallDenseSet<Operation *> reached;
  SmallVector<Operation *> waiting, found;
  Operation *at = op;
  do {
    for (Operation *user : at->getUsers()) {
      if (!isOfEpilogue(user) || user->getBlock() != op->getBlock())
        return {};
      if (!reached.insert(user).second)
        continue;
      waiting.push_back(user);
      std::push_heap(waiting.begin(), waiting.end(), isLater);
    }
    // A result that nothing reads joins no other.
    if (waiting.empty() || at->use_empty() || found.size() == mostOps)
      return {};
    std::pop_heap(waiting.begin(), waiting.end(), isLater);
    at = waiting.pop_back_val();
    found.push_back(at);
  } while (!waiting.empty());
  return found;
}

void takeEpilogue(FusionGroup &group, ir::MatmulOp matmul,
                  llvm::function_ref<bool(Block &)> fits,
                  const FusionCost &cost) {
  SmallVector<Operation *> next = nextOfEpilogue(matmul);
  while (!next.empty() && tryAdd(group, next, matmul, fits, cost))
    next = nextOfEpilogue(next.back());
}

} // namespace tactus
