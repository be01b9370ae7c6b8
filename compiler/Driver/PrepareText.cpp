//===- PrepareText.cpp - What tells one @prepare from another -------------===//
#include "compiler/Driver/PrepareText.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace tactus {

static llvm::SetVector<StringRef> kernelsOf(func::FuncOp function) {
  llvm::SetVector<StringRef> names;
  function.walk(
      [&](ir::DispatchOp dispatch) { names.insert(dispatch.getKernel()); });
  return names;
}

std::string textOfPrepare(ModuleOp module) {
  auto prepare = module.lookupSymbol<func::FuncOp>("prepare");
  if (!prepare)
    return "";
  std::string text;
  llvm::raw_string_ostream os(text);
  OpPrintingFlags flags;
  flags.useLocalScope().enableDebugInfo(false);
  prepare->print(os, flags);
  for (StringRef name : kernelsOf(prepare))
    module.lookupSymbol(name)->print(os, flags);
  return text;
}

void dropPrepare(ModuleOp module) {
  auto prepare = module.lookupSymbol<func::FuncOp>("prepare");
  if (!prepare)
    return;
  llvm::SetVector<StringRef> names = kernelsOf(prepare);
  for (auto function : module.getOps<func::FuncOp>())
    if (function != prepare)
      names.set_subtract(kernelsOf(function));
  for (StringRef name : names)
    module.lookupSymbol(name)->erase();
  prepare.erase();
}

} // namespace tactus
