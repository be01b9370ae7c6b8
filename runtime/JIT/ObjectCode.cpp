//===- ObjectCode.cpp - LLVM modules to object files ----------------------===//
#include "runtime/JIT/ObjectCode.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"

using namespace mlir;

namespace tactus {

static void prepareFunctions(llvm::Module &module,
                             const llvm::TargetMachine &machine,
                             int64_t vectorBits) {
  std::string width = std::to_string(vectorBits);
  for (llvm::Function &function : module) {
    if (function.isDeclaration())
      continue;
    function.addFnAttr("target-cpu", machine.getTargetCPU());
    function.addFnAttr("target-features", machine.getTargetFeatureString());
    function.addFnAttr("prefer-vector-width", width);
    // Without it, arguments that are 512 bits wide are split in registers.
    function.addFnAttr("min-legal-vector-width", width);
    function.addFnAttr(llvm::Attribute::NoUnwind);
  }
}

static llvm::Expected<std::string>
emit(ModuleOp module, const CodegenTarget &target, llvm::CodeGenFileType kind) {
  auto machine = createTargetMachine(target);
  if (!machine)
    return machine.takeError();

  DialectRegistry registry;
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  module->getContext()->appendDialectRegistry(registry);
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> translated =
      translateModuleToLLVMIR(module, context, "tactus");
  if (!translated)
    return llvm::createStringError("a kernel could not be translated");
  translated->setDataLayout((*machine)->createDataLayout());
  translated->setTargetTriple((*machine)->getTargetTriple());
  prepareFunctions(*translated, **machine, target.vectorBits);

  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream os(bytes);
  llvm::legacy::PassManager passes;
  if ((*machine)->addPassesToEmitFile(passes, os, nullptr, kind))
    return llvm::createStringError("this target emits no files");
  passes.run(*translated);
  return std::string(bytes.begin(), bytes.end());
}

llvm::Expected<std::string> compileToObject(ModuleOp module,
                                            const CodegenTarget &target) {
  return emit(module, target, llvm::CodeGenFileType::ObjectFile);
}

llvm::Expected<std::string> compileToAssembly(ModuleOp module,
                                              const CodegenTarget &target) {
  return emit(module, target, llvm::CodeGenFileType::AssemblyFile);
}

} // namespace tactus
