//===- Source.h - What a command line names ---------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TOOLS_SOURCE_H
#define TACTUS_COMPILER_TOOLS_SOURCE_H

#include "compiler/Graph/Program.h"
#include "runtime/Support/Diagnostics.h"
#include "runtime/Systolic/Program.h"
#include <variant>

namespace tactus {

/// A graph, or a program that was compiled from one for a systolic machine.
using Source = std::variant<Program, systolic::Program>;

/// Reads a file, or standard input where it is `-`. A program is known by its
/// first bytes, whatever the file is called. Throws one `Error` with all
/// problems; warnings are left in `diagnostics`.
Source readSource(const std::string &file, Diagnostics &diagnostics);

/// The same, but warnings go to standard error.
Source readSource(const std::string &file);

/// The same for a graph; a program is refused.
Program readGraph(const std::string &file);

} // namespace tactus

#endif // TACTUS_COMPILER_TOOLS_SOURCE_H
