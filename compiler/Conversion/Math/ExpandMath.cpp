//===- ExpandMath.cpp - The ops of kernels' loops as arithmetic -----------===//
#include "compiler/Conversion/Math/Expander.h"
#include "compiler/Conversion/Math/Passes.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace tactus {
#define GEN_PASS_DEF_EXPANDMATHPASS
#include "compiler/Conversion/Math/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

/// ui8 and its vectors lose their sign; other types stay.
Type signless(Type type) {
  Type element = getElementTypeOrSelf(type);
  if (!element.isUnsignedInteger() || isa<RankedTensorType>(type))
    return type;
  return withElementType(
      type,
      IntegerType::get(type.getContext(), element.getIntOrFloatBitWidth()));
}

struct ExpandMathPass final : tactus::impl::ExpandMathPassBase<ExpandMathPass> {
  using ExpandMathPassBase::ExpandMathPassBase;

  void runOnOperation() override {
    SmallVector<Operation *> ops;
    getOperation().walk([&](ir::ElementwiseOpInterface op) {
      if (!isa<RankedTensorType>(op->getResult(0).getType()))
        ops.push_back(op);
    });
    for (Operation *op : ops) {
      OpBuilder builder(op);
      Value result = Expander(builder, op, {fma, avx512}, halfFloats).expand();
      if (!result) {
        op->emitOpError("expected an op that stands for arithmetic, but got ")
            << op->getName();
        return signalPassFailure();
      }
      op->getResult(0).replaceAllUsesWith(result);
      op->erase();
    }
    removeSigns();
  }

  /// Once no op asks for the sign of a ui8, values change their type in place,
  /// and what converted between the two vanishes.
  void removeSigns() {
    getOperation().walk([](Operation *op) {
      for (Region &region : op->getRegions())
        for (Block &block : region)
          for (BlockArgument argument : block.getArguments())
            argument.setType(signless(argument.getType()));
      for (Value result : op->getResults())
        result.setType(signless(result.getType()));
    });
    getOperation().walk([](UnrealizedConversionCastOp cast) {
      if (cast.getNumOperands() == 1 &&
          cast.getOperand(0).getType() == cast.getResult(0).getType()) {
        cast.getResult(0).replaceAllUsesWith(cast.getOperand(0));
        cast.erase();
      }
    });
  }
};

} // namespace
} // namespace tactus
