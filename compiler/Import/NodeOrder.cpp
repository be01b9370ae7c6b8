//===- NodeOrder.cpp - Operands before users ------------------------------===//
#include "compiler/Import/NodeOrder.h"
#include <algorithm>
#include <functional>
#include <queue>

using namespace tactus;

/// Calls `fn` with the node of each operand that is one.
template <typename Fn>
static void forEachOperandNode(const JsonGraph::Node &node, Fn fn) {
  for (const JsonGraph::Operand &operand : node.operands)
    if (operand.kind == JsonGraph::Operand::Kind::Reference &&
        operand.source.kind == JsonGraph::SourceKind::Node)
      fn(operand.source.index);
}

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
static void reportCycles(const JsonGraph &graph, const std::vector<bool> &done,
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
      forEachOperandNode(graph.nodes[at], [&](uint32_t operand) {
        if (!done[operand])
          next = operand;
      });
      at = next;
    }
    // A walk that met an earlier one leads to a cycle that was reported.
    if (walkOf[at] != walk)
      continue;
    path.erase(path.begin(), std::find(path.begin(), path.end(), at));
    reportCycle(graph, path, diagnostics);
  }
}

std::vector<uint32_t> tactus::sortNodes(const JsonGraph &graph,
                                        Diagnostics &diagnostics) {
  std::vector<std::vector<uint32_t>> users(graph.nodes.size());
  std::vector<size_t> missing(graph.nodes.size());
  // The first in the file of those that are ready comes next.
  std::priority_queue<uint32_t, std::vector<uint32_t>, std::greater<>> ready;
  for (uint32_t i = 0; i < graph.nodes.size(); ++i) {
    forEachOperandNode(graph.nodes[i], [&](uint32_t operand) {
      users[operand].push_back(i);
      ++missing[i];
    });
    if (missing[i] == 0)
      ready.push(i);
  }
  std::vector<uint32_t> order;
  std::vector<bool> done(graph.nodes.size());
  while (!ready.empty()) {
    uint32_t node = ready.top();
    ready.pop();
    order.push_back(node);
    done[node] = true;
    for (uint32_t user : users[node])
      if (--missing[user] == 0)
        ready.push(user);
  }
  if (order.size() != graph.nodes.size())
    reportCycles(graph, done, diagnostics);
  return order;
}
