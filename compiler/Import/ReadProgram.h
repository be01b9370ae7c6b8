//===- ReadProgram.h - Graphs from files ------------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_IMPORT_READPROGRAM_H
#define TACTUS_COMPILER_IMPORT_READPROGRAM_H

#include "compiler/Graph/Program.h"
#include "runtime/Support/Diagnostics.h"
#include <filesystem>

namespace tactus {

/// Reads a graph from a `.json` or `.mlir` file, or from standard input where
/// `file` is `-`; what that holds is seen from its first character. Throws one
/// `Error` with all problems; warnings are left in `diagnostics`.
Program readProgram(const std::filesystem::path &file,
                    Diagnostics &diagnostics);

/// Reads a graph from the text that standard input held, as readProgram does.
Program readProgramText(std::string text, Diagnostics &diagnostics);

} // namespace tactus

#endif // TACTUS_COMPILER_IMPORT_READPROGRAM_H
