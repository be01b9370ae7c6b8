//===- OutlineKernels.cpp - Fused regions become kernels ------------------===//
#include "compiler/Transforms/Legalization.h"
#include "compiler/Transforms/Passes.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/IR/AsmState.h"
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
  // Values are numbered once for all ops.
  AsmState state(fused, flags);
  for (Operation &op : fused.getBody().front())
    op.print(os, state), os << '\n';
  return text;
}

/// The names and places of the ops of `fused` that index, in order.
SmallVector<Attribute> opsThatIndex(ir::FusedOp fused) {
  SmallVector<Attribute> ops;
  Builder builder(fused.getContext());
  for (Operation &op : fused.getBody().front())
    if (isa<ir::IndexingOpInterface>(op)) {
      auto name = op.getAttrOfType<StringAttr>(checkedOpAttribute);
      ops.push_back(builder.getArrayAttr(
          {name ? name : builder.getStringAttr(op.getName().stripDialect()),
           LocationAttr(op.getLoc())}));
    }
  return ops;
}

struct OutlineKernelsPass final
    : tactus::impl::OutlineKernelsPassBase<OutlineKernelsPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    SymbolTable symbols(module);
    llvm::StringMap<ir::KernelOp> kernels;
    llvm::StringMap<unsigned> used;
    SmallVector<ir::FusedOp> regions;
    for (auto function : module.getOps<func::FuncOp>())
      function.walk([&](ir::FusedOp fused) { regions.push_back(fused); });
    for (ir::FusedOp fused : regions) {
      SmallVector<Attribute> indexing = opsThatIndex(fused);
      ir::KernelOp &kernel = kernels[textOf(fused)];
      if (!kernel)
        kernel = outline(module, fused, symbols, used);
      OpBuilder builder(fused);
      auto dispatch = ir::DispatchOp::create(
          builder, fused.getLoc(), fused.getResultTypes(),
          FlatSymbolRefAttr::get(kernel.getSymNameAttr()), fused.getInputs(),
          DenseI64ArrayAttr());
      // A kernel may be that of several places, but an index that is out of
      // range is so in one.
      if (!indexing.empty())
        dispatch->setAttr("tactus.indexing", builder.getArrayAttr(indexing));
      fused->replaceAllUsesWith(dispatch->getResults());
      fused.erase();
    }
  }

  /// `used` holds the last number behind each name that several would have.
  static ir::KernelOp outline(ModuleOp module, ir::FusedOp fused,
                              SymbolTable &symbols,
                              llvm::StringMap<unsigned> &used) {
    OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
    std::string stem = describe(fused), name = stem;
    for (unsigned &i = used[stem]; symbols.lookup(name);)
      name = stem + '_' + std::to_string(++i);
    OperationState state(fused.getLoc(), ir::KernelOp::getOperationName());
    ir::KernelOp::Properties &properties =
        state.getOrAddProperties<ir::KernelOp::Properties>();
    properties.sym_name = builder.getStringAttr(name);
    properties.function_type = TypeAttr::get(builder.getFunctionType(
        fused->getOperandTypes(), fused.getResultTypes()));
    state.addRegion()->takeBody(fused.getBody());
    auto kernel = cast<ir::KernelOp>(builder.create(state));
    symbols.insert(kernel);
    return kernel;
  }
};

} // namespace
} // namespace tactus
