//===- LegalizeContractions.cpp - Products in the machine's types ---------===//
#include "compiler/Transforms/Legalization.h"
#include "compiler/Transforms/LegalizeSteps.h"
#include "compiler/Transforms/Ranges.h"
#include <cmath>

using namespace mlir;

namespace tactus {
namespace {

using legalize::Steps;
using systolic::DataType;
using systolic::Machine;

//===----------------------------------------------------------------------===//
// Which products are rewritten
//===----------------------------------------------------------------------===//

/// What becomes of a matmul.
enum class Arithmetic {
  /// It is the machine's already, or computed at load.
  Kept,
  /// There is nothing to sum.
  Zero,
  BFloat16,
  Bytes,
  // The machine cannot multiply it:
  UnknownType,
  UnknownRanges,
  WrongRanges,
};

/// None where the attribute is absent or no pair of magnitudes.
std::optional<std::array<float, 2>> rangesOf(ir::MatmulOp op) {
  auto ranges = op->getAttrOfType<DenseF32ArrayAttr>(rangesAttribute);
  if (!ranges || ranges.size() != 2)
    return std::nullopt;
  std::array<float, 2> pair = {ranges[0], ranges[1]};
  for (float range : pair)
    if (!(range >= 0) || std::isinf(range))
      return std::nullopt;
  return pair;
}

Arithmetic arithmeticOf(ir::MatmulOp op, const Machine &machine) {
  Type lhs = op.getLhs().getType().getElementType();
  Type rhs = op.getRhs().getType().getElementType();
  if (isPrepared(op.getLhs()) && isPrepared(op.getRhs()))
    return Arithmetic::Kept;
  bool hasBytes = machine.supports(DataType::I8);
  if (lhs.isSignlessInteger(8) && rhs.isSignlessInteger(8) && hasBytes)
    return Arithmetic::Kept;
  if (!isRoundable(lhs))
    return Arithmetic::UnknownType;
  if (legalize::hasNoElements(op.getLhs()) ||
      legalize::hasNoElements(op.getRhs()))
    return Arithmetic::Zero;
  if (hasBytes && op->hasAttr(rangesAttribute))
    return rangesOf(op) ? Arithmetic::Bytes : Arithmetic::WrongRanges;
  if (!machine.supports(DataType::BF16))
    return Arithmetic::UnknownRanges;
  bool isDone = lhs.isBF16() && op.getType().getElementType().isF32() &&
                op.getBlock() == machine.rows;
  return isDone ? Arithmetic::Kept : Arithmetic::BFloat16;
}

LogicalResult check(ir::MatmulOp op, const Machine &machine) {
  switch (arithmeticOf(op, machine)) {
  case Arithmetic::Kept:
  case Arithmetic::Zero:
  case Arithmetic::BFloat16:
  case Arithmetic::Bytes:
    return success();
  case Arithmetic::UnknownType: {
    std::string types;
    for (DataType type : machine.elementTypes)
      types += (types.empty() ? "" : " and ") + std::string(toString(type));
    return op.emitOpError("expected operands of f32, f16")
           << (machine.supports(DataType::I8) ? ", bf16 or i8" : " or bf16")
           << ", since machine '" << machine.name << "' multiplies " << types
           << ", but got " << op.getLhs().getType().getElementType() << " and "
           << op.getRhs().getType().getElementType();
  }
  case Arithmetic::UnknownRanges:
    return op.emitOpError(
               "expected the ranges of its operands, since machine '")
           << machine.name
           << "' multiplies i8, but got none; --calibrate finds them from "
              "sample inputs";
  case Arithmetic::WrongRanges:
    return op.emitOpError("expected '")
           << rangesAttribute
           << "' to be array<f32: lhs, rhs>, finite magnitudes, but got "
           << op->getAttr(rangesAttribute);
  }
  llvm_unreachable("no such arithmetic");
}

/// What is added to each row of a matmul, by `init` or by its only user, and is
/// known at load: the sums can begin with it.
struct Bias {
  /// What adds it: the matmul itself where it is `init`.
  Operation *at;
  Value row;
};

/// Whether all rows of a result of `type` have `value` added.
bool isRow(Value value, RankedTensorType type) {
  auto rowType = cast<RankedTensorType>(value.getType());
  int64_t n = type.getShape().back();
  return rowType.getRank() > 0 && rowType.getShape().back() == n &&
         rowType.getNumElements() == n && isPrepared(value);
}

std::optional<Bias> findBias(ir::MatmulOp op) {
  RankedTensorType type = op.getType();
  if (Value init = op.getInit())
    return isRow(init, type) ? std::optional(Bias{op, init}) : std::nullopt;
  // Elsewhere the sum is rounded before the bias is added.
  if (!op->hasOneUse() || !type.getElementType().isF32())
    return std::nullopt;
  auto add = dyn_cast<ir::AddOp>(*op->user_begin());
  if (!add || add.getType() != type || add->getBlock() != op->getBlock())
    return std::nullopt;
  Value row = add.getLhs() == op.getResult() ? add.getRhs() : add.getLhs();
  return isRow(row, type) ? std::optional(Bias{add, row}) : std::nullopt;
}

//===----------------------------------------------------------------------===//
// Rewrites
//===----------------------------------------------------------------------===//

/// The bias as a vector; what is built next stands where it is added.
std::optional<Bias> takeBias(PatternRewriter &rewriter, ir::MatmulOp op) {
  std::optional<Bias> bias = findBias(op);
  if (!bias)
    return bias;
  rewriter.setInsertionPoint(bias->at);
  auto type = cast<RankedTensorType>(bias->row.getType());
  if (type.getRank() != 1)
    bias->row = Steps(rewriter, op).reshape(bias->row, type.getShape().back());
  return bias;
}

/// Makes an operand's elements smaller. Elementwise ops commute with transposes
/// and reshapes; above those that nothing else reads, less is moved, and the
/// rounding can ride on what computes the elements. So `narrow` builds at the
/// location of what it is given: a kernel that ends in it has that name.
Value narrowOperand(PatternRewriter &rewriter, Value operand,
                    llvm::function_ref<Value(Value)> narrow) {
  Operation *op = operand.getDefiningOp();
  if (!op || !op->hasOneUse() || !isa<ir::TransposeOp, ir::ReshapeOp>(op))
    return narrow(operand);
  Value input = narrowOperand(rewriter, op->getOperand(0), narrow);
  if (auto transpose = dyn_cast<ir::TransposeOp>(op))
    return ir::TransposeOp::create(rewriter, op->getLoc(), input,
                                   transpose.getPermAttr());
  return ir::ReshapeOp::create(rewriter, op->getLoc(), input,
                               cast<ir::ReshapeOp>(op).getShapeAttr());
}

/// matmul of no elements -> 0, or init
struct MultiplyNothing final : OpRewritePattern<ir::MatmulOp> {
  MultiplyNothing(MLIRContext *context, const Machine &machine)
      : OpRewritePattern(context), machine(machine) {}

