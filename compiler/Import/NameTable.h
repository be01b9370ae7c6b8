//===- NameTable.h - What the names of a JSON graph mean --------*- C++ -*-===//
#ifndef TACTUS_COMPILER_IMPORT_NAMETABLE_H
#define TACTUS_COMPILER_IMPORT_NAMETABLE_H

#include "compiler/Import/JsonGraph.h"
#include <unordered_map>
#include <unordered_set>

namespace tactus {

/// The names of one graph, each of which is there once, in whatever region it
/// stands. Reports what is wrong with a name or a reference.
class NameTable {
public:
  NameTable(const JsonGraph &graph, Diagnostics &diagnostics)
      : graph(graph), diagnostics(diagnostics) {}

  /// Nothing where it could be no name.
  std::optional<std::string> read(json::Value value);
  /// Makes a name known.
  void declare(const std::string &name, JsonGraph::Source source,
               json::Value value);
  /// Finds what `name` or `name:1`, a string in region `region`, refers to.
  std::optional<JsonGraph::Source> resolve(json::Value value, uint32_t region);

private:
  /// The region in which a source stands.
  uint32_t regionOf(JsonGraph::Source source) const;
  std::string pointerOf(JsonGraph::Source source) const;

  const JsonGraph &graph;
  Diagnostics &diagnostics;
  std::unordered_map<std::string, JsonGraph::Source> names;
  /// Those that were declared twice or more.
  std::unordered_set<std::string> repeated;
};

} // namespace tactus

#endif // TACTUS_COMPILER_IMPORT_NAMETABLE_H
