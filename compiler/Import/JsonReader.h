//===- JsonReader.h - Graphs from JSON --------------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_IMPORT_JSONREADER_H
#define TACTUS_COMPILER_IMPORT_JSONREADER_H

#include "compiler/Graph/Program.h"
#include "runtime/Support/Json.h"
#include <filesystem>
#include <optional>

namespace tactus {

/// Builds the graph that `document` holds, as docs/formats.md describes it, and
/// opens its parameters, whose file is found in `directory`. Reports all
/// problems; gives nothing where one is an error.
std::optional<Program> readJsonGraph(const json::Document &document,
                                     const std::filesystem::path &directory,
                                     Diagnostics &diagnostics);

} // namespace tactus

#endif // TACTUS_COMPILER_IMPORT_JSONREADER_H
