//===- KernelLibrary.cpp - Object code made callable ----------------------===//
#include "runtime/JIT/KernelLibrary.h"
#include "runtime/JIT/ObjectCode.h"
#include "runtime/JIT/ObjectSymbols.h"
#include "llvm/ExecutionEngine/Orc/AbsoluteSymbols.h"
#include "llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Target/TargetMachine.h"
#include <cstring>

using namespace llvm;

namespace tactus {

KernelLibrary::KernelLibrary(Symbols symbols, std::unique_ptr<orc::LLJIT> jit)
    : symbols(std::move(symbols)), jit(std::move(jit)) {}

KernelLibrary::~KernelLibrary() = default;

/// Defines the allowed symbols one by one: a search of the whole process would
/// let anything through.
static llvm::Error defineAllowed(orc::LLJIT &jit) {
  orc::SymbolMap symbols;
  auto add = [&](StringRef name, auto *function) {
    symbols[jit.mangleAndIntern(name)] = {orc::ExecutorAddr::fromPtr(function),
                                          JITSymbolFlags::Exported |
                                              JITSymbolFlags::Callable};
  };
  add("memcpy", static_cast<void *(*)(void *, const void *, size_t)>(memcpy));
  add("memmove", static_cast<void *(*)(void *, const void *, size_t)>(memmove));
  add("memset", static_cast<void *(*)(void *, int, size_t)>(memset));
  return jit.getMainJITDylib().define(orc::absoluteSymbols(std::move(symbols)));
}

Expected<std::shared_ptr<const KernelLibrary>>
KernelLibrary::load(ArrayRef<StringRef> objects, Symbols symbols) {
  for (StringRef object : objects)
    if (llvm::Error error = checkUndefinedSymbols(object))
      return error;
  // Objects are linked, never compiled, here; the machine gives the layout.
  auto machine = createTargetMachine({});
  if (!machine)
    return machine.takeError();
  auto jit = orc::LLJITBuilder()
                 .setJITTargetMachineBuilder(orc::JITTargetMachineBuilder(
                     (*machine)->getTargetTriple()))
                 .setDataLayout((*machine)->createDataLayout())
                 .setLinkProcessSymbolsByDefault(false)
                 // Kernels have no initializers, and no platform to run them.
                 .setPlatformSetUp(orc::setUpInactivePlatform)
                 .create();
  if (!jit)
    return jit.takeError();
  if (llvm::Error error = defineAllowed(**jit))
    return error;
  for (StringRef object : objects)
    if (llvm::Error error = (*jit)->addObjectFile(
            MemoryBuffer::getMemBufferCopy(object, "kernels")))
      return error;
  return std::shared_ptr<const KernelLibrary>(
      new KernelLibrary(std::move(symbols), std::move(*jit)));
}

Expected<KernelEntry> KernelLibrary::lookup(StringRef kernel) const {
  auto named = symbols.find(kernel);
  StringRef function =
      named == symbols.end() ? kernel : StringRef(named->second);
  auto symbol = jit->lookup(("_tactus_" + function).str());
  if (!symbol)
    return symbol.takeError();
  return symbol->toPtr<KernelEntry>();
}

} // namespace tactus
