//===- AssignLayouts.cpp - Panels for constant right operands -------------===//
#include "compiler/Conversion/Kernels/ContractionKernel.h"
#include "compiler/Transforms/Passes.h"
#include "compiler/Transforms/Prepared.h"

namespace tactus {
#define GEN_PASS_DEF_ASSIGNLAYOUTSPASS
#include "compiler/Transforms/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

struct AssignLayoutsPass final
    : tactus::impl::AssignLayoutsPassBase<AssignLayoutsPass> {
  using AssignLayoutsPassBase::AssignLayoutsPassBase;

  void runOnOperation() override {
    VectorMachine machine{vectorBits,   vectorRegisters, /*fma=*/true,
                          byteProducts, l1Bytes,         l2Bytes};
    PreparedValues prepared(getOperation());
    getOperation().walk([&](ir::FusedOp fused) {
      // Attention packs its right operands itself, a matrix at a time.
      Block &body = fused.getBody().front();
      if (ir::MatmulOp matmul = findContraction(body);
          matmul && isContractionKernel(body))
        packRight(fused, matmul, machine, prepared);
    });
  }

  void packRight(ir::FusedOp fused, ir::MatmulOp matmul,
                 const VectorMachine &machine, const PreparedValues &prepared) {
    auto argument = dyn_cast<BlockArgument>(matmul.getRhs());
    if (!argument || !argument.hasOneUse())
      return;
    OpOperand &input = fused->getOpOperand(argument.getArgNumber());
    auto type = cast<RankedTensorType>(argument.getType());
    if (!prepared.contains(input.get()) || !type.hasStaticShape() ||
        type.getNumElements() == 0)
      return;
    int64_t rows = type.getDimSize(type.getRank() - 2),
            columns = type.getShape().back();
    Type accumulator = accumulatorType(getElementTypeOrSelf(matmul.getType()));
    int64_t depth =
        depthOfProduct(machine, getElementTypeOrSelf(matmul.getLhs()),
                       type.getElementType(), accumulator);
    OpBuilder builder(fused);
    Value packed =
        ir::PackOp::create(builder, input.get().getLoc(), input.get(),
                           chooseRegisterTile(machine, matmul).columns, depth);
    input.set(packed);
    argument.setType(packed.getType());
    builder.setInsertionPoint(matmul);
    Value view = ir::UnpackOp::create(
        builder, matmul.getLoc(), argument, columns, depth,
        depth == 1 ? IntegerAttr() : builder.getI64IntegerAttr(rows));
    matmul.getRhsMutable().assign(view);
  }
};

} // namespace
} // namespace tactus
