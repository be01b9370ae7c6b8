//===- MachineKernel.cpp - What a kernel is to the machine ----------------===//
#include "compiler/Transforms/Systolic/MachineKernel.h"
#include "mlir/Support/DebugStringHelper.h"

using namespace mlir;

namespace tactus::systolic {

std::optional<Read> readOf(Value value, IndexMap map) {
  while (Operation *op = value.getDefiningOp()) {
    if (!isa<ir::TransposeOp, ir::BroadcastOp, ir::SliceOp>(op))
      return std::nullopt;
    FailureOr<IndexMap> read = mapOfOperand(op, 0, map);
    if (failed(read))
      return std::nullopt;
    map = std::move(*read);
    value = op->getOperand(0);
  }
  return Read{cast<BlockArgument>(value).getArgNumber(), std::move(map)};
}

namespace {

ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

class Analyzer {
public:
  Analyzer(Block &body, const Machine &machine, Refuse refuse)
      : body(body), machine(machine), refuse(refuse) {}

  FailureOr<MachineKernel> run() {
    Operation *end = body.getTerminator();
    if (end->getNumOperands() != 1)
      return refused(end, "the machine runs kernels of one result");
    result = end->getOperand(0);
    ir::MatmulOp matmul;
    for (auto op : body.getOps<ir::MatmulOp>()) {
      if (matmul)
        return refused(op, "the machine runs one product a kernel");
      matmul = op;
    }
    return matmul ? ofProduct(matmul) : ofSteps();
  }

private:
  LogicalResult refused(Operation *op, const Twine &why) {
    refuse(op, why);
    return failure();
  }

  LogicalResult setSpace(Operation *op, ArrayRef<int64_t> shape) {
    kernel.sizes.assign(shape.begin(), shape.end());
    if (shape.empty())
      kernel.sizes.push_back(1);
    if (llvm::any_of(shape, ShapedType::isDynamic) ||
        llvm::is_contained(shape, 0))
      return refused(op, "the machine runs kernels whose sizes are known and "
                         "not 0");
    return success();
  }

  /// What the result is wanted at: its own dimensions, or those that a
  /// reduction left.
  FailureOr<IndexMap> resultMap() {
    ArrayRef<int64_t> shape = shapeOf(result);
    unsigned loops = kernel.numLoops();
    IndexMap map = identityMap(loops);
    if (shape == ArrayRef(kernel.sizes))
      return map;
    kernel.resultForm = Form::Column;
    if (shape == ArrayRef(kernel.sizes).drop_back()) {
      map.pop_back();
      return map;
    }
    map.back().coefficients.assign(loops, 0);
    if (shape.size() == loops && shape.back() == 1 &&
        shape.drop_back() == ArrayRef(kernel.sizes).drop_back())
      return map;
    return refused(result.getDefiningOp(),
                   "expected a result of the kernel's rows");
  }

  FailureOr<MachineKernel> ofSteps() {
    Operation *last = body.getTerminator();
    ArrayRef<int64_t> space = shapeOf(result);
    for (Operation &op : body)
      if (isa<ir::SumOp, ir::MaxOp>(op)) {
        space = shapeOf(op.getOperand(0));
        last = &op;
        break;
      }
    if (failed(setSpace(last, space)))
      return failure();
    FailureOr<IndexMap> map = resultMap();
    if (failed(map))
      return failure();
    if (moves(*map))
      return std::move(kernel);
    return finish(*map, std::nullopt);
  }

  /// Whether elements of a type that the machine does not compute with are only
  /// moved.
  bool moves(const IndexMap &map) {
    if (elementKindOf(result.getType()))
      return false;
    std::optional<Read> read = readOf(result, map);
    if (!read)
      return false;
    VectorValue value;
    value.form = formOf(map, kernel.numLoops());
    value.read = std::move(read);
    kernel.vector.values.push_back(std::move(value));
    return true;
  }

  FailureOr<MachineKernel> finish(const IndexMap &map,
                                  std::optional<Seed> seed) {
    FailureOr<VectorProgram> steps =
        planVector(result, map, kernel.sizes, seed, refuse);
    if (failed(steps))
      return failure();
    kernel.vector = std::move(*steps);
    return std::move(kernel);
  }

  /// Loop `row`, or -1 where the dimension does not vary, for each dimension of
  /// a product's operand; batch dimensions align at the right.
  IndexMap operandMap(Value operand, int64_t row, int64_t column) {
    ArrayRef<int64_t> shape = shapeOf(operand);
    int64_t shift = kernel.numLoops() - shape.size();
    SmallVector<int64_t> loops;
    for (auto [d, size] : llvm::enumerate(shape.drop_back(2)))
      loops.push_back(size == 1 ? -1 : int64_t(d) + shift);
    loops.append({row, column});
    return mapOfLoops(loops, kernel.numLoops() + 1);
  }

