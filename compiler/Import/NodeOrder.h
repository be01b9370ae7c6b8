//===- NodeOrder.h - Operands before users ----------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_IMPORT_NODEORDER_H
#define TACTUS_COMPILER_IMPORT_NODEORDER_H

#include "compiler/Import/JsonGraph.h"

namespace tactus {

/// Orders the nodes of each region so that operands stand before their users,
/// and else as they stand in the file; what a region uses, the node uses that
/// it belongs to. Reports every cycle once; its nodes and those that use them
/// are left out.
void sortNodes(JsonGraph &graph, Diagnostics &diagnostics);

} // namespace tactus

#endif // TACTUS_COMPILER_IMPORT_NODEORDER_H
