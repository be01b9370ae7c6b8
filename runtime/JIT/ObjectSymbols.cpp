//===- ObjectSymbols.cpp - What an object asks of its surroundings --------===//
#include "runtime/JIT/ObjectSymbols.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/MemoryBufferRef.h"

using namespace llvm;

namespace tactus {

Expected<std::vector<std::string>> undefinedSymbols(StringRef object) {
  auto file =
      object::ObjectFile::createObjectFile(MemoryBufferRef(object, "kernels"));
  if (!file)
    return file.takeError();
  std::vector<std::string> names;
  for (const object::SymbolRef &symbol : (*file)->symbols()) {
    auto flags = symbol.getFlags();
    if (!flags)
      return flags.takeError();
    if (!(*flags & object::SymbolRef::SF_Undefined) ||
        (*flags & object::SymbolRef::SF_FormatSpecific))
      continue;
    auto name = symbol.getName();
    if (!name)
      return name.takeError();
    if (!name->empty())
      names.push_back(name->str());
  }
  llvm::sort(names);
  return names;
}

ArrayRef<StringRef> allowedSymbols() {
  static constexpr StringRef names[] = {"memcpy", "memmove", "memset"};
  return names;
}

llvm::Error checkUndefinedSymbols(StringRef object) {
  auto names = undefinedSymbols(object);
  if (!names)
    return names.takeError();
  for (const std::string &name : *names)
    if (!is_contained(allowedSymbols(), StringRef(name)))
      return createStringError(
          "expected compiled code to stand alone, but it calls '" + name + "'");
  return llvm::Error::success();
}

} // namespace tactus
