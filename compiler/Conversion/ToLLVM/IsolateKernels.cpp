//===- IsolateKernels.cpp - Kernels without their program -----------------===//
#include "compiler/Conversion/ToLLVM/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace tactus {
#define GEN_PASS_DEF_ISOLATEKERNELSPASS
#include "compiler/Conversion/ToLLVM/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

struct IsolateKernelsPass final
    : tactus::impl::IsolateKernelsPassBase<IsolateKernelsPass> {
  void runOnOperation() override {
    for (auto function :
         llvm::make_early_inc_range(getOperation().getOps<func::FuncOp>()))
      if (!function->hasAttr("tactus.extent"))
        function.erase();
  }
};

} // namespace
} // namespace tactus
