//===- NodeOrder.h - Operands before users ----------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_IMPORT_NODEORDER_H
#define TACTUS_COMPILER_IMPORT_NODEORDER_H

#include "compiler/Import/JsonGraph.h"

namespace tactus {

/// Numbers of nodes so that operands stand before their users, and else as they
/// stand in the file. Reports every cycle once; its nodes and those that use
/// them are left out.
std::vector<uint32_t> sortNodes(const JsonGraph &graph,
                                Diagnostics &diagnostics);

} // namespace tactus

#endif // TACTUS_COMPILER_IMPORT_NODEORDER_H
