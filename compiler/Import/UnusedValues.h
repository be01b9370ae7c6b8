//===- UnusedValues.h - What a JSON graph has for nothing -------*- C++ -*-===//
#ifndef TACTUS_COMPILER_IMPORT_UNUSEDVALUES_H
#define TACTUS_COMPILER_IMPORT_UNUSEDVALUES_H

#include "compiler/Import/JsonGraph.h"

namespace tactus {

/// Warns of inputs, parameters, nodes and inputs of regions that nothing uses.
void warnOfUnused(const JsonGraph &graph, Diagnostics &diagnostics);

} // namespace tactus

#endif // TACTUS_COMPILER_IMPORT_UNUSEDVALUES_H
