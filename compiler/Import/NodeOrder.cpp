//===- NodeOrder.cpp - Operands before users ------------------------------===//
#include "compiler/Import/NodeOrder.h"
#include <algorithm>
#include <functional>
#include <queue>

using namespace tactus;

namespace {
/// For each node, the nodes of its region that it uses, itself or in its
/// regions.
class Dependences {
public:
  explicit Dependences(const JsonGraph &graph)
      : graph(graph), lists(graph.nodes.size()) {
    for (uint32_t i = 0; i < graph.nodes.size(); ++i)
      for (const JsonGraph::Operand &operand : graph.nodes[i].operands)
        if (operand.kind == JsonGraph::Operand::Kind::Reference)
          add(operand.source, i);
    for (const JsonGraph::Region &region : graph.regions)
      for (const JsonGraph::Result &result : region.results)
        // Results come last in a region anyway; what matters is its node.
        if (result.source && !isIn(*result.source, region))
          add(*result.source, region.node);
  }

  const std::vector<uint32_t> &operator[](uint32_t node) const {
    return lists[node];
  }

private:
  bool isIn(JsonGraph::Source source, const JsonGraph::Region &region) const {
    return source.kind == JsonGraph::SourceKind::Node &&
           &graph.regions[graph.nodes[source.index].region] == &region;
  }

  void add(JsonGraph::Source source, uint32_t user) {
    if (source.kind != JsonGraph::SourceKind::Node)
      return;
    uint32_t home = graph.nodes[source.index].region;
    while (graph.nodes[user].region != home)
      user = graph.regions[graph.nodes[user].region].node;
    lists[user].push_back(source.index);
  }

  const JsonGraph &graph;
  std::vector<std::vector<uint32_t>> lists;
};
} // namespace

/// Reports the cycle of `members`, each of which uses the one after it.
static void reportCycle(const JsonGraph &graph,
                        const std::vector<uint32_t> &members,
                        Diagnostics &diagnostics) {
  constexpr size_t most = 8;
  auto nameOf = [&](uint32_t node) {
    return "'" + graph.nodes[node].name + "'";
  };
  // It begins at the node that stands first in the file.
  size_t start =
      std::min_element(members.begin(), members.end()) - members.begin();
  std::string path;
  for (size_t i = 0; i < std::min(members.size(), most); ++i)
    path += nameOf(members[(start + i) % members.size()]) + " uses ";
  if (members.size() > most)
    path += "... uses ";
  const JsonGraph::Node &first = graph.nodes[members[start]];
  NodeScope scope(first, diagnostics);
  first.value.report(diagnostics, "expected no cycle, but got " + path +
                                      nameOf(members[start]));
}

/// Finds a cycle below each node that is not `done`; every such node uses one.
static void reportCycles(const JsonGraph &graph, const Dependences &dependences,
                         const std::vector<bool> &done,
                         Diagnostics &diagnostics) {
  constexpr uint32_t unvisited = 0;
  // The number of the walk that came by.
  std::vector<uint32_t> walkOf(graph.nodes.size(), unvisited);
  uint32_t walk = 0;
  for (uint32_t begin = 0; begin < graph.nodes.size(); ++begin) {
    if (done[begin] || walkOf[begin] != unvisited)
      continue;
    ++walk;
    std::vector<uint32_t> path;
    uint32_t at = begin;
    while (walkOf[at] == unvisited) {
      walkOf[at] = walk;
      path.push_back(at);
      // One operand at least is not done, or the node would be.
      uint32_t next = at;
      for (uint32_t operand : dependences[at])
        if (!done[operand])
          next = operand;
      at = next;
    }
    // A walk that met an earlier one leads to a cycle that was reported.
    if (walkOf[at] != walk)
      continue;
    path.erase(path.begin(), std::find(path.begin(), path.end(), at));
    reportCycle(graph, path, diagnostics);
  }
}

void tactus::sortNodes(JsonGraph &graph, Diagnostics &diagnostics) {
  Dependences dependences(graph);
  std::vector<std::vector<uint32_t>> users(graph.nodes.size());
  std::vector<size_t> missing(graph.nodes.size());
  // The first in the file of those that are ready comes next.
  std::priority_queue<uint32_t, std::vector<uint32_t>, std::greater<>> ready;
  for (uint32_t i = 0; i < graph.nodes.size(); ++i) {
    for (uint32_t operand : dependences[i]) {
      users[operand].push_back(i);
      ++missing[i];
    }
    if (missing[i] == 0)
      ready.push(i);
  }
  for (JsonGraph::Region &region : graph.regions)
    region.order.clear();
  size_t numDone = 0;
  std::vector<bool> done(graph.nodes.size());
  // Nodes use none of another region, so one order of all orders each region.
  while (!ready.empty()) {
    uint32_t node = ready.top();
    ready.pop();
    graph.regions[graph.nodes[node].region].order.push_back(node);
    done[node] = true;
    ++numDone;
    for (uint32_t user : users[node])
      if (--missing[user] == 0)
        ready.push(user);
  }
  if (numDone != graph.nodes.size())
    reportCycles(graph, dependences, done, diagnostics);
}
