//===- MoveReshapes.cpp - Reshapes out of the way of fusion ---------------===//
//
// A reshape moves nothing, but a kernel that has one inside would need loops
// over two shapes. So each chain of elementwise ops gets one shape: that of the
// contraction it follows, or of what reads it.
//
//===----------------------------------------------------------------------===//
#include "compiler/Transforms/FusionGroup.h"
#include "compiler/Transforms/Passes.h"
#include "compiler/Transforms/Prepared.h"
#include "compiler/Transforms/ShapeParts.h"
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"

namespace tactus {
#define GEN_PASS_DEF_MOVERESHAPESPASS
#include "compiler/Transforms/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

/// Whether `value` is its operand in another shape.
bool isReshape(Operation *op) {
  auto transpose = dyn_cast_or_null<ir::TransposeOp>(op);
  if (!transpose)
    return isa_and_nonnull<ir::ReshapeOp>(op);
  // One that moves dimensions of one element alone.
  ArrayRef<int64_t> shape = shapeOf(transpose.getInput());
  int64_t last = -1;
  for (int64_t dimension : transpose.getPerm()) {
    if (shape[dimension] == 1)
      continue;
    if (dimension < last)
      return false;
    last = dimension;
  }
  return true;
}

/// A shape without the ones that broadcasting would put there.
ArrayRef<int64_t> withoutLeadingOnes(ArrayRef<int64_t> shape) {
  return shape.drop_while([](int64_t size) { return size == 1; });
}

/// `value` in `shape`; a reshape of a reshape is one.
Value reshapeTo(OpBuilder &builder, Value value, ArrayRef<int64_t> shape) {
  while (isReshape(value.getDefiningOp()))
    value = value.getDefiningOp()->getOperand(0);
  auto type = cast<RankedTensorType>(value.getType()).clone(shape);
  if (value.getType() == type)
    return value;
  // A kernel holds constants, but no reshapes of them.
  DenseElementsAttr elements;
  if (matchPattern(value, m_Constant(&elements)) && elements.isSplat())
    return ir::ConstantOp::create(builder, value.getLoc(), type,
                                  cast<ElementsAttr>(elements.reshape(type)));
  return ir::ReshapeOp::create(builder, value.getLoc(), value,
                               builder.getDenseI64ArrayAttr(shape));
}

//===----------------------------------------------------------------------===//
// Slices in another shape
//===----------------------------------------------------------------------===//

/// What a slice takes of each dimension; none where it leaves some out between.
std::optional<SmallVector<DimensionRange>> rangesOf(ir::SliceOp slice) {
  SmallVector<DimensionRange> ranges;
  for (int64_t size : shapeOf(slice.getInput()))
    ranges.push_back({0, size, size});
  for (auto [i, first] : llvm::enumerate(slice.getStarts())) {
    int64_t axis = slice.getAxes() ? (*slice.getAxes())[i] : int64_t(i),
            step = slice.getSteps() ? (*slice.getSteps())[i] : 1;
    if (step != 1)
      return std::nullopt;
    DimensionRange &range =
        ranges[size_t(axis < 0 ? axis + ranges.size() : axis)];
    ir::SliceRange taken =
        ir::sliceRange(range.whole, first, slice.getEnds()[i], step);
    range.start = taken.start;
    range.size = taken.count;
  }
  return ranges;
}

/// The slice of a reshape that `reshape` of `slice` is; null where it is none.
Value sliceOfReshape(ir::ReshapeOp reshape, ir::SliceOp slice) {
  std::optional<SmallVector<DimensionRange>> ranges = rangesOf(slice);
  if (ranges)
    ranges = rangesIn(*ranges, shapeOf(reshape.getResult()));
  if (!ranges)
    return nullptr;
  SmallVector<int64_t> shape, starts, ends;
  for (const DimensionRange &range : *ranges) {
    shape.push_back(range.whole);
    starts.push_back(range.start);
    ends.push_back(range.start + range.size);
  }
  OpBuilder builder(reshape);
  return ir::SliceOp::create(
      builder, slice.getLoc(), reshapeTo(builder, slice.getInput(), shape),
      builder.getDenseI64ArrayAttr(starts), builder.getDenseI64ArrayAttr(ends),
      DenseI64ArrayAttr(), DenseI64ArrayAttr());
}

//===----------------------------------------------------------------------===//
// Elementwise ops in another shape
//===----------------------------------------------------------------------===//

/// Whether what `op` computes has the shape `from`, and could be computed in
/// the shape `to`.
bool canFollow(Operation *op, ArrayRef<int64_t> from, ArrayRef<int64_t> to) {
  return isa<ir::ElementwiseOpInterface>(op) &&
         shapeOf(op->getResult(0)) == from &&
         llvm::all_of(op->getOperands(), [&](Value operand) {
           return shapeIn(shapeOf(operand), from, to).has_value();
         });
}

/// The operand of an op that has the shape `from`, for the same op in the shape
/// `to`.
Value followedBy(OpBuilder &builder, Value operand, ArrayRef<int64_t> from,
                 ArrayRef<int64_t> to) {
  ArrayRef<int64_t> shape = shapeOf(operand);
  if (shape == from)
    return reshapeTo(builder, operand, to);
  SmallVector<int64_t> whole = *shapeIn(shape, from, to);
  ArrayRef<int64_t> least = withoutLeadingOnes(whole);
  bool isSame = withoutLeadingOnes(shape) == least && shape.size() <= to.size();
  return isSame ? operand : reshapeTo(builder, operand, least);
}

/// Computes `ops`, which can follow from one shape to the shape `to` and are in
/// their block's order, in that shape, beside what they were.
SmallVector<Operation *> compute(ArrayRef<Operation *> ops,
                                 ArrayRef<int64_t> to) {
  IRMapping moved;
  SmallVector<Operation *> result;
  for (Operation *op : ops) {
    OpBuilder builder(op);
    auto type = cast<RankedTensorType>(op->getResult(0).getType());
    SmallVector<Value> operands;
    for (Value operand : op->getOperands())
      operands.push_back(
          moved.contains(operand)
              ? moved.lookup(operand)
              : followedBy(builder, operand, type.getShape(), to));
    Operation *clone = builder.clone(*op);
    clone->setOperands(operands);
    clone->getResult(0).setType(type.clone(to));
    moved.map(op->getResult(0), clone->getResult(0));
    result.push_back(clone);
  }
  return result;
}

void erase(ArrayRef<Operation *> ops) {
  for (Operation *op : llvm::reverse(ops))
    op->erase();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// Shapes in which places can be compared.
bool isKnown(Operation *op) {
  auto isKnownType = [](Type type) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    return tensor && tensor.hasStaticShape() && tensor.getNumElements() > 0;
  };
  return llvm::all_of(op->getOperandTypes(), isKnownType) &&
         llvm::all_of(op->getResultTypes(), isKnownType);
}

struct MoveReshapesPass final
    : tactus::impl::MoveReshapesPassBase<MoveReshapesPass> {
  void runOnOperation() override {
    Block &body = getOperation().getBody().front();
    PreparedValues prepared(getOperation());
    for (ir::MatmulOp matmul : llvm::to_vector(body.getOps<ir::MatmulOp>()))
      if (isKnown(matmul) && !prepared.contains(matmul))
        moveDown(matmul);
    for (ir::ReshapeOp reshape : llvm::to_vector(body.getOps<ir::ReshapeOp>()))
      if (isKnown(reshape))
        moveUp(reshape);
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(body)))
      if ((isReshape(&op) || isa<ir::ConstantOp>(op)) && op.use_empty())
        op.erase();
  }

