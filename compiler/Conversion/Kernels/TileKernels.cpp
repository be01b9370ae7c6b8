//===- TileKernels.cpp - The passes that turn kernels into loops ----------===//
#include "compiler/Conversion/Kernels/AttentionKernel.h"
#include "compiler/Conversion/Kernels/AttentionParts.h"
#include "compiler/Conversion/Kernels/ContractionEmitter.h"
#include "compiler/Conversion/Kernels/ContractionKernel.h"
#include "compiler/Conversion/Kernels/LoopKernel.h"
#include "compiler/Conversion/Kernels/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
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

bool isAloneInKernel(Operation *op) {
  return isa<ir::CumsumOp, ir::CumprodOp, ir::SortOp, ir::TopKOp>(op);
}

namespace {

/// Lowers a kernel by its one op, or by the op that gives its one result, or as
/// a loop nest.
LogicalResult lowerKernel(ir::KernelOp kernel) {
  Operation *yield = kernel.getBody().front().getTerminator();
  Operation *first = &kernel.getBody().front().front();
  if (isa<ir::CumsumOp, ir::CumprodOp>(first))
    return lowerCumulativeKernel(kernel), success();
  if (isa<ir::SortOp, ir::TopKOp>(first))
    return lowerSortKernel(kernel), success();
  Operation *last = yield->getNumOperands() == 1
                        ? yield->getOperand(0).getDefiningOp()
                        : nullptr;
  if (isa_and_nonnull<ir::PackOp>(last))
    return lowerPackKernel(kernel);
  if (isa_and_nonnull<ir::ConcatOp>(last))
    return lowerConcatKernel(kernel);
  if (isa_and_nonnull<ir::ScatterElementsOp, ir::ScatterNdOp>(last))
    return lowerScatterKernel(kernel);
  return lowerLoopKernel(kernel);
}

struct TileKernelsPass final
    : tactus::impl::TileKernelsPassBase<TileKernelsPass> {
  void runOnOperation() override {
    for (auto kernel :
         llvm::make_early_inc_range(getOperation().getOps<ir::KernelOp>())) {
      if (findContraction(kernel.getBody().front()))
        continue;
      if (failed(lowerKernel(kernel)))
        return signalPassFailure();
    }
  }
};

struct LowerContractionsPass final
    : tactus::impl::LowerContractionsPassBase<LowerContractionsPass> {
  using LowerContractionsPassBase::LowerContractionsPassBase;

  void runOnOperation() override {
    VectorMachine machine{vectorBits,   vectorRegisters, fma,
                          byteProducts, l1Bytes,         l2Bytes};
    for (auto kernel :
         llvm::make_early_inc_range(getOperation().getOps<ir::KernelOp>())) {
      Block &body = kernel.getBody().front();
      if (!findContraction(body))
        continue;
      if (failed(findAttention(body) ? lowerAttentionKernel(kernel, machine)
                                     : lowerContractionKernel(kernel, machine)))
        return signalPassFailure();
    }
  }
};

} // namespace
} // namespace tactus
