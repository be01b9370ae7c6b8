//===- JsonWriter.h - Graphs as JSON ----------------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_IMPORT_JSONWRITER_H
#define TACTUS_COMPILER_IMPORT_JSONWRITER_H

#include "compiler/Graph/Program.h"
#include <string>

namespace tactus {

/// Writes a graph so that reading it gives the same graph and writing that the
/// same text. Parameters are named, not written. Throws `Error` where the
/// module holds what JSON has no words for, such as fused regions.
std::string writeJsonGraph(const Program &program);

} // namespace tactus

#endif // TACTUS_COMPILER_IMPORT_JSONWRITER_H
