//===- OutlineKernels.cpp - Fused regions become kernels ------------------===//
#include "compiler/Transforms/Passes.h"
#include "dialects/Tactus/TactusDialect.h"
#include "llvm/ADT/StringMap.h"

namespace tactus {
#define GEN_PASS_DEF_OUTLINEKERNELSPASS
#include "compiler/Transforms/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

/// A name that says what the region computes: its ops, the first few of them.
std::string describe(ir::FusedOp fused) {
  std::string name;
  int count = 0;
  for (Operation &op : fused.getBody().front().without_terminator()) {
    if (isa<ir::ConstantOp, ir::UnpackOp>(op))
      continue;
    if (++count > 4)
      break;
    if (!name.empty())
      name += '_';
    name += op.getName().stripDialect();
  }
  return name.empty() ? "copy" : name;
}

/// Equal text without locations means equal regions.
std::string textOf(ir::FusedOp fused) {
  std::string text;
  llvm::raw_string_ostream os(text);
  OpPrintingFlags flags;
  flags.useLocalScope().enableDebugInfo(false);
  for (Type type : fused->getOperandTypes())
    os << type << ',';
  for (Operation &op : fused.getBody().front())
    op.print(os, flags), os << '\n';
  return text;
}

struct OutlineKernelsPass final
    : tactus::impl::OutlineKernelsPassBase<OutlineKernelsPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    llvm::StringMap<ir::KernelOp> kernels;
    SmallVector<ir::FusedOp> regions;
    for (auto function : module.getOps<func::FuncOp>())
      function.walk([&](ir::FusedOp fused) { regions.push_back(fused); });
    for (ir::FusedOp fused : regions) {
      ir::KernelOp &kernel = kernels[textOf(fused)];
      if (!kernel)
        kernel = outline(module, fused);
      OpBuilder builder(fused);
      auto dispatch = ir::DispatchOp::create(
          builder, fused.getLoc(), fused.getResultTypes(),
          FlatSymbolRefAttr::get(kernel.getSymNameAttr()), fused.getInputs(),
          DenseI64ArrayAttr());
      fused->replaceAllUsesWith(dispatch->getResults());
      fused.erase();
    }
  }

  static ir::KernelOp outline(ModuleOp module, ir::FusedOp fused) {
    OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
    SymbolTable symbols(module);
    std::string stem = describe(fused), name = stem;
    for (int i = 1; symbols.lookup(name); ++i)
      name = stem + '_' + std::to_string(i);
    OperationState state(fused.getLoc(), ir::KernelOp::getOperationName());
    ir::KernelOp::Properties &properties =
        state.getOrAddProperties<ir::KernelOp::Properties>();
    properties.sym_name = builder.getStringAttr(name);
    properties.function_type = TypeAttr::get(builder.getFunctionType(
        fused->getOperandTypes(), fused.getResultTypes()));
    state.addRegion()->takeBody(fused.getBody());
    return cast<ir::KernelOp>(builder.create(state));
  }
};

} // namespace
} // namespace tactus
