//===- QuantizedLayers.cpp - Graphs that an array runs --------------------===//
#include "tests/differential/QuantizedLayers.h"
#include <stdexcept>

namespace tactus::differential {

std::vector<Pair> systolicPairs() {
  return {{findGraphOp("matmul"), ElementType::I8},
          {findGraphOp("add"), ElementType::I32},
          {findGraphOp("relu"), ElementType::I32},
          {findGraphOp("requantize"), ElementType::I32}};
}

Graph drawQuantizedLayers(uint64_t seed) {
  Graph graph(seed);
  graph.isStatic = true;
  Random &random = graph.random;
  auto size = [&] {
    return random.percent(50) ? random.between(1, 40) : random.between(1, 200);
  };
  auto add = [&](const char *op, std::vector<size_t> operands,
                 const Attributes &attributes = {}) {
    if (!graph.tryNode(*findGraphOp(op), {operands.begin(), operands.end()},
                       attributes))
      throw std::logic_error(graph.refusal());
    return graph.values.size() - 1;
  };
  int64_t rows = random.percent(20) ? random.between(500, 1500) : size();
  int64_t inner = size();
  size_t value = graph.addLeaf(ElementType::I8, {rows, inner}, true);
  for (int64_t layers = random.between(1, 3); layers > 0; --layers) {
    int64_t columns = size();
    value = add("matmul",
                {value, graph.addLeaf(ElementType::I8, {inner, columns})});
    if (random.percent(60))
      value = add("add", {value, graph.addLeaf(ElementType::I32, {columns})});
    bool relu = random.percent(50);
    if (relu)
      value = add("relu", {value});
    // Layers end at the first that keeps its sums.
    if (random.percent(20))
      return graph;
    static const char *scales[] = {"0.0078125", "0.001", "0.05", "1.5"};
    size_t scale = add("constant", {},
                       {{"type", "\"f32[]\""}, {"value", random.pick(scales)}});
    size_t zeroPoint =
        graph.addConstant(ElementType::I32, random.between(-9, 9));
    value = add("requantize", {value, scale, zeroPoint}, {{"to", "\"i8\""}});
    inner = columns;
  }
  return graph;
}

} // namespace tactus::differential
