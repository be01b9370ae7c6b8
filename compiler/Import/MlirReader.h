//===- MlirReader.h - Graphs from MLIR text ---------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_IMPORT_MLIRREADER_H
#define TACTUS_COMPILER_IMPORT_MLIRREADER_H

#include "compiler/Graph/Program.h"
#include "runtime/Support/Diagnostics.h"
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace tactus {

/// Reads a module of the dialects builtin, func and tactus whose @main works on
/// tensors, and opens its parameters, whose file is found in `directory`. Gives
/// @main's arguments and results names where they have none. Reports problems
/// in `file`; gives nothing where one is an error.
std::optional<Program> readMlirGraph(std::string_view text,
                                     const std::string &file,
                                     const std::filesystem::path &directory,
                                     Diagnostics &diagnostics);

} // namespace tactus

#endif // TACTUS_COMPILER_IMPORT_MLIRREADER_H
