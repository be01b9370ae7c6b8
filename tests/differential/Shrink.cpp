//===- Shrink.cpp - The least of a graph that still fails -----------------===//
#include "tests/differential/Shrink.h"
#include <cstdio>
#include <optional>

namespace tactus::differential {

namespace {

class Shrinker {
public:
  Shrinker(const Graph &graph, const std::function<bool(const Graph &)> &fails)
      : original(graph), fails(fails), keeps(graph.nodes.size(), true),
        best(graph) {}

  Graph run() {
    while (dropNodes() && attempts < maxAttempts)
      ;
    for (size_t value = 0; value < original.values.size(); ++value)
      clearElements(value);
    return best;
  }

private:
  /// Each attempt compiles a graph.
  static constexpr int maxAttempts = 400;

  bool dropNodes() {
    bool changed = false;
    for (size_t node = keeps.size(); node-- > 0 && attempts < maxAttempts;) {
      if (!keeps[node])
        continue;
      keeps[node] = false;
      if (stillFails())
        changed = true;
      else
        keeps[node] = true;
    }
    return changed;
  }

  /// Clears halves of what is not cleared yet, then quarters, and so on.
  void clearElements(size_t value) {
    Tensor tensor = original.values[value].bounds.center;
    int64_t count = tensor.numElements();
    for (int64_t size = count; size > 0 && attempts < maxAttempts; size /= 2)
      for (int64_t first = 0; first < count && attempts < maxAttempts;
           first += size) {
        Tensor before =
            overrides.contains(value) ? overrides.at(value) : tensor;
        Tensor cleared = before.clone();
        if (!clear(cleared, first, std::min(size, count - first)))
          continue;
        overrides.insert_or_assign(value, cleared);
        if (!stillFails())
          overrides.insert_or_assign(value, before);
      }
  }

  /// False where all were 0 before.
  static bool clear(Tensor &tensor, int64_t first, int64_t size) {
    return dispatch(tensor.elementType(), [&](auto tag) {
      using T = decltype(tag);
      bool changes = false;
      auto elements = tensor.mutableData<T>();
      for (int64_t i = first; i < first + size; ++i) {
        changes |= double(elements[size_t(i)]) != 0;
        elements[size_t(i)] = T(0.0f);
      }
      return changes;
    });
  }

  bool stillFails() {
    ++attempts;
    std::optional<Graph> graph = rebuild();
    if (!graph || !fails(*graph))
      return false;
    best = std::move(*graph);
    return true;
  }

  /// The nodes that are kept, on the values of those that are not.
  std::optional<Graph> rebuild() const {
    Graph graph(0);
    graph.isStatic = original.isStatic;
    std::map<size_t, size_t> places;
    for (size_t i = 0; i < keeps.size(); ++i) {
      if (!keeps[i])
        continue;
      const Graph::Node &node = original.nodes[i];
      std::vector<int64_t> operands;
      for (int64_t operand : node.operands) {
        if (operand < 0) {
          operands.push_back(operand);
          continue;
        }
        auto [entry, isNew] = places.try_emplace(size_t(operand), 0);
        if (isNew)
          entry->second = graph.addTensor(leaf(size_t(operand)), false);
        operands.push_back(int64_t(entry->second));
      }
      size_t first = graph.values.size();
      if (!graph.tryNode(*node.op, operands, node.attributes, node.regions))
        return {};
      for (size_t r = 0; first + r < graph.values.size(); ++r)
        places[node.firstResult + r] = first + r;
    }
    if (graph.nodes.empty())
      return {};
    return graph;
  }

  Tensor leaf(size_t value) const {
    auto found = overrides.find(value);
    return found == overrides.end() ? original.values[value].bounds.center
                                    : found->second;
  }

  const Graph &original;
  const std::function<bool(const Graph &)> &fails;
  std::vector<bool> keeps;
  /// Values of leaves whose elements were cleared.
  std::map<size_t, Tensor> overrides;
  Graph best;
  int attempts = 0;
};

} // namespace

Graph shrink(const Graph &graph,
             const std::function<bool(const Graph &)> &fails) {
  return Shrinker(graph, fails).run();
}

std::string inputText(const Graph &graph) {
  std::string text;
  for (const auto &[name, tensor] : graph.inputTensors()) {
    std::string shape;
    for (int64_t size : tensor.shape())
      shape += std::to_string(size) + "x";
    text += "--input " + name + "=" + shape +
            std::string(toString(tensor.elementType())) + "=";
    dispatch(tensor.elementType(), [&](auto tag) {
      const char *separator = "";
      for (auto element : tensor.data<decltype(tag)>()) {
        char buffer[64];
        std::snprintf(buffer, sizeof(buffer), "%s%.17g", separator,
                      double(element));
        text += buffer;
        separator = ",";
      }
    });
    text += "\n";
  }
  return text;
}

} // namespace tactus::differential