  LogicalResult matchAndRewrite(ir::MatmulOp op,
                                PatternRewriter &rewriter) const override {
    if (arithmeticOf(op, machine) != Arithmetic::Zero)
      return rewriter.notifyMatchFailure(op, "has elements");

    RankedTensorType type = op.getType();
    if (Value init = op.getInit()) {
      rewriter.replaceOpWithNewOp<ir::BroadcastOp>(
          op, init, rewriter.getDenseI64ArrayAttr(type.getShape()));
      return success();
    }
    rewriter.replaceOpWithNewOp<ir::ConstantOp>(
        op, type,
        DenseElementsAttr::get(type,
                               rewriter.getZeroAttr(type.getElementType())));
    return success();
  }

  Machine machine;
};

/// A product that is written anew, with what adds its bias.
struct Multiply : OpRewritePattern<ir::MatmulOp> {
  Multiply(MLIRContext *context, const Machine &machine, Arithmetic arithmetic)
      : OpRewritePattern(context), machine(machine), arithmetic(arithmetic) {}

  LogicalResult matchAndRewrite(ir::MatmulOp op,
                                PatternRewriter &rewriter) const final {
    if (arithmeticOf(op, machine) != arithmetic)
      return rewriter.notifyMatchFailure(op, "is multiplied in other types");

    std::optional<Bias> bias = takeBias(rewriter, op);
    Value result = multiply(op, bias, rewriter);
    Operation *last = bias ? bias->at : op;
    rewriter.replaceOp(last, result);
    if (last != op)
      rewriter.eraseOp(op);
    return success();
  }

