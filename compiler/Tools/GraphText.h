//===- GraphText.h - Graphs for people --------------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TOOLS_GRAPHTEXT_H
#define TACTUS_COMPILER_TOOLS_GRAPHTEXT_H

#include "compiler/Graph/Program.h"
#include <string>

namespace tactus {

/// A line for each input, parameter, node and output.
std::string graphText(const Program &program);
/// A graph in the language of Graphviz.
std::string dotText(const Program &program);
/// The module, with the names of nodes as locations, so that reading it again
/// gives the same program.
std::string mlirText(const Program &program);

} // namespace tactus

#endif // TACTUS_COMPILER_TOOLS_GRAPHTEXT_H
