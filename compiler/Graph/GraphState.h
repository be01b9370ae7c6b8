//===- GraphState.h - What a graph of the API holds -------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_GRAPH_GRAPHSTATE_H
#define TACTUS_COMPILER_GRAPH_GRAPHSTATE_H

#include "compiler/Graph/GraphAccess.h"
#include "compiler/Graph/GraphBuilder.h"
#include "tactus/Graph.h"
#include <map>
#include <set>

namespace tactus {

/// What a Graph and its Values share.
struct GraphState {
  explicit GraphState(std::string name)
      : name(std::move(name)), builder(this->name) {}

  struct Parameter {
    mlir::Value value;
    TensorType type;
    ParameterStore store;
  };

  std::string name;
  GraphBuilder builder;
  /// Of inputs, parameters and nodes, which are one kind of name, as in files.
  std::set<std::string, std::less<>> names;
  /// In the order of @main's arguments.
  std::vector<Port> inputs;
  std::map<std::string, Parameter> parameters;
  std::set<std::string> outputs;

  /// Keeps a name. Throws where it is not one, or is taken.
  void takeName(const std::string &taken, const std::source_location &where);
};

/// The way from the public handles to what they stand for.
struct GraphAccess {
  /// Throws where the graph was moved from.
  static GraphState &stateOf(const Graph &graph,
                             const std::source_location &where);
  static const std::shared_ptr<GraphState> &stateOf(const Value &value) {
    return value.graph;
  }
  static std::shared_ptr<GraphState>
  sharedStateOf(const Graph &graph, const std::source_location &where) {
    (void)stateOf(graph, where);
    return graph.state;
  }
  static mlir::Value valueOf(const Value &value) {
    return mlir::Value::getFromOpaquePointer(value.value);
  }
  static Value makeValue(std::shared_ptr<GraphState> state, mlir::Value value);
};

/// The caller's line, as a place of errors and locations.
Error::Place callerPlace(const std::source_location &where,
                         llvm::StringRef op = {});
/// The caller's line with a node's name.
mlir::Location callerLocation(const GraphState &state,
                              const std::source_location &where,
                              llvm::StringRef node = {});
/// Throws where the type is none of a tensor: a rank or a size out of range, or
/// a dimension without a proper name.
void checkTensorType(const TensorType &type, const Error::Place &place);

} // namespace tactus

#endif // TACTUS_COMPILER_GRAPH_GRAPHSTATE_H