  /// The product and `bias`, which it may reset: then without.
  virtual Value multiply(ir::MatmulOp op, std::optional<Bias> &bias,
                         PatternRewriter &rewriter) const = 0;

  Machine machine;
  Arithmetic arithmetic;
};

/// matmul(x, w) -> matmul(cast(x, bf16), cast(w, bf16)) in f32
struct MultiplyInBFloat16 final : Multiply {
  MultiplyInBFloat16(MLIRContext *context, const Machine &machine)
      : Multiply(context, machine, Arithmetic::BFloat16) {}

  Value multiply(ir::MatmulOp op, std::optional<Bias> &bias,
                 PatternRewriter &rewriter) const override {
    Steps steps(rewriter, op);
    auto round = [&](Value value) {
      return Steps(rewriter, op, value.getLoc())
          .castTo(value, rewriter.getBF16Type());
    };
    Value lhs = narrowOperand(rewriter, op.getLhs(), round);
    Value rhs = narrowOperand(rewriter, op.getRhs(), round);
    Value init = bias ? bias->row : op.getInit();
    if (init)
      init = steps.castTo(init, rewriter.getF32Type());
    return steps.narrow(
        ir::MatmulOp::create(rewriter, op.getLoc(), lhs, rhs, init,
                             TypeAttr::get(rewriter.getF32Type()),
                             rewriter.getI64IntegerAttr(machine.rows)));
  }
};

/// The least step: steps of two operands, and 1 over them, multiply without
/// underflow.
constexpr float leastStep = 0x1p-60f;
/// What a bias may take of the 2^31 that sums have, so that as many products as
/// a sum has before it could overflow without a bias still fit beside it.
constexpr float largestBias = 0x1p30f;

/// An operand in i8, and the step that 1 stands for: a number, or a tensor.
struct Bytes {
  Value value;
  float step = 1;
  Value steps;
};

/// Builds what stands for one matmul.
class ByteProduct {
public:
  ByteProduct(PatternRewriter &rewriter, ir::MatmulOp op)
      : rewriter(rewriter), op(op), steps(rewriter, op) {}

  Value build(std::optional<Bias> &bias) {
    std::array<float, 2> ranges = *rangesOf(op);
    if (bias)
      bias->row = steps.castTo(bias->row, rewriter.getF32Type());
    Bytes lhs, rhs;
    if (isPrepared(op.getRhs())) {
      lhs = measured(op.getLhs(), ranges[0]);
      rhs = prepared(op.getRhs(), lhs, bias);
    } else {
      // Steps that must also suit a bias could not be known at load.
      bias.reset();
      rhs = measured(op.getRhs(), ranges[1]);
      lhs = isPrepared(op.getLhs()) ? prepared(op.getLhs(), rhs, std::nullopt)
                                    : measured(op.getLhs(), ranges[0]);
    }
    Value step = number(lhs.step * rhs.step);
    if (Value tensor = lhs.steps ? lhs.steps : rhs.steps)
      step = steps.binary<ir::MulOp>(tensor,
                                     number(lhs.steps ? rhs.step : lhs.step));
    return product(lhs.value, rhs.value, step, bias);
  }

private:
  Value number(float value) {
    return steps.constantOf(rewriter.getF32FloatAttr(value));
  }

