//===- GraphAccess.h - Programs of graphs of the API ------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_GRAPH_GRAPHACCESS_H
#define TACTUS_COMPILER_GRAPH_GRAPHACCESS_H

#include "compiler/Graph/Program.h"
#include "tactus/Graph.h"

namespace tactus {

/// The graph as a program with a module of its own, in the graph's context.
/// Throws where it was moved from, has no output, or a parameter has become
/// another type.
Program
programOf(const Graph &graph,
          const std::source_location &where = std::source_location::current());
/// A program without inputs whose one output, `value`, is this value. Throws
/// where it depends on an input, naming it.
Program
programOf(const Value &value,
          const std::source_location &where = std::source_location::current());

} // namespace tactus

#endif // TACTUS_COMPILER_GRAPH_GRAPHACCESS_H
