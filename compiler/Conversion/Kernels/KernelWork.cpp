//===- KernelWork.cpp - How much a kernel computes and moves --------------===//
#include "compiler/Conversion/Kernels/KernelWork.h"
#include "compiler/Conversion/Kernels/KernelPlan.h"
#include "mlir/IR/Builders.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace tactus {

static RankedTensorType typeOf(Value value) {
  return cast<RankedTensorType>(value.getType());
}

static uint64_t times(uint64_t a, uint64_t b) {
  return llvm::SaturatingMultiply(a, b);
}

static uint64_t elementsOf(Value value) {
  return uint64_t(typeOf(value).getNumElements());
}

uint64_t bytesOf(Value value) {
  // An i1 takes a byte.
  unsigned bits = typeOf(value).getElementTypeBitWidth();
  return times(elementsOf(value), (bits + 7) / 8);
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

uint64_t productsOf(ir::MatmulOp op) {
  uint64_t depth = uint64_t(typeOf(op.getLhs()).getShape().back());
  return times(elementsOf(op.getResult()), depth);
}

/// What a scatter combines with what is there.
template <typename Scatter> static uint64_t combinedBy(Scatter op) {
  return op.getReduction() == ir::ScatterReduction::none
             ? 0
             : elementsOf(op.getUpdates());
}

static uint64_t operationsOf(Operation *op) {
  if (auto matmul = dyn_cast<ir::MatmulOp>(op))
    return llvm::SaturatingAdd(times(2, productsOf(matmul)),
                               matmul.getInit() ? elementsOf(matmul.getResult())
                                                : 0);
  if (auto reduction = Reduction::of(op))
    return elementsOf(reduction->input);
  if (isa<ir::CumsumOp, ir::CumprodOp>(op))
    return elementsOf(op->getResult(0));
  if (auto scatter = dyn_cast<ir::ScatterElementsOp>(op))
    return combinedBy(scatter);
  if (auto scatter = dyn_cast<ir::ScatterNdOp>(op))
    return combinedBy(scatter);
  // A product and a sum, once the piece is found.
  if (isa<ir::PiecewiseLinearOp>(op))
    return times(2, elementsOf(op->getResult(0)));
  if (isa<ir::CastOp, ir::SelectOp>(op))
    return 0;
  return isa<ir::ElementwiseOpInterface>(op) ? elementsOf(op->getResult(0)) : 0;
}

/// The type that `op` computes in.
static Type computedType(Operation *op) {
  return typeOf(op->getNumOperands() != 0 ? op->getOperand(0)
                                          : op->getResult(0))
      .getElementType();
}

//===----------------------------------------------------------------------===//
// Bytes
//===----------------------------------------------------------------------===//

uint64_t bytesRead(Value value) {
  uint64_t bytes = 0, all = bytesOf(value);
  for (OpOperand &use : value.getUses()) {
    Operation *user = use.getOwner();
    bool isData = use.getOperandNumber() == 0;
    uint64_t read = all;
    if (isData && isa<ir::SliceOp, ir::SplitOp, ir::GatherOp,
                      ir::GatherElementsOp, ir::GatherNdOp>(user)) {
      read = 0;
      for (Value result : user->getResults())
        if (!result.use_empty())
          read += bytesOf(result);
    } else if (isa<ir::ReshapeOp, ir::SqueezeOp, ir::ExpandDimsOp>(user)) {
      read = bytesRead(user->getResult(0));
    }
    bytes = std::min(all, llvm::SaturatingAdd(bytes, read));
  }
  return bytes;
}

//===----------------------------------------------------------------------===//
// Words
//===----------------------------------------------------------------------===//

static void printSizes(raw_ostream &os, Value value) {
  os << '[';
  llvm::interleave(typeOf(value).getShape(), os, ",");
  os << ']';
}

/// Null where there is none.
static Value firstResult(Block &body) {
  Operation *end = body.getTerminator();
  return end->getNumOperands() != 0 ? end->getOperand(0) : Value();
}

/// The operands of a product, the input of a reduction, or the first result.
static std::string shapeText(Block &body) {
  std::string text;
  llvm::raw_string_ostream os(text);
  Value shown = firstResult(body), beside;
  for (Operation &op : body) {
    if (auto matmul = dyn_cast<ir::MatmulOp>(op)) {
      shown = matmul.getLhs();
      beside = matmul.getRhs();
      break;
    }
    if (auto reduction = Reduction::of(&op))
      shown = reduction->input;
  }
  if (!shown)
    return text;
  Type type = typeOf(shown).getElementType();
  if (auto integer = dyn_cast<IntegerType>(type))
    os << (integer.isUnsigned() ? "u" : "i") << integer.getWidth();
  else
    os << type;
  printSizes(os, shown);
  if (beside) {
    os << " x ";
    printSizes(os, beside);
  }
  return text;
}

DictionaryAttr workOf(ir::KernelOp kernel) {
  Block &body = kernel.getBody().front();
  Builder builder(kernel.getContext());
  uint64_t operations = 0;
  Type type;
  SmallVector<StringRef> names;
  for (Operation &op : body.without_terminator()) {
    // A constant or a view is no work.
    if (!isa<ir::ConstantOp, ir::ReshapeOp, ir::UnpackOp>(op))
      names.push_back(op.getName().stripDialect());
    uint64_t more = operationsOf(&op);
    if (more == 0)
      continue;
    operations = llvm::SaturatingAdd(operations, more);
    Type computed = computedType(&op);
    auto bitsOfFloat = [](Type type) {
      auto isFloat = dyn_cast_or_null<FloatType>(type);
      return isFloat ? isFloat.getWidth() : 0;
    };
    if (!type || bitsOfFloat(computed) > bitsOfFloat(type))
      type = computed;
  }
  SmallVector<int64_t> bytes;
  for (Value argument : body.getArguments())
    bytes.push_back(int64_t(bytesRead(argument)));
  for (Value result : body.getTerminator()->getOperands())
    bytes.push_back(int64_t(bytesOf(result)));
  operations = std::min<uint64_t>(operations, INT64_MAX);
  if (!type)
    type = builder.getF32Type();
  return builder.getDictionaryAttr(
      {builder.getNamedAttr("bytes", builder.getDenseI64ArrayAttr(bytes)),
       builder.getNamedAttr("flops",
                            builder.getI64IntegerAttr(int64_t(operations))),
       builder.getNamedAttr("ops",
                            builder.getStringAttr(llvm::join(names, " "))),
       builder.getNamedAttr("shape", builder.getStringAttr(shapeText(body))),
       builder.getNamedAttr("type", TypeAttr::get(type))});
}

} // namespace tactus
