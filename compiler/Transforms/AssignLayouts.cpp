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

/// Panels as wide as the register tile, or as the matrix where that is
/// narrower.
int64_t panelWidth(const VectorMachine &machine, ir::MatmulOp matmul,
                   int64_t columns) {
  RegisterTile tile = chooseRegisterTile(
      machine, accumulatorType(getElementTypeOrSelf(matmul.getType())));
  return std::min(
      tile.columns,
      int64_t(llvm::alignTo(std::max<int64_t>(columns, 1), tile.lanes)));
}

struct AssignLayoutsPass final
    : tactus::impl::AssignLayoutsPassBase<AssignLayoutsPass> {
  using AssignLayoutsPassBase::AssignLayoutsPassBase;

  void runOnOperation() override {
    VectorMachine machine{vectorBits, vectorRegisters, /*fma=*/true};
    getOperation().walk([&](ir::FusedOp fused) {
      if (ir::MatmulOp matmul = findContraction(fused.getBody().front()))
        packRight(fused, matmul, machine);
    });
  }

  void packRight(ir::FusedOp fused, ir::MatmulOp matmul,
                 const VectorMachine &machine) {
    auto argument = dyn_cast<BlockArgument>(matmul.getRhs());
    if (!argument || !argument.hasOneUse())
      return;
    OpOperand &input = fused->getOpOperand(argument.getArgNumber());
    auto type = cast<RankedTensorType>(argument.getType());
    if (!isPrepared(input.get()) || !type.hasStaticShape() ||
        type.getNumElements() == 0)
      return;
    int64_t columns = type.getShape().back();
    OpBuilder builder(fused);
    Value packed =
        ir::PackOp::create(builder, input.get().getLoc(), input.get(),
                           panelWidth(machine, matmul, columns));
    input.set(packed);
    argument.setType(packed.getType());
    builder.setInsertionPoint(matmul);
    Value view =
        ir::UnpackOp::create(builder, matmul.getLoc(), argument, columns);
    matmul.getRhsMutable().assign(view);
  }
};

} // namespace
} // namespace tactus