  Value quantize(Value value, Value step, Location loc) {
    return ir::QuantizeOp::create(rewriter, loc, value, step, Value(),
                                  TypeAttr::get(rewriter.getI8Type()));
  }

  /// What the inputs give: one step, by the range that calibration found. The
  /// machine multiplies where `quantize` divides, so that is written out.
  Bytes measured(Value value, float range) {
    Bytes bytes;
    bytes.step = std::max(range / 127, leastStep);
    bytes.value = narrowOperand(rewriter, value, [&](Value value) {
      Steps steps(rewriter, op, value.getLoc());
      Value wide = steps.castTo(value, rewriter.getF32Type());
      Value scaled = steps.binary<ir::MulOp>(wide, number(1 / bytes.step));
      return quantize(scaled, number(1), value.getLoc());
    });
    return bytes;
  }

  /// What parameters give: a right operand has a step for each column, large
  /// enough for the column's bias, a left one has one step.
  Bytes prepared(Value value, const Bytes &other,
                 const std::optional<Bias> &bias) {
    Value wide = steps.castTo(value, rewriter.getF32Type());
    int64_t rank = cast<RankedTensorType>(value.getType()).getRank();
    int64_t reduced = value == op.getRhs() ? rank - 1 : rank;
    Value greatest =
        ir::MaxOp::create(rewriter, op.getLoc(), steps.unary<ir::AbsOp>(wide),
                          rewriter.getDenseI64ArrayAttr(
                              llvm::to_vector(llvm::seq<int64_t>(0, reduced))),
                          rewriter.getBoolAttr(false));
    Value step = steps.binary<ir::MaximumOp>(
        steps.binary<ir::DivOp>(greatest, number(127)), number(leastStep));
    if (bias)
      step = steps.binary<ir::MaximumOp>(
          step,
          steps.binary<ir::MulOp>(steps.unary<ir::AbsOp>(bias->row),
                                  number(1 / (other.step * largestBias))));
    return {quantize(wide, step, op.getLoc()), 1, step};
  }

  Value product(Value lhs, Value rhs, Value step,
                const std::optional<Bias> &bias) {
    Value init;
    if (bias)
      init = steps.castTo(
          steps.unary<ir::RoundOp>(steps.binary<ir::DivOp>(bias->row, step)),
          rewriter.getI32Type());
    Value sum = ir::MatmulOp::create(rewriter, op.getLoc(), lhs, rhs, init,
                                     TypeAttr::get(rewriter.getI32Type()),
                                     IntegerAttr());
    Value result =
        ir::DequantizeOp::create(rewriter, op.getLoc(), sum, step, Value());
    if (Value added = op.getInit(); added && !bias)
      result = steps.binary<ir::AddOp>(
          result, steps.castTo(added, rewriter.getF32Type()));
    return steps.narrow(result);
  }

  PatternRewriter &rewriter;
  ir::MatmulOp op;
  Steps steps;
};

/// matmul(x, w) + b -> dequantize(matmul(quantize(x), quantize(w)) + b / s, s)
struct MultiplyInBytes final : Multiply {
  MultiplyInBytes(MLIRContext *context, const Machine &machine)
      : Multiply(context, machine, Arithmetic::Bytes) {}

  Value multiply(ir::MatmulOp op, std::optional<Bias> &bias,
                 PatternRewriter &rewriter) const override {
    return ByteProduct(rewriter, op).build(bias);
  }
};

} // namespace

LogicalResult checkContractions(func::FuncOp function, const Machine &machine) {
  bool isLegal = true;
  function.walk(
      [&](ir::MatmulOp op) { isLegal &= succeeded(check(op, machine)); });
  return success(isLegal);
}

void populateContractionLegalization(RewritePatternSet &patterns,
                                     const Machine &machine) {
  patterns.add<MultiplyNothing, MultiplyInBFloat16, MultiplyInBytes>(
      patterns.getContext(), machine);
}

} // namespace tactus
