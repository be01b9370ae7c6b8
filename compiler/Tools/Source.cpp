//===- Source.cpp - What a command line names -----------------------------===//
#include "compiler/Tools/Source.h"
#include "compiler/Import/ReadProgram.h"
#include "runtime/Support/Files.h"
#include "runtime/Systolic/ProgramFile.h"
#include <cstdio>

using namespace tactus;

Source tactus::readSource(const std::string &file, Diagnostics &diagnostics) {
  if (file == "-") {
    std::string text = readFile("/dev/stdin", limits::maxJsonBytes);
    if (systolic::isProgram(text))
      return systolic::deserialize(
          {reinterpret_cast<const uint8_t *>(text.data()), text.size()},
          "<stdin>");
    return readProgramText(std::move(text), diagnostics);
  }
  std::filesystem::path path = file;
  if (systolic::isProgramFile(path) || path.extension() == ".sys")
    return systolic::readProgramFile(path);
  return readProgram(path, diagnostics);
}

Source tactus::readSource(const std::string &file) {
  Diagnostics diagnostics;
  auto warn = [&] {
    for (const Diagnostic &diagnostic : diagnostics.all())
      if (diagnostic.severity == Diagnostic::Severity::Warning)
        std::fprintf(stderr, "%s\n", diagnostic.str().c_str());
  };
  try {
    Source source = readSource(file, diagnostics);
    warn();
    return source;
  } catch (const Error &) {
    warn();
    throw;
  }
}

Program tactus::readGraph(const std::string &file) {
  Source source = readSource(file);
  if (std::holds_alternative<systolic::Program>(source))
    throw Error({.file = file == "-" ? "<stdin>" : file},
                "expected a graph, but got a program of a systolic machine");
  return std::get<Program>(std::move(source));
}
