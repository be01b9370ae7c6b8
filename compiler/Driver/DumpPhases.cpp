//===- DumpPhases.cpp - The levels of a program as files ------------------===//
#include "compiler/Driver/DumpPhases.h"
#include "runtime/Support/Files.h"
#include "tactus/Error.h"

using namespace mlir;

namespace tactus {

void DumpPhases::write(const Phase &phase, ModuleOp module) const {
  if (folder.empty())
    return;
  std::string text;
  llvm::raw_string_ostream os(text);
  module->print(os, OpPrintingFlags().enableDebugInfo(true));
  writeText(phase.name() + ".mlir", text);
}

void DumpPhases::writeText(const std::string &name,
                           const std::string &text) const {
  if (folder.empty())
    return;
  std::error_code code;
  std::filesystem::create_directories(folder, code);
  if (code)
    throw Error("expected a folder '" + folder.string() +
                "' to write levels to, but got: " + code.message());
  writeFile(folder / name, text);
}

} // namespace tactus
