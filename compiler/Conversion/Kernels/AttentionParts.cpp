//===- AttentionParts.cpp - A kernel of two products, cut up --------------===//
//
// Each step becomes a kernel of its own on a block of rows, so that it is
// lowered as it is elsewhere and gives the same bits. A block's kernel reads
// tensors as if its rows were the first of the first matrix; where they really
// begin is a function of the block, which moves the tensors' memory.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Kernels/AttentionParts.h"
#include "compiler/Conversion/Kernels/ContractionKernel.h"
#include "compiler/Conversion/Kernels/KernelPlan.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;

namespace tactus {

static RankedTensorType typeOf(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// Whether `value` is computed from `source`, where paths end at `stop`.
static bool dependsOn(Value value, Value source, Value stop) {
  SmallVector<Value> left = {value};
  DenseSet<Value> seen;
  while (!left.empty()) {
    Value next = left.pop_back_val();
    if (next == source)
      return true;
    if (next == stop || !next.getDefiningOp() || !seen.insert(next).second)
      continue;
    llvm::append_range(left, next.getDefiningOp()->getOperands());
  }
  return false;
}

std::optional<AttentionOps> findAttention(Block &body) {
  auto matmuls = llvm::to_vector(body.getOps<ir::MatmulOp>());
  Operation *yield = body.getTerminator();
  if (matmuls.size() != 2 || yield->getNumOperands() != 1)
    return std::nullopt;
  AttentionOps ops{matmuls[0], matmuls[1], matmuls[1].getLhs()};
  Value rows = ops.first.getResult(), result = yield->getOperand(0);
  // The scores are what the first reduction reads.
  for (Operation &op : body)
    if (std::optional<Reduction> reduction = Reduction::of(&op);
        reduction && dependsOn(reduction->input, rows, Value())) {
      ops.scores = reduction->input;
      break;
    }
  bool isChain = !dependsOn(ops.second.getRhs(), rows, Value()) &&
                 dependsOn(ops.scores, rows, Value()) &&
                 !dependsOn(ops.scores, ops.second.getResult(), Value()) &&
                 dependsOn(ops.second.getLhs(), ops.scores, Value()) &&
                 !dependsOn(ops.second.getLhs(), rows, ops.scores) &&
                 dependsOn(result, ops.second.getResult(), Value()) &&
                 !dependsOn(result, rows, ops.second.getResult());
  ArrayRef<int64_t> first = typeOf(rows).getShape(),
                    second = typeOf(ops.second.getResult()).getShape();
  bool isPlain = !ops.first.getInit() && !ops.second.getInit() &&
                 typeOf(ops.scores).getShape() == first &&
                 typeOf(ops.second.getLhs()).getShape() == first &&
                 typeOf(result).getShape() == second &&
                 first.drop_back(1) == second.drop_back(1) &&
                 typeOf(result).getNumElements() != 0 &&
                 typeOf(rows).getNumElements() != 0;
  if (!isChain || !isPlain)
    return std::nullopt;
  return ops;
}

namespace {

/// Builds the kernel of one step.
class PartBuilder {
public:
  PartBuilder(AttentionOps ops, int64_t rows, ArrayRef<AttentionPart> parts)
      : rank(typeOf(ops.first.getResult()).getRank()),
        m(typeOf(ops.first.getResult()).getDimSize(rank - 2)), rows(rows),
        parts(parts), block(std::make_unique<Block>()),
        builder(ops.first.getContext()) {
    builder.setInsertionPointToEnd(block.get());
  }

  /// The result of part `number`, as an argument.
  Value take(unsigned number);
  /// Lets `part` be the block's share of `value`.
  void give(Value value, Value part);
  /// The block's share of `value`, which lies in the space of rows.
  FailureOr<Value> cut(Value value);
  /// The block's share of an operand of a product: of its rows, or of its
  /// batch.
  FailureOr<Value> cutLeft(Value lhs);
  FailureOr<Value> cutRight(Value rhs);

  OpBuilder &code() { return builder; }
  AttentionPart finish(OpBuilder &outside, const Twine &name, Value result);

private:
  FailureOr<Value> whole(Value value);
  FailureOr<Value> firstOf(Value value, const IndexMap &map, bool hasRows);
  LogicalResult note(Value value, const IndexMap &map);
  bool isGiven(Value value) const;

  int64_t rank, m, rows;
  ArrayRef<AttentionPart> parts;
  std::unique_ptr<Block> block;
  OpBuilder builder;
  IRMapping copies;
  llvm::MapVector<Value, Value> cuts;
  SmallVector<Value> given;
  SmallVector<AttentionPart::Operand> operands;
};

} // namespace

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

//===----------------------------------------------------------------------===//
// The steps
//===----------------------------------------------------------------------===//

namespace {

class Cutter {
public:
  Cutter(OpBuilder &outside, StringRef name, const AttentionOps &ops,
         int64_t rows, const VectorMachine &machine)
      : outside(outside), name(name), ops(ops), rows(rows), machine(machine) {}
  ~Cutter() {
    for (AttentionPart &part : parts)
      part.kernel.erase();
  }

  FailureOr<SmallVector<AttentionPart>> run();

private:
  LogicalResult pack(ir::MatmulOp matmul, const char *suffix);
  LogicalResult multiply(ir::MatmulOp matmul, std::optional<unsigned> left,
                         unsigned packed, Value result, const char *suffix);
  LogicalResult weigh();

  OpBuilder &outside;
  StringRef name;
  AttentionOps ops;
  int64_t rows;
  VectorMachine machine;
  SmallVector<AttentionPart> parts;
};

} // namespace

/// The first matrix of the right operand, as panels.
LogicalResult Cutter::pack(ir::MatmulOp matmul, const char *suffix) {
  PartBuilder part(ops, rows, parts);
  FailureOr<Value> right = part.cutRight(matmul.getRhs());
  if (failed(right))
    return failure();
  Type left = getElementTypeOrSelf(matmul.getLhs());
  Type accumulator = accumulatorType(getElementTypeOrSelf(matmul.getType()));
  int64_t columns = typeOf(*right).getShape().back();
  Value packed = ir::PackOp::create(
      part.code(), matmul.getLoc(), *right,
      chooseRegisterTile(machine, accumulator, columns).columns,
      depthOfProduct(machine, left, getElementTypeOrSelf(*right), accumulator));
  parts.push_back(part.finish(outside, name + suffix, packed));
  return success();
}

/// The block's rows of a product, and what elementwise ops make of them. The
/// left operand is that of `matmul` or the result of part `left`, the right one
/// that of part `packed`.
LogicalResult Cutter::multiply(ir::MatmulOp matmul,
                               std::optional<unsigned> left, unsigned packed,
                               Value result, const char *suffix) {
  PartBuilder part(ops, rows, parts);
  FailureOr<Value> lhs =
      left ? part.take(*left) : part.cutLeft(matmul.getLhs());
  if (failed(lhs))
    return failure();
  auto pack = parts[packed]
                  .kernel.getBody()
                  .front()
                  .getTerminator()
                  ->getOperand(0)
                  .getDefiningOp<ir::PackOp>();
  ArrayRef<int64_t> matrix = pack.getInput().getType().getShape();
  auto depth = int64_t(pack.getDepth());
  Value rhs = ir::UnpackOp::create(
      part.code(), matmul.getLoc(), part.take(packed), matrix.back(), depth,
      depth == 1 ? IntegerAttr()
                 : outside.getI64IntegerAttr(matrix[matrix.size() - 2]));
  SmallVector<int64_t> shape(typeOf(matmul.getResult()).getShape());
  std::fill(shape.begin(), shape.end() - 2, 1);
  shape[shape.size() - 2] = rows;
  Operation *copy = part.code().clone(*matmul);
  copy->setOperand(0, *lhs);
  copy->setOperand(1, rhs);
  copy->getResult(0).setType(typeOf(matmul.getResult()).clone(shape));
  part.give(matmul.getResult(), copy->getResult(0));
  FailureOr<Value> value = part.cut(result);
  if (failed(value))
    return failure();
  parts.push_back(part.finish(outside, name + suffix, *value));
  return success(isContractionKernel(parts.back().kernel.getBody().front()));
}

/// What reductions along the rows of scores make of them.
LogicalResult Cutter::weigh() {
  PartBuilder part(ops, rows, parts);
  part.give(ops.scores, part.take(unsigned(AttentionStep::Scores)));
  FailureOr<Value> weights = part.cut(ops.second.getLhs());
  if (failed(weights))
    return failure();
  parts.push_back(part.finish(outside, name + "_weights", *weights));
  return success(succeeded(planKernel(parts.back().kernel.getBody().front())));
}

FailureOr<SmallVector<AttentionPart>> Cutter::run() {
  constexpr auto packFirst = unsigned(AttentionStep::PackFirst),
                 packSecond = unsigned(AttentionStep::PackSecond);
  if (failed(pack(ops.first, "_pack_first")) ||
      failed(pack(ops.second, "_pack_second")) ||
      failed(
          multiply(ops.first, std::nullopt, packFirst, ops.scores, "_scores")))
    return failure();
  if (ops.scores != ops.second.getLhs() && failed(weigh()))
    return failure();
  Block &body = *ops.second->getBlock();
  if (failed(multiply(ops.second, unsigned(parts.size()) - 1, packSecond,
                      body.getTerminator()->getOperand(0), "_result")))
    return failure();
  return std::move(parts);
}

FailureOr<SmallVector<AttentionPart>>
cutAttention(OpBuilder &builder, StringRef name, const AttentionOps &ops,
             int64_t rows, const VectorMachine &machine) {
  return Cutter(builder, name, ops, rows, machine).run();
}

} // namespace tactus