  FailureOr<MachineKernel> ofProduct(ir::MatmulOp matmul) {
    if (failed(setSpace(matmul, shapeOf(matmul.getResult()))))
      return failure();
    Product &product = kernel.product.emplace();
    if (failed(setTypes(matmul, product)))
      return failure();
    int64_t rank = kernel.numLoops();
    auto lhs =
        readOf(matmul.getLhs(), operandMap(matmul.getLhs(), rank - 2, rank));
    auto rhs =
        readOf(matmul.getRhs(), operandMap(matmul.getRhs(), rank, rank - 1));
    if (!lhs || !rhs)
      return refused(matmul, "the array multiplies operands that lie in memory "
                             "as they are");
    product.lhs = std::move(*lhs);
    product.rhs = std::move(*rhs);
    if (Value init = matmul.getInit()) {
      ArrayRef<int64_t> shape = shapeOf(init);
      SmallVector<int64_t> loops;
      for (auto [d, size] : llvm::enumerate(shape)) {
        int64_t loop = int64_t(d) + rank - int64_t(shape.size());
        loops.push_back(size == 1 && kernel.sizes[loop] != 1 ? -1 : loop);
      }
      product.init = readOf(init, mapOfLoops(loops, rank));
      if (!product.init)
        return refused(matmul, "the array begins with sums that lie in memory");
      Form form = formOf(product.init->map, rank);
      if (!hasColumns(form))
        return refused(matmul, "the array begins with a row or a matrix of "
                               "sums");
    }
    matchDrain(matmul, product, rank);
    if (result == product.drain.value) {
      VectorValue sums;
      sums.type = product.drain.output;
      sums.isProduct = true;
      kernel.vector.values.push_back(sums);
      return std::move(kernel);
    }
    if (product.drain.output == ElementKind::i32)
      return refused(*product.drain.value.getUsers().begin(),
                     "the machine has whole sums requantized, dequantized or "
                     "as they are, after a row that is added and relu");
    if (shapeOf(result) != ArrayRef(kernel.sizes))
      return refused(matmul, "expected a result of the product's shape");
    return finish(identityMap(rank),
                  Seed{product.drain.value, product.drain.output});
  }

  LogicalResult setTypes(ir::MatmulOp matmul, Product &product) {
    auto lhs = elementKindOf(matmul.getLhs().getType()),
         rhs = elementKindOf(matmul.getRhs().getType()),
         sum = elementKindOf(matmul.getType());
    bool isOfArray = lhs && lhs == rhs &&
                     (lhs == ElementKind::i8 || lhs == ElementKind::bf16);
    if (!isOfArray || !machine.supports(DataType(*lhs))) {
      std::string types;
      for (DataType type : machine.elementTypes)
        types += (types.empty() ? "" : " or ") + std::string(toString(type));
      refuse(matmul, "expected operands of " + types +
                         ", which the array of '" + machine.name +
                         "' multiplies, but got " +
                         debugString(matmul.getLhs().getType()) + " and " +
                         debugString(matmul.getRhs().getType()));
      return failure();
    }
    product.type = *lhs;
    product.depth = shapeOf(matmul.getLhs()).back();
    if (product.depth == 0)
      return refused(matmul, "the array has no products of empty rows");
    if (product.type == ElementKind::bf16 &&
        (sum != ElementKind::f32 ||
         int64_t(matmul.getBlock().value_or(0)) != machine.rows))
      return refused(matmul, "the array sums bf16 in f32, in blocks of its " +
                                 Twine(machine.rows) +
                                 " rows; expected f32 sums with block = " +
                                 Twine(machine.rows));
    return success();
  }

  Block &body;
  const Machine &machine;
  Refuse refuse;
  Value result;
  MachineKernel kernel;
};

} // namespace

/// Whether `loop` takes the elements of what is read one after the other, or
/// one alone.
static bool isForward(const Read &read, unsigned loop) {
  return llvm::all_of(read.map, [&](const LinearIndex &index) {
    return loop >= index.coefficients.size() || index.coefficients[loop] == 0 ||
           index.coefficients[loop] == 1;
  });
}

/// Whether all rows that are read lie in memory as they are, or do so once
/// dimensions are swapped. What is only moved may lie in any way.
static bool readsForward(const MachineKernel &kernel) {
  unsigned loops = kernel.numLoops();
  if (kernel.product) {
    const Product &product = *kernel.product;
    if (!isForward(product.lhs, loops) || !isForward(product.rhs, loops) ||
        !isForward(product.rhs, loops - 1))
      return false;
    for (const std::optional<Read> *read :
         {&product.init, &product.drain.scales, &product.drain.slopes,
          &product.drain.residual})
      if (*read && !isForward(**read, loops - 1))
        return false;
  } else if (kernel.vector.steps.empty() && kernel.resultForm == Form::Full) {
    return true;
  }
  return llvm::all_of(kernel.vector.values, [&](const VectorValue &value) {
    return !value.read || isForward(*value.read, loops - 1);
  });
}

FailureOr<MachineKernel> analyzeKernel(Block &body, const Machine &machine,
                                       Refuse refuse) {
  FailureOr<MachineKernel> kernel = Analyzer(body, machine, refuse).run();
  if (failed(kernel) || readsForward(*kernel))
    return kernel;
  refuse(body.getTerminator(),
         "the machine reads rows whose elements follow each other");
  return failure();
}

const Read *movedRead(const MachineKernel &kernel) {
  const VectorProgram &vector = kernel.vector;
  if (kernel.product || !vector.steps.empty() ||
      kernel.resultForm != Form::Full)
    return nullptr;
  const std::optional<Read> &read = vector.values[vector.result].read;
  return read ? &*read : nullptr;
}

} // namespace tactus::systolic
