//===- AttentionPartBuilder.cpp - One step of attention -------------------===//
#include "compiler/Conversion/Kernels/AttentionPartBuilder.h"
#include "compiler/Conversion/Kernels/KernelPlan.h"

using namespace mlir;

namespace tactus {

static RankedTensorType typeOf(Value value) {
  return cast<RankedTensorType>(value.getType());
}

bool dependsOn(Value value, Value source, Value stop) {
  SmallVector<Value> left = {value};
  DenseSet<Value> seen;
  while (!left.empty()) {
    Value next = left.pop_back_val();
    if (next == stop)
      continue;
    if (next == source)
      return true;
    if (!next.getDefiningOp() || !seen.insert(next).second)
      continue;
    llvm::append_range(left, next.getDefiningOp()->getOperands());
  }
  return false;
}

PartBuilder::PartBuilder(AttentionOps ops, int64_t rows,
                         ArrayRef<AttentionPart> parts)
    : rank(typeOf(ops.first.getResult()).getRank()),
      m(typeOf(ops.first.getResult()).getDimSize(rank - 2)), rows(rows),
      parts(parts), block(std::make_unique<Block>()),
      builder(ops.first.getContext()) {
  builder.setInsertionPointToEnd(block.get());
}

Value PartBuilder::take(unsigned number) {
  ir::KernelOp kernel = parts[number].kernel;
  operands.resize(block->getNumArguments());
  operands.push_back({/*isPart=*/true, number, {}});
  return block->addArgument(kernel.getResultTypes().front(), kernel.getLoc());
}

void PartBuilder::give(Value value, Value part) {
  cuts[value] = part;
  given.push_back(value);
}

bool PartBuilder::isGiven(Value value) const {
  return llvm::any_of(
      given, [&](Value start) { return dependsOn(value, start, Value()); });
}

/// A copy of `value` and of all that it is computed from.
FailureOr<Value> PartBuilder::whole(Value value) {
  if (copies.contains(value))
    return copies.lookup(value);
  Operation *op = value.getDefiningOp();
  if (!op) {
    Value argument = block->addArgument(value.getType(), value.getLoc());
    copies.map(value, argument);
    return argument;
  }
  for (Value operand : op->getOperands())
    if (failed(whole(operand)))
      return failure();
  builder.clone(*op, copies);
  return copies.lookup(value);
}

/// Notes where arguments begin that `value` at `map` is computed from. Each may
/// begin at one place only.
LogicalResult PartBuilder::note(Value value, const IndexMap &map) {
  Operation *op = value.getDefiningOp();
  if (!op) {
    unsigned number = cast<BlockArgument>(copies.lookup(value)).getArgNumber();
    FlatAccess begin =
        flatten(map, typeOf(value).getShape(), unsigned(rank + 1));
    begin.coefficients.resize(size_t(rank - 1));
    begin.offset = 0;
    AttentionPart::Operand operand{
        false, cast<BlockArgument>(value).getArgNumber(), begin};
    operands.resize(std::max<size_t>(operands.size(), number + 1));
    AttentionPart::Operand &noted = operands[number];
    if (noted.begin.coefficients.empty())
      noted = operand;
    return success(noted.begin == begin);
  }
  if (isa<ir::ConstantOp>(op))
    return success();
  // An index would count from the block's beginning.
  if (op->getNumOperands() == 0)
    return failure();
  for (unsigned i = 0; i < op->getNumOperands(); ++i) {
    FailureOr<IndexMap> read = mapOfOperand(op, i, map);
    if (failed(read) || failed(note(op->getOperand(i), *read)))
      return failure();
  }
  return success();
}

/// The first matrix of `value`, whose dimensions are the loops of `map`, and of
/// that the block's rows where it has them.
FailureOr<Value> PartBuilder::firstOf(Value value, const IndexMap &map,
                                      bool hasRows) {
  FailureOr<Value> copy = whole(value);
  if (failed(copy) || failed(note(value, map)))
    return failure();
  ArrayRef<int64_t> shape = typeOf(value).getShape();
  int64_t shift = rank - int64_t(shape.size());
  SmallVector<int64_t> starts, ends, axes;
  for (int64_t d = 0; d < int64_t(shape.size()); ++d) {
    bool isRow = d + shift == rank - 2;
    int64_t size = d + shift < rank - 2 ? 1 : shape[d];
    if (isRow && hasRows && shape[d] == m)
      size = rows;
    if (size == shape[d])
      continue;
    starts.push_back(0);
    ends.push_back(size);
    axes.push_back(d);
  }
  if (axes.empty())
    return *copy;
  return ir::SliceOp::create(builder, value.getLoc(), *copy,
                             builder.getDenseI64ArrayAttr(starts),
                             builder.getDenseI64ArrayAttr(ends),
                             builder.getDenseI64ArrayAttr(axes),
                             DenseI64ArrayAttr())
      .getResult();
}

/// Dimensions aligned at the right with `loops`; one of size 1 is no loop.
static IndexMap alignedMap(ArrayRef<int64_t> shape, ArrayRef<int64_t> loops,
                           int64_t rank) {
  SmallVector<int64_t> of;
  size_t shift = loops.size() - shape.size();
  for (auto [d, size] : llvm::enumerate(shape))
    of.push_back(size == 1 ? -1 : loops[d + shift]);
  return mapOfLoops(of, unsigned(rank + 1));
}

FailureOr<Value> PartBuilder::cutLeft(Value lhs) {
  auto loops = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  loops.back() = rank;
  return firstOf(lhs, alignedMap(typeOf(lhs).getShape(), loops, rank),
                 /*hasRows=*/true);
}

FailureOr<Value> PartBuilder::cutRight(Value rhs) {
  auto loops = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  loops[size_t(rank) - 2] = rank;
  return firstOf(rhs, alignedMap(typeOf(rhs).getShape(), loops, rank),
                 /*hasRows=*/false);
}

FailureOr<Value> PartBuilder::cut(Value value) {
  if (auto found = cuts.find(value); found != cuts.end())
    return found->second;
  if (!isGiven(value)) {
    if (typeOf(value).getRank() > rank)
      return failure();
    auto loops = llvm::to_vector(llvm::seq<int64_t>(0, rank));
    return firstOf(value, alignedMap(typeOf(value).getShape(), loops, rank),
                   /*hasRows=*/true);
  }
  Operation *op = value.getDefiningOp();
  std::optional<Reduction> reduction = Reduction::of(op);
  if (reduction) {
    // Rows stay where they are.
    if (!reduction->keepdims || reduction->axes.size() != 1 ||
        reduction->axes.front() != rank - 1)
      return failure();
  } else if (!isa<ir::ElementwiseOpInterface>(op)) {
    return failure();
  }
  IRMapping mapping;
  for (Value operand : op->getOperands()) {
    FailureOr<Value> part = cut(operand);
    if (failed(part))
      return failure();
    mapping.map(operand, *part);
  }
  Operation *copy = builder.clone(*op, mapping);
  auto infers = dyn_cast<InferTypeOpInterface>(copy);
  SmallVector<Type> types;
  if (!infers || failed(infers.inferReturnTypes(
                     copy->getContext(), copy->getLoc(), copy->getOperands(),
                     copy->getAttrDictionary(), copy->getPropertiesStorage(),
                     copy->getRegions(), types)))
    return failure();
  copy->getResult(0).setType(types.front());
  cuts[value] = copy->getResult(0);
  return copy->getResult(0);
}

AttentionPart PartBuilder::finish(OpBuilder &outside, const Twine &name,
                                  Value result) {
  ir::YieldOp::create(builder, result.getLoc(), result);
  OperationState state(result.getLoc(), ir::KernelOp::getOperationName());
  ir::KernelOp::Properties &properties =
      state.getOrAddProperties<ir::KernelOp::Properties>();
  properties.sym_name = builder.getStringAttr(name);
  properties.function_type = TypeAttr::get(builder.getFunctionType(
      block->getArgumentTypes(), TypeRange(result.getType())));
  state.addRegion()->push_back(block.release());
  operands.resize(state.regions.front()->front().getNumArguments());
  return {cast<ir::KernelOp>(outside.create(state)), std::move(operands)};
}

} // namespace tactus
