//===- Workloads.cpp - The programs that are timed ------------------------===//
#include "tests/benchmarks/Workloads.h"
#include "docs/examples/EncoderLayer.h"
#include "tactus/Activation.h"
#include "tactus/Compiler.h"
#include "tactus/Contraction.h"
#include "tactus/Elementwise.h"
#include "tactus/Reduction.h"
#include <cmath>

namespace tactus::benchmarks {

/// Elements in [-range, range).
static Tensor weights(std::vector<Dimension> shape, double range, Seed seed) {
  Tensor tensor = Tensor::random(f32(std::move(shape)), seed);
  for (float &element : tensor.mutableData<float>())
    element = float(element * range);
  return tensor;
}

/// x w + b; sums have the variance of the inputs.
static Value linear(Graph &graph, ParameterStore &store, const Value &x,
                    int number, int64_t in, int64_t out) {
  std::string name = std::to_string(number);
  Seed seed{uint64_t(number)};
  store.set("w" + name, weights({in, out}, std::sqrt(3.0 / double(in)), seed));
  store.set("b" + name, weights({out}, 0.1, seed));
  return matmul(x, graph.parameter("w" + name, store)) +
         graph.parameter("b" + name, store);
}

static Workload mlp(int64_t batch) {
  auto make = [batch] {
    Graph graph("mlp");
    ParameterStore store;
    Value x = graph.input("x", f32({batch, 784}));
    x = relu(linear(graph, store, x, 0, 784, 512));
    x = relu(linear(graph, store, x, 1, 512, 512));
    graph.output("y", linear(graph, store, x, 2, 512, 10));
    return graph;
  };
  double perRow = 784 * 512 + 512 * 512 + 512 * 10;
  return {"mlp_batch_" + std::to_string(batch), double(batch) * perRow, 1.5,
          make};
}

static Workload encoder(std::string name, int64_t layers) {
  examples::EncoderSizes sizes;
  sizes.layers = layers;
  double rows = double(sizes.sequence), hidden = double(sizes.hidden),
         intermediate = double(sizes.intermediate);
  double count = double(layers) * rows * hidden *
                 (4 * hidden + 2 * intermediate + 2 * rows);
  return {std::move(name), count, 1.3, [sizes] {
            return examples::encoderLayer(
                sizes, examples::encoderWeights(sizes, Seed(1)));
          }};
}

static Workload product(int64_t m, int64_t k, int64_t n, bool withGelu) {
  auto make = [=] {
    Graph graph("matmul");
    ParameterStore store;
    Value x = graph.input("x", f32({m, k}));
    if (withGelu) {
      graph.output("y", gelu(linear(graph, store, x, 0, k, n)));
      return graph;
    }
    store.set("w", weights({k, n}, std::sqrt(3.0 / double(k)), Seed(1)));
    graph.output("y", matmul(x, graph.parameter("w", store)));
    return graph;
  };
  std::string shape =
      std::to_string(m) + "x" + std::to_string(k) + "x" + std::to_string(n);
  return {(withGelu ? "matmul_bias_gelu_" : "matmul_") + shape,
          double(m) * double(k) * double(n), 0, make};
}

template <typename Body>
static Workload rows(std::string name, int64_t m, int64_t n, Body body) {
  return {std::move(name), 0, 0, [=] {
            Graph graph("rows");
            Value x = graph.input("x", f32({m, n}));
            graph.output("y", body(graph, x));
            return graph;
          }};
}

static Value norm(Graph &graph, const Value &x) {
  ParameterStore store;
  store.set("scale", weights({768}, 1, Seed(1)));
  store.set("bias", weights({768}, 0.1, Seed(2)));
  return layerNorm(x, {.scale = graph.parameter("scale", store),
                       .bias = graph.parameter("bias", store)});
}

const std::vector<Workload> &workloads() {
  static const std::vector<Workload> all = {
      mlp(1),
      mlp(64),
      encoder("encoder_layer", 1),
      product(64, 64, 64, false),
      product(64, 64, 64, true),
      product(256, 256, 256, false),
      product(128, 768, 768, false),
      product(128, 768, 3072, false),
      product(128, 768, 3072, true),
      product(128, 3072, 768, false),
      product(512, 512, 512, false),
      product(512, 512, 512, true),
      product(1024, 1024, 1024, false),
      product(127, 333, 65, true),
      product(1, 4096, 4096, false),
      rows("softmax_1536x128", 1536, 128,
           [](Graph &, const Value &x) { return softmax(x); }),
      rows("layer_norm_128x768", 128, 768, norm),
      rows("gelu_128x3072", 128, 3072,
           [](Graph &, const Value &x) { return gelu(x); }),
  };
  return all;
}

const std::vector<Workload> &compiledWorkloads() {
  static const std::vector<Workload> all = {
      rows("one_element", 1, 1,
           [](Graph &, const Value &x) { return relu(x); }),
      encoder("encoder_12_layers", 12),
  };
  return all;
}

BoundWorkload::BoundWorkload(const Graph &graph, int64_t threads)
    : executable(compile(graph, Target::parse("cpu"), {.threads = threads})),
      x(Tensor::random(executable.inputs().front().type, Seed(100))),
      y(Tensor::zeros(executable.outputs().front().type)),
      call(executable.bind()) {
  call.input("x", x);
  call.output("y", y);
  call.run();
}

} // namespace tactus::benchmarks
