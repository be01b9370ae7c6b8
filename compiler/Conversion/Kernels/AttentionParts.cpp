//===- AttentionParts.cpp - A kernel of two products, cut up --------------===//
//
// Each step becomes a kernel of its own on a block of rows, so that it is
// lowered as it is elsewhere and gives the same bits. A block's kernel reads
// tensors as if its rows were the first of the first matrix; where they really
// begin is a function of the block, which moves the tensors' memory.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Kernels/AttentionParts.h"
#include "compiler/Conversion/Kernels/AttentionPartBuilder.h"
#include "compiler/Conversion/Kernels/ContractionKernel.h"
#include "compiler/Conversion/Kernels/KernelPlan.h"

using namespace mlir;

namespace tactus {

static RankedTensorType typeOf(Value value) {
  return cast<RankedTensorType>(value.getType());
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
  Value packed = ir::PackOp::create(
      part.code(), matmul.getLoc(), *right,
      chooseRegisterTile(machine, matmul).columns,
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
