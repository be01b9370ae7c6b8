//===- TileKernels.cpp - The passes that turn kernels into loops ----------===//
#include "compiler/Conversion/Kernels/ContractionKernel.h"
#include "compiler/Conversion/Kernels/LoopKernel.h"
#include "compiler/Conversion/Kernels/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace tactus {
#define GEN_PASS_DEF_TILEKERNELSPASS
#define GEN_PASS_DEF_LOWERCONTRACTIONSPASS
#include "compiler/Conversion/Kernels/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

bool endsInPack(ir::KernelOp kernel) {
  Operation *yield = kernel.getBody().front().getTerminator();
  return yield->getNumOperands() == 1 &&
         yield->getOperand(0).getDefiningOp<ir::PackOp>();
}

struct TileKernelsPass final
    : tactus::impl::TileKernelsPassBase<TileKernelsPass> {
  void runOnOperation() override {
    for (auto kernel :
         llvm::make_early_inc_range(getOperation().getOps<ir::KernelOp>())) {
      if (findContraction(kernel.getBody().front()))
        continue;
      LogicalResult lowered = endsInPack(kernel) ? lowerPackKernel(kernel)
                                                 : lowerLoopKernel(kernel);
      if (failed(lowered))
        return signalPassFailure();
    }
  }
};

struct LowerContractionsPass final
    : tactus::impl::LowerContractionsPassBase<LowerContractionsPass> {
  using LowerContractionsPassBase::LowerContractionsPassBase;

  void runOnOperation() override {
    VectorMachine machine{vectorBits, vectorRegisters, fma};
    for (auto kernel :
         llvm::make_early_inc_range(getOperation().getOps<ir::KernelOp>()))
      if (findContraction(kernel.getBody().front()) &&
          failed(lowerContractionKernel(kernel, machine)))
        return signalPassFailure();
  }
};

} // namespace
} // namespace tactus
