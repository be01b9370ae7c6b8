//===- NameTable.cpp - What the names of a JSON graph mean ----------------===//
#include "compiler/Import/NameTable.h"
#include "runtime/Support/Names.h"
#include "runtime/Support/Suggest.h"
#include "llvm/ADT/StringExtras.h"

using namespace tactus;

bool JsonGraph::isWithin(uint32_t inner, uint32_t outer) const {
  // Regions stand before those inside them.
  while (inner > outer)
    inner = around(inner);
  return inner == outer;
}

std::optional<std::string> NameTable::read(json::Value value) {
  auto name = value.toString(diagnostics);
  if (!name)
    return std::nullopt;
  if (auto problem = findNameProblem(*name)) {
    value.report(diagnostics, *problem);
    return std::nullopt;
  }
  return std::string(*name);
}

void NameTable::declare(const std::string &name, JsonGraph::Source source,
                        json::Value value) {
  auto [place, isNew] = names.try_emplace(name, source);
  if (isNew)
    return;
  repeated.insert(name);
  value.report(diagnostics, "expected a name of its own, but got '" + name +
                                "' again, which " + pointerOf(place->second) +
                                " has");
}

uint32_t NameTable::regionOf(JsonGraph::Source source) const {
  switch (source.kind) {
  case JsonGraph::SourceKind::Input:
  case JsonGraph::SourceKind::Parameter:
    break;
  case JsonGraph::SourceKind::Node:
    return graph.nodes[source.index].region;
  case JsonGraph::SourceKind::Argument:
    return graph.arguments[source.index].region;
  }
  return JsonGraph::top;
}

std::string NameTable::pointerOf(JsonGraph::Source source) const {
  switch (source.kind) {
  case JsonGraph::SourceKind::Input:
    return graph.inputs[source.index].value.pointer();
  case JsonGraph::SourceKind::Parameter:
    return graph.parameters[source.index].value.pointer();
  case JsonGraph::SourceKind::Node:
    return graph.nodes[source.index].value.pointer();
  case JsonGraph::SourceKind::Argument:
    return graph.arguments[source.index].value.pointer();
  }
  return "";
}

std::optional<JsonGraph::Source> NameTable::resolve(json::Value value,
                                                    uint32_t region) {
  llvm::StringRef text = value.asString();
  auto [name, number] = text.split(':');
  auto found = names.find(name.str());
  if (found == names.end()) {
    std::vector<std::string_view> known;
    // Near names are dear, so only messages that are kept have them.
    if (diagnostics.keepsErrors())
      for (const auto &[other, source] : names)
        if (graph.isWithin(region, regionOf(source)))
          known.push_back(other);
    value.report(diagnostics,
                 "expected the name of an input, parameter or node, but got " +
                     value.describe() +
                     didYouMean(std::string_view(name), known));
    return std::nullopt;
  }
  JsonGraph::Source source = found->second;
  if (uint32_t home = regionOf(source); !graph.isWithin(region, home)) {
    // That there is another one that is seen was an error of its own.
    if (repeated.contains(name.str()))
      return std::nullopt;
    const JsonGraph::Region &other = graph.regions[home];
    value.report(diagnostics, "expected a name that is seen here, but got " +
                                  value.describe() +
                                  ", which is inside region '" + other.name +
                                  "' of '" + graph.nodes[other.node].name +
                                  "'");
    return std::nullopt;
  }
  if (name.size() == text.size())
    return source;
  bool isPlain = !number.empty() && llvm::all_of(number, llvm::isDigit) &&
                 (number == "0" || number[0] != '0');
  if (!isPlain || number.getAsInteger(10, source.result)) {
    value.report(diagnostics,
                 "expected the number of a result after ':', but got " +
                     value.describe());
    return std::nullopt;
  }
  if (source.kind != JsonGraph::SourceKind::Node && source.result > 0) {
    value.report(diagnostics, "expected a node before ':', but '" + name.str() +
                                  "' has one value");
    return std::nullopt;
  }
  return source;
}
