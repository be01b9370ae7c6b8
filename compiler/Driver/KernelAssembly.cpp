//===- KernelAssembly.cpp - The instructions of one kernel ----------------===//
#include "compiler/Driver/KernelAssembly.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "runtime/JIT/ObjectCode.h"
#include "runtime/Support/Suggest.h"
#include "tactus/Error.h"

using namespace mlir;

namespace tactus {

std::string assemblyOf(ModuleOp module, llvm::StringRef kernel,
                       const CpuMachine &machine) {
  std::vector<std::string_view> kernels;
  for (auto function : module.getOps<LLVM::LLVMFuncOp>())
    if (function->hasAttr("tactus.extent"))
      kernels.emplace_back(function.getSymName());
  if (!llvm::is_contained(kernels, std::string_view(kernel)))
    throw Error("expected a kernel of the program (" + quotedList(kernels) +
                "), but got '" + kernel.str() + "'" +
                didYouMean(kernel.str(), kernels));
  for (auto function :
       llvm::make_early_inc_range(module.getOps<LLVM::LLVMFuncOp>())) {
    // Its entry goes too: that only takes the buffers apart.
    if (function.getSymName() == kernel)
      function.setLinkage(LLVM::Linkage::External);
    else if (!function.isExternal())
      function.erase();
  }
  auto text = compileToAssembly(
      module, {machine.processor, machine.features, machine.vectorBits});
  if (!text)
    throw Error(toString(text.takeError()));
  return std::move(*text);
}

} // namespace tactus
