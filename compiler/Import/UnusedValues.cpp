//===- UnusedValues.cpp - What a JSON graph has for nothing ---------------===//
#include "compiler/Import/UnusedValues.h"

using namespace tactus;

namespace {
/// Which values of a graph something uses.
class Uses {
public:
  explicit Uses(const JsonGraph &graph)
      : inputs(graph.inputs.size()), parameters(graph.parameters.size()),
        nodes(graph.nodes.size()), arguments(graph.arguments.size()) {
    for (const JsonGraph::Node &node : graph.nodes)
      for (const JsonGraph::Operand &operand : node.operands)
        if (operand.kind == JsonGraph::Operand::Kind::Reference)
          add(operand.source);
    for (const JsonGraph::Region &region : graph.regions)
      for (const JsonGraph::Result &result : region.results)
        if (result.source)
          add(*result.source);
    for (const JsonGraph::Output &output : graph.outputs)
      add(output.source);
  }

  std::vector<bool> inputs, parameters, nodes, arguments;

private:
  void add(JsonGraph::Source source) {
    switch (source.kind) {
    case JsonGraph::SourceKind::Input:
      inputs[source.index] = true;
      return;
    case JsonGraph::SourceKind::Parameter:
      parameters[source.index] = true;
      return;
    case JsonGraph::SourceKind::Node:
      nodes[source.index] = true;
      return;
    case JsonGraph::SourceKind::Argument:
      arguments[source.index] = true;
      return;
    }
  }
};
} // namespace

template <typename Things>
static void warnOf(const char *kind, const Things &things,
                   const std::vector<bool> &isUsed, Diagnostics &diagnostics) {
  // A place takes time to work out, and this many say enough.
  size_t left = 100;
  for (size_t i = 0; i < isUsed.size() && left > 0; ++i)
    if (!isUsed[i] && left--)
      diagnostics.warning(things[i].value.place(), std::string(kind) + " '" +
                                                       things[i].name +
                                                       "' is not used");
}

/// An op gives each of its regions the same inputs, or other ones: what one
/// region uses, another must take too.
static void shareUses(const JsonGraph &graph, std::vector<bool> &isUsed) {
  for (const JsonGraph::Node &node : graph.nodes)
    for (uint32_t region : node.regions)
      for (uint32_t other : node.regions) {
        const auto &from = graph.regions[other].arguments;
        const auto &to = graph.regions[region].arguments;
        for (size_t i = 0; i < std::min(from.size(), to.size()); ++i)
          if (isUsed[from[i]])
            isUsed[to[i]] = true;
      }
}

void tactus::warnOfUnused(const JsonGraph &graph, Diagnostics &diagnostics) {
  Uses uses(graph);
  shareUses(graph, uses.arguments);
  warnOf("input", graph.inputs, uses.inputs, diagnostics);
  warnOf("parameter", graph.parameters, uses.parameters, diagnostics);
  warnOf("node", graph.nodes, uses.nodes, diagnostics);
  warnOf("region input", graph.arguments, uses.arguments, diagnostics);
}
