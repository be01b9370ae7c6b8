//===- HostFunctionEmit.cpp - Kernels that the host runs ------------------===//
#include "compiler/Emit/HostFunctionEmit.h"
#include "dialects/Systolic/Instructions.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "runtime/Interpreter/TensorAttributes.h"

using namespace mlir;

namespace tactus::systolic {

static std::string textOf(ir::KernelOp kernel, unsigned result) {
  Block &body = kernel.getBody().front();
  Location loc = kernel.getLoc();
  OwningOpRef<ModuleOp> module(ModuleOp::create(loc));
  OpBuilder builder = OpBuilder::atBlockEnd(module->getBody());
  Value wanted = body.getTerminator()->getOperand(result);
  auto main = func::FuncOp::create(
      builder, loc, "main",
      builder.getFunctionType(body.getArgumentTypes(), wanted.getType()));
  Block *entry = main.addEntryBlock();
  builder.setInsertionPointToEnd(entry);
  IRMapping mapping;
  mapping.map(body.getArguments(), entry->getArguments());
  for (Operation &op : body.without_terminator())
    builder.clone(op, mapping);
  func::ReturnOp::create(builder, loc, mapping.lookupOrDefault(wanted));
  for (Operation &op :
       llvm::make_early_inc_range(llvm::reverse(entry->without_terminator())))
    if (isOpTriviallyDead(&op))
      op.erase();
  // Notes of one pass to another, which no reader of graphs takes.
  module->walk([](Operation *op) {
    if (isa_and_nonnull<ir::TactusDialect>(op->getDialect()))
      op->setDiscardableAttrs(ArrayRef<NamedAttribute>());
  });
  std::string text;
  llvm::raw_string_ostream os(text);
  OpPrintingFlags flags;
  flags.enableDebugInfo(false);
  module->print(os, flags);
  return text;
}

/// Whether `type`, whose elements lie in order, is at the begin of `tensor`.
static bool isBeginOf(RankedTensorType type, RankedTensorType tensor) {
  return type.getElementType() == tensor.getElementType() &&
         type.getNumElements() <= tensor.getNumElements();
}

FailureOr<HostFunction> emitHostFunction(HostCallOp call) {
  auto kernel = call.getKernelAttr()
                    ? SymbolTable::lookupNearestSymbolFrom<ir::KernelOp>(
                          call, call.getKernelAttr())
                    : ir::KernelOp();
  if (!kernel)
    return call.emitOpError("expected the kernel that the host runs in the "
                            "module, but got none");
  Block &body = kernel.getBody().front();
  uint64_t result = call.getKernelResult();
  uint64_t numResults = body.getTerminator()->getNumOperands();
  if (result >= numResults)
    return call.emitOpError("expected a result below ")
           << numResults << " of the kernel, but got " << result;
  if (call.getInputs().size() != body.getNumArguments())
    return call.emitOpError("expected ")
           << body.getNumArguments() << " inputs, as the kernel has, but got "
           << call.getInputs().size();
  HostFunction function;
  function.name = kernel.getSymName().str();
  for (auto [input, argument] :
       llvm::zip(call.getInputs(), body.getArguments())) {
    auto dram = input.getDefiningOp<DramOp>();
    auto type = cast<RankedTensorType>(argument.getType());
    if (!isBeginOf(type, cast<RankedTensorType>(dram.getTensor())))
      return call.emitOpError("expected an input of ")
             << type << ", but got " << dram.getTensor();
    function.inputs.push_back({tensorTypeOf(type), uint64_t(placeOf(input))});
  }
  function.output = tensorTypeOf(cast<RankedTensorType>(
      body.getTerminator()->getOperand(result).getType()));
  function.text = textOf(kernel, unsigned(result));
  return function;
}

} // namespace tactus::systolic
