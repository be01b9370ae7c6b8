//===- EncoderLayer.cpp - A transformer's encoder layer -------------------===//
#include "EncoderLayer.h"
#include "tactus/Activation.h"
#include "tactus/Contraction.h"
#include "tactus/Elementwise.h"
#include "tactus/Reduction.h"
#include "tactus/Shape.h"
#include <cmath>

namespace tactus::examples {

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

static Tensor randomTensor(const TensorType &type, Seed seed, double range) {
  Tensor tensor = Tensor::random(type, seed);
  for (float &element : tensor.mutableData<float>())
    element = float(element * range);
  return tensor;
}

/// What the names of a layer begin with.
static std::string prefixOf(int64_t layer) {
  return layer == 0 ? "" : "layer" + std::to_string(layer) + ".";
}

ParameterStore encoderWeights(const EncoderSizes &sizes, Seed seed) {
  ParameterStore store;
  auto next = [&] { return Seed(seed.value++); };
  auto addLinear = [&](const std::string &name, int64_t in, int64_t out) {
    // Elements in [-r, r) have variance r^2 / 3, so sums of `in` products of
    // inputs of variance 1 have variance 1.
    double range = std::sqrt(3.0 / double(in));
    store.set(name + ".weight", randomTensor(f32({in, out}), next(), range));
    store.set(name + ".bias", randomTensor(f32({out}), next(), 0.1));
  };
  auto addNorm = [&](const std::string &name) {
    Tensor scale = randomTensor(f32({sizes.hidden}), next(), 0.1);
    for (float &element : scale.mutableData<float>())
      element += 1;
    store.set(name + ".scale", scale);
    store.set(name + ".bias", randomTensor(f32({sizes.hidden}), next(), 0.1));
  };
  for (int64_t layer = 0; layer < sizes.layers; ++layer) {
    std::string prefix = prefixOf(layer);
    for (const char *name : {"query", "key", "value", "output"})
      addLinear(prefix + name, sizes.hidden, sizes.hidden);
    addNorm(prefix + "norm1");
    addLinear(prefix + "up", sizes.hidden, sizes.intermediate);
    addLinear(prefix + "down", sizes.intermediate, sizes.hidden);
    addNorm(prefix + "norm2");
  }
  return store;
}

//===----------------------------------------------------------------------===//
// Graph
//===----------------------------------------------------------------------===//

namespace {
class LayerBuilder {
public:
  LayerBuilder(Graph &graph, const EncoderSizes &sizes,
               const ParameterStore &weights, std::string prefix)
      : graph(graph), sizes(sizes), weights(weights), prefix(std::move(prefix)),
        headSize(sizes.hidden / sizes.heads) {}

  Value layer(const Value &x) {
    Value h = norm("norm1", x + attention(x));
    Value up = gelu(linear("up", h)).named(prefix + "gelu");
    return norm("norm2", h + linear("down", up));
  }

private:
  Value parameter(const std::string &name) {
    return graph.parameter(prefix + name, weights);
  }

  Value linear(const std::string &name, const Value &x) {
    return matmul(x, parameter(name + ".weight")) + parameter(name + ".bias");
  }

  Value norm(const std::string &name, const Value &x) {
    return layerNorm(x, {.scale = parameter(name + ".scale"),
                         .bias = parameter(name + ".bias")})
        .named(prefix + name);
  }

  /// [sequence, hidden] as [sequence, heads, headSize].
  Value splitHeads(const Value &x) {
    return reshape(x, {sizes.sequence, sizes.heads, headSize});
  }

  Value attention(const Value &x) {
    Value query = transpose(splitHeads(linear("query", x)), {1, 0, 2});
    Value key = transpose(splitHeads(linear("key", x)), {1, 2, 0});
    Value value = transpose(splitHeads(linear("value", x)), {1, 0, 2});
    Value scores = matmul(query, key) * (1 / std::sqrt(double(headSize)));
    Value mixed = matmul(softmax(scores).named(prefix + "attention"), value);
    Value joined =
        reshape(transpose(mixed, {1, 0, 2}), {sizes.sequence, sizes.hidden});
    return linear("output", joined);
  }

  Graph &graph;
  const EncoderSizes &sizes;
  const ParameterStore &weights;
  std::string prefix;
  int64_t headSize;
};
} // namespace

Graph encoderLayer(const EncoderSizes &sizes, const ParameterStore &weights) {
  Graph graph("encoder");
  Value x = graph.input("x", f32({sizes.sequence, sizes.hidden}));
  for (int64_t layer = 0; layer < sizes.layers; ++layer)
    x = LayerBuilder(graph, sizes, weights, prefixOf(layer)).layer(x);
  graph.output("y", x);
  return graph;
}

} // namespace tactus::examples
