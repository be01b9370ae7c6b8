//===- ReadProgram.cpp - Graphs from files --------------------------------===//
#include "compiler/Import/ReadProgram.h"
#include "compiler/Import/JsonReader.h"
#include "compiler/Import/MlirReader.h"
#include "compiler/Import/PreLexer.h"
#include "runtime/Support/Files.h"
#include "runtime/Support/Limits.h"

using namespace tactus;

namespace {
enum class Format { Json, Mlir };
} // namespace

static Format formatOf(const std::filesystem::path &file) {
  std::string extension = file.extension();
  if (extension == ".json")
    return Format::Json;
  if (extension == ".mlir")
    return Format::Mlir;
  throw Error({.file = file.string()},
              "expected a file .json or .mlir, or - for standard input");
}

/// A JSON graph is an object; no MLIR module begins with a brace.
static Format formatOfText(std::string_view text) {
  size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{' ? Format::Json
                                                               : Format::Mlir;
}

static Program readText(Format format, std::string text,
                        const std::string &name,
                        const std::filesystem::path &directory,
                        Diagnostics &diagnostics) {
  std::optional<Program> program;
  if (format == Format::Mlir)
    program = readMlirGraph(text, name, directory, diagnostics);
  else
    program = readJsonGraph(json::Document::parse(std::move(text), name),
                            directory, diagnostics);
  diagnostics.throwIfErrors();
  return std::move(*program);
}

Program tactus::readProgramText(std::string text, Diagnostics &diagnostics) {
  Format format = formatOfText(text);
  return readText(format, std::move(text), "<stdin>", ".", diagnostics);
}

Program tactus::readProgram(const std::filesystem::path &file,
                            Diagnostics &diagnostics) {
  static_assert(limits::maxJsonBytes == limits::maxMlirBytes);
  if (file == "-")
    return readProgramText(readFile("/dev/stdin", limits::maxJsonBytes),
                           diagnostics);
  Format format = formatOf(file);
  return readText(format, readFile(file, limits::maxJsonBytes), file.string(),
                  file.has_parent_path() ? file.parent_path() : ".",
                  diagnostics);
}