private:
  /// Moves reshapes between `matmul` and what may follow it in its kernel below
  /// that.
  void moveDown(ir::MatmulOp matmul) {
    Operation *last = matmul;
    while (true) {
      Operation *behind = last;
      while (behind->hasOneUse() && isReshape(*behind->getUsers().begin()) &&
             behind->getUsers().begin()->getBlock() == matmul->getBlock())
        behind = *behind->getUsers().begin();
      SmallVector<Operation *> next = nextOfEpilogue(behind);
      if (next.empty() ||
          (behind != last &&
           !moveBelow(behind, shapeOf(last->getResult(0)), next)))
        return;
      followers.insert_range(next);
      last = next.back();
    }
  }

  /// Computes `ops`, which follow `reshape`, in the shape `to` that it comes
  /// from, if they can: they are replaced by what they become, and the reshape
  /// comes after that.
  bool moveBelow(Operation *reshape, ArrayRef<int64_t> to,
                 SmallVector<Operation *> &ops) const {
    ArrayRef<int64_t> from = shapeOf(reshape->getResult(0));
    if (!isKnown(reshape) || !llvm::all_of(ops, [&](Operation *op) {
          return isKnown(op) && canFollow(op, from, to) &&
                 !followers.contains(op);
        }))
      return false;
    SmallVector<Operation *> moved = compute(ops, to);
    OpBuilder builder(ops.back());
    ops.back()->getResult(0).replaceAllUsesWith(ir::ReshapeOp::create(
        builder, reshape->getLoc(), moved.back()->getResult(0),
        builder.getDenseI64ArrayAttr(from)));
    erase(ops);
    ops = std::move(moved);
    return true;
  }

  /// Moves `reshape` above the elementwise ops that it alone reads, so that
  /// they fuse with what reads it.
  void moveUp(ir::ReshapeOp reshape) const {
    if (auto slice = reshape.getInput().getDefiningOp<ir::SliceOp>())
      return moveAbove(slice, reshape);
    SmallVector<int64_t> to(shapeOf(reshape.getResult()));
    SmallVector<Operation *> ops = opsAbove(reshape);
    if (ops.empty())
      return;
    SmallVector<Operation *> moved = compute(ops, to);
    reshape.getResult().replaceAllUsesWith(moved.back()->getResult(0));
    reshape.erase();
    erase(ops);
  }

  /// Moves `reshape` above `slice` where that is not to be fused with what it
  /// takes a part of.
  static void moveAbove(ir::SliceOp slice, ir::ReshapeOp reshape) {
    Operation *whole = slice.getInput().getDefiningOp();
    bool isAlone = whole && !isReshape(whole) && whole->hasOneUse();
    if (isAlone || !slice->hasOneUse() || !isKnown(slice) ||
        slice->getBlock() != reshape->getBlock())
      return;
    Value moved = sliceOfReshape(reshape, slice);
    if (!moved)
      return;
    reshape.getResult().replaceAllUsesWith(moved);
    reshape.erase();
    slice.erase();
  }

  /// The elementwise ops that `reshape` alone reads, in their block's order;
  /// none where one of them is to stay with what it reads itself.
  SmallVector<Operation *> opsAbove(ir::ReshapeOp reshape) const {
    ArrayRef<int64_t> from = shapeOf(reshape.getInput()),
                      to = shapeOf(reshape.getResult());
    llvm::SetVector<Operation *> found;
    auto isFree = [](Operation *op) {
      return !op || isReshape(op) || isa<ir::ParameterOp, ir::ConstantOp>(op);
    };
    if (isFree(reshape.getInput().getDefiningOp()))
      return {};
    found.insert(reshape.getInput().getDefiningOp());
    for (size_t i = 0; i < found.size(); ++i) {
      Operation *op = found[i];
      if (op->getBlock() != reshape->getBlock() || followers.contains(op) ||
          !isKnown(op) || !canFollow(op, from, to))
        return {};
      for (Value operand : op->getOperands())
        if (shapeOf(operand) == from && !isFree(operand.getDefiningOp()))
          found.insert(operand.getDefiningOp());
    }
    for (Operation *op : found)
      for (Operation *user : op->getUsers())
        if (user != reshape && !found.contains(user))
          return {};
    SmallVector<Operation *> ops = found.takeVector();
    llvm::sort(
        ops, [](Operation *a, Operation *b) { return a->isBeforeInBlock(b); });
    return ops;
  }

  /// Ops that may become part of a contraction's kernel.
  llvm::DenseSet<Operation *> followers;
};

} // namespace
} // namespace tactus
