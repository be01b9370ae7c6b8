//===- JsonGraph.h - The structure of a JSON graph --------------*- C++ -*-===//
//
// The first half of reading a graph: who is called what and who refers to whom.
// Types and attributes of nodes come after it, in an order in which operands
// stand before their users.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_COMPILER_IMPORT_JSONGRAPH_H
#define TACTUS_COMPILER_IMPORT_JSONGRAPH_H

#include "compiler/Graph/OpTable.h"
#include "runtime/Support/Json.h"
#include "tactus/Tensor.h"
#include <optional>
#include <string>
#include <vector>

namespace tactus {

inline constexpr int64_t graphFormatVersion = 1;

struct JsonGraph {
  enum class SourceKind { Input, Parameter, Node, Argument };
  /// What a name refers to.
  struct Source {
    SourceKind kind = SourceKind::Input;
    uint32_t index = 0;
    uint32_t result = 0;
  };
  struct Port {
    std::string name = {};
    TensorType type = {};
    json::Value value;
    /// Its type could not be read, so nothing that uses it is judged.
    bool isPoisoned = false;
  };
  struct Operand {
    /// Absent is a null; Broken refers to nothing, which was reported.
    enum class Kind { Absent, Reference, Literal, Broken };
    Kind kind = Kind::Absent;
    Source source = {};
    json::Value value;
  };
  struct Node {
    std::string name = {};
    /// The region in which it stands.
    uint32_t region = 0;
    /// Null where there is no such op, which was reported.
    const OpInfo *op = nullptr;
    std::string opName = {};
    std::vector<Operand> operands = {};
    /// Those of its own, as they stand in the file.
    std::vector<uint32_t> regions = {};
    json::Value value;
    /// Something is wrong with it, beside what is in its regions.
    bool isPoisoned = false;
  };
  /// An input of a region.
  struct Argument {
    std::string name = {};
    uint32_t region = 0;
    json::Value value;
  };
  /// What a region gives; nothing where it refers to nothing, which was
  /// reported.
  struct Result {
    std::optional<Source> source = {};
    json::Value value;
  };
  struct Region {
    /// Whose region it is.
    uint32_t node = 0;
    /// `then`.
    std::string name = {};
    /// Numbers of arguments.
    std::vector<uint32_t> arguments = {};
    std::vector<Result> results = {};
    /// Numbers of nodes, operands before users and else as in the file; nodes
    /// of a cycle, and those that use them, are absent.
    std::vector<uint32_t> order = {};
    json::Value value;
    /// Something is wrong with it, beside what is in its nodes.
    bool isPoisoned = false;
  };
  struct Output {
    std::string name = {};
    Source source = {};
    json::Value value;
  };

  std::string name;
  std::vector<Port> inputs;
  std::vector<Port> parameters;
  std::optional<json::Value> parameterFile;
  /// Of all regions, each before those in its own regions.
  std::vector<Node> nodes;
  std::vector<Argument> arguments;
  /// The first is the graph itself, which is the region of no node and whose
  /// results are the outputs. Each stands before those inside it.
  std::vector<Region> regions;
  std::vector<Output> outputs;

  static constexpr uint32_t top = 0;
  /// The region around region `inner`, which is not the graph.
  uint32_t around(uint32_t inner) const {
    return nodes[regions[inner].node].region;
  }
  /// Whether `inner` is `outer` or stands inside it.
  bool isWithin(uint32_t inner, uint32_t outer) const;
};

/// Reports all problems of structure.
JsonGraph readStructure(json::Value root, Diagnostics &diagnostics);

/// Gives the diagnostics reported while it lives the name and op of a node.
class NodeScope {
public:
  NodeScope(const JsonGraph::Node &node, Diagnostics &diagnostics)
      : node(node), diagnostics(diagnostics), first(diagnostics.all().size()),
        errorsBefore(diagnostics.numErrors()) {}
  NodeScope(const NodeScope &) = delete;
  NodeScope &operator=(const NodeScope &) = delete;
  ~NodeScope() { diagnostics.nameNode(first, node.name, node.opName); }

  bool hasErrors() const { return diagnostics.numErrors() > errorsBefore; }

private:
  const JsonGraph::Node &node;
  Diagnostics &diagnostics;
  size_t first;
  size_t errorsBefore;
};

} // namespace tactus

#endif // TACTUS_COMPILER_IMPORT_JSONGRAPH_H
