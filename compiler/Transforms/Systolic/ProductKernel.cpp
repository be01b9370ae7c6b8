//===- ProductKernel.cpp - What of a kernel the array runs ----------------===//
#include "compiler/Transforms/Systolic/ProductKernel.h"
#include "mlir/IR/Matchers.h"
#include <algorithm>
#include <cmath>

using namespace mlir;

namespace tactus::systolic {
namespace {

class Matcher {
public:
  explicit Matcher(ir::KernelOp kernel)
      : kernel(kernel), body(kernel.getBody().front()) {}

  FailureOr<ProductKernel> match() {
    Operation *op = body.empty() ? nullptr : &body.front();
    auto matmul = dyn_cast_or_null<ir::MatmulOp>(op);
    if (!matmul)
      return refuse(op, "expected a kernel that begins with a matmul");
    if (failed(matchMatmul(matmul)))
      return failure();
    value = matmul.getResult();
    for (op = op->getNextNode(); op && !isa<ir::YieldOp>(op);
         op = op->getNextNode())
      if (!isa<ir::ConstantOp>(op) && failed(matchNext(op)))
        return failure();
    return product;
  }

private:
  LogicalResult refuse(Operation *op, const Twine &message) {
    InFlightDiagnostic diagnostic =
        op ? op->emitOpError() : kernel.emitOpError();
    diagnostic << message
               << "; the array runs an i8 matmul of rank 2, a bias, relu and "
                  "requantize to i8, in this order";
    return failure();
  }

  int64_t argumentOf(Value operand) {
    auto argument = dyn_cast<BlockArgument>(operand);
    return argument ? int64_t(argument.getArgNumber()) : -1;
  }

  LogicalResult matchMatmul(ir::MatmulOp op) {
    RankedTensorType lhs = op.getLhs().getType(), rhs = op.getRhs().getType();
    if (!lhs.getElementType().isSignlessInteger(8) ||
        !rhs.getElementType().isSignlessInteger(8))
      return refuse(op, "expected i8 operands, but got " +
                            llvm::Twine(lhs.getElementType().isInteger(8)
                                            ? "ones of other signs"
                                            : "other element types"));
    if (lhs.getRank() != 2 || rhs.getRank() != 2)
      return refuse(op, "expected operands of rank 2, but got rank " +
                            Twine(lhs.getRank()) + " and " +
                            Twine(rhs.getRank()));
    product.lhs = argumentOf(op.getLhs());
    product.rhs = argumentOf(op.getRhs());
    if (product.lhs < 0 || product.rhs < 0)
      return refuse(op, "expected operands that lie in memory as they are");
    product.m = lhs.getDimSize(0);
    product.k = lhs.getDimSize(1);
    product.n = rhs.getDimSize(1);
    if (product.m == 0 || product.k == 0 || product.n == 0)
      return refuse(op, "expected no empty operand");
    return op.getInit() ? takeBias(op, op.getInit()) : success();
  }

  LogicalResult matchNext(Operation *op) {
    if (op->getNumResults() != 1 ||
        !llvm::is_contained(op->getOperands(), value))
      return refuse(op, "expected an op on the sums");
    if (auto add = dyn_cast<ir::AddOp>(op)) {
      if (failed(matchBias(add)))
        return failure();
    } else if (isa<ir::ReluOp>(op)) {
      if (product.zeroPoint != 0)
        return refuse(op, "expected a zero point of 0 before relu");
      product.relu = true;
    } else if (auto requantize = dyn_cast<ir::RequantizeOp>(op)) {
      if (failed(matchRequantize(requantize)))
        return failure();
    } else {
      return refuse(op, "expected another op here");
    }
    value = op->getResult(0);
    return success();
  }

  /// The machine has one scale and one zero point for all columns.
  LogicalResult matchRequantize(ir::RequantizeOp op) {
    if (product.scale || !op.getTo().isSignlessInteger(8))
      return refuse(op, "expected one requantize, to i8");
    SplatElementsAttr scale, zeroPoint;
    if (!matchPattern(op.getScale(), m_Constant(&scale)) ||
        (op.getZeroPoint() &&
         !matchPattern(op.getZeroPoint(), m_Constant(&zeroPoint))))
      return refuse(op, "expected a scale and a zero point that are one "
                        "constant for all columns");
    product.scale = scale.getSplatValue<float>();
    if (!std::isfinite(*product.scale) || *product.scale <= 0)
      return refuse(op, "expected a positive, finite scale, but got " +
                            Twine(std::to_string(*product.scale)));
    // As the op saturates it.
    if (zeroPoint)
      product.zeroPoint =
          std::clamp(zeroPoint.getSplatValue<int32_t>(), -128, 127);
    return success();
  }

  /// A row that is added to each row of sums.
  LogicalResult matchBias(ir::AddOp op) {
    if (product.bias >= 0 || product.relu || product.scale)
      return refuse(op, "expected the bias first, and once");
    return takeBias(op, op.getLhs() == value ? op.getRhs() : op.getLhs());
  }

  LogicalResult takeBias(Operation *op, Value other) {
    auto type = cast<RankedTensorType>(other.getType());
    int64_t rank = type.getRank();
    bool isRow = rank >= 1 && type.getDimSize(rank - 1) == product.n &&
                 type.getNumElements() == product.n;
    product.bias = argumentOf(other);
    if (!isRow || product.bias < 0)
      return refuse(op, "expected a bias of one value a column");
    return success();
  }

  ir::KernelOp kernel;
  Block &body;
  ProductKernel product;
  Value value;
};

} // namespace

FailureOr<ProductKernel> matchProduct(ir::KernelOp kernel) {
  return Matcher(kernel).match();
}

} // namespace tactus::systolic
