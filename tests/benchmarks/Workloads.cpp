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

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

static std::string toString(Activation activation) {
  switch (activation) {
  case Activation::None:
    return "";
  case Activation::Relu:
    return "relu";
  case Activation::Gelu:
    return "gelu";
  case Activation::GeluTanh:
    return "gelu_tanh";
  case Activation::Sigmoid:
    return "sigmoid";
  case Activation::Tanh:
    return "tanh";
  case Activation::Silu:
    return "silu";
  }
  __builtin_unreachable();
}

static std::string joinSizes(const std::vector<Dimension> &sizes) {
  std::string text;
  for (const Dimension &size : sizes)
    text += (text.empty() ? "" : "x") + std::to_string(size.size());
  return text;
}

double Workload::multiplyAdds() const {
  if (kind == Kind::Encoder) {
    examples::EncoderSizes sizes;
    double rows = double(sizes.sequence), hidden = double(sizes.hidden),
           intermediate = double(sizes.intermediate);
    return double(encoderLayers) * rows * hidden *
           (4 * hidden + 2 * intermediate + 2 * rows);
  }
  double sum = 0;
  for (const Layer &layer : layers)
    sum += double(input.dimensions.front().size()) * double(layer.in) *
           double(layer.out);
  return sum;
}

Workload product(int64_t m, int64_t k, int64_t n, Activation activation,
                 ElementType lhs, ElementType rhs) {
  bool hasBias = activation != Activation::None;
  std::string name = "matmul_";
  if (lhs != ElementType::F32)
    name += std::string(toString(lhs)) + "_" + std::string(toString(rhs)) + "_";
  if (hasBias)
    name += "bias_" + toString(activation) + "_";
  return {.name = name + joinSizes({m, k, n}),
          .input = {lhs, {m, k}},
          .layers = {{k, n, hasBias, activation}},
          .weightType = rhs};
}

Workload mlp(int64_t batch) {
  return {.name = "mlp_batch_" + std::to_string(batch),
          .input = f32({batch, 784}),
          .layers = {{784, 512, true, Activation::Relu},
                     {512, 512, true, Activation::Relu},
                     {512, 10, true, Activation::None}}};
}

static examples::EncoderSizes encoderSizes(int64_t layers) {
  examples::EncoderSizes sizes;
  sizes.layers = layers;
  return sizes;
}

Workload encoder(int64_t layers) {
  examples::EncoderSizes sizes = encoderSizes(layers);
  return {.name = layers == 1 ? "encoder_layer"
                              : "encoder_" + std::to_string(layers) + "_layers",
          .kind = Workload::Kind::Encoder,
          .input = f32({sizes.sequence, sizes.hidden}),
          .encoderLayers = layers};
}

static Workload ofShape(Workload::Kind kind, const std::string &name,
                        std::vector<Dimension> shape) {
  std::string sizes = joinSizes(shape);
  return {
      .name = name + "_" + sizes, .kind = kind, .input = f32(std::move(shape))};
}

Workload softmaxOf(int64_t rows, int64_t columns) {
  return ofShape(Workload::Kind::Softmax, "softmax", {rows, columns});
}

Workload layerNormOf(int64_t rows, int64_t columns) {
  return ofShape(Workload::Kind::LayerNorm, "layer_norm", {rows, columns});
}

Workload activationOf(Activation activation, std::vector<Dimension> shape) {
  Workload workload = ofShape(Workload::Kind::Activation, toString(activation),
                              std::move(shape));
  workload.activation = activation;
  return workload;
}

Workload chainOf(int64_t elements) {
  return ofShape(Workload::Kind::Chain, "chain_of_6", {elements});
}

const std::vector<Workload> &workloads() {
  static const std::vector<Workload> all = {
      mlp(1),
      mlp(64),
      encoder(),
      product(64, 64, 64),
      product(64, 64, 64, Activation::Gelu),
      product(256, 256, 256),
      product(128, 768, 768),
      product(128, 768, 3072),
      product(128, 768, 3072, Activation::Gelu),
      product(128, 3072, 768),
      product(512, 512, 512),
      product(512, 512, 512, Activation::Gelu),
      product(1024, 1024, 1024),
      product(127, 333, 65, Activation::Gelu),
      product(1, 4096, 4096),
      softmaxOf(1536, 128),
      layerNormOf(128, 768),
      activationOf(Activation::Gelu, {128, 3072}),
  };
  return all;
}

const std::vector<Workload> &compiledWorkloads() {
  static const std::vector<Workload> all = [] {
    Workload element = activationOf(Activation::Relu, {1, 1});
    element.name = "one_element";
    return std::vector<Workload>{element, encoder(12)};
  }();
  return all;
}

//===----------------------------------------------------------------------===//
// Weights and graphs
//===----------------------------------------------------------------------===//

/// Floats in [-range, range); integers as they come.
static Tensor randomWeights(const TensorType &type, double range, Seed seed) {
  Tensor tensor = Tensor::random(type, seed);
  dispatch(type.elementType, [&]<typename T>(T) {
    if constexpr (std::is_constructible_v<T, double> && !std::is_integral_v<T>)
      for (T &element : tensor.mutableData<T>())
        element = T(double(element) * range);
  });
  return tensor;
}

ParameterStore parametersOf(const Workload &workload) {
  ParameterStore store;
  if (workload.kind == Workload::Kind::Encoder)
    return examples::encoderWeights(encoderSizes(workload.encoderLayers),
                                    Seed(1));
  if (workload.kind == Workload::Kind::LayerNorm) {
    Dimension columns = workload.input.dimensions.back();
    store.set("scale", randomWeights(f32({columns}), 1, Seed(1)));
    store.set("bias", randomWeights(f32({columns}), 0.1, Seed(2)));
  }
  for (size_t i = 0; i < workload.layers.size(); ++i) {
    const Layer &layer = workload.layers[i];
    // Sums have the variance of the inputs.
    double range = std::sqrt(3.0 / double(layer.in));
    std::string number = std::to_string(i);
    TensorType type{workload.weightType, {layer.in, layer.out}};
    store.set("w" + number, randomWeights(type, range, Seed(i)));
    if (layer.hasBias)
      store.set("b" + number, randomWeights(f32({layer.out}), 0.1, Seed(i)));
  }
  return store;
}

static Value activate(const Value &x, Activation activation) {
  switch (activation) {
  case Activation::None:
    return x;
  case Activation::Relu:
    return relu(x);
  case Activation::Gelu:
    return gelu(x);
  case Activation::GeluTanh:
    return gelu(x, Gelu::Tanh);
  case Activation::Sigmoid:
    return sigmoid(x);
  case Activation::Tanh:
    return tanh(x);
  case Activation::Silu:
    return silu(x);
  }
  __builtin_unreachable();
}

static Value bodyOf(Graph &graph, Value x, const Workload &workload,
                    const ParameterStore &parameters) {
  switch (workload.kind) {
  case Workload::Kind::Layers:
    for (size_t i = 0; i < workload.layers.size(); ++i) {
      const Layer &layer = workload.layers[i];
      std::string number = std::to_string(i);
      x = matmul(x, graph.parameter("w" + number, parameters));
      if (layer.hasBias)
        x = x + graph.parameter("b" + number, parameters);
      x = activate(x, layer.activation);
    }
    return x;
  case Workload::Kind::Softmax:
    return softmax(x);
  case Workload::Kind::LayerNorm:
    return layerNorm(x, {.scale = graph.parameter("scale", parameters),
                         .bias = graph.parameter("bias", parameters)});
  case Workload::Kind::Activation:
    return activate(x, workload.activation);
  case Workload::Kind::Chain:
    return tanh(sigmoid(x * 1.5 + 0.25) * x - 0.5);
  case Workload::Kind::Encoder:
    break;
  }
  __builtin_unreachable();
}

Graph graphOf(const Workload &workload, const ParameterStore &parameters) {
  if (workload.kind == Workload::Kind::Encoder)
    return examples::encoderLayer(encoderSizes(workload.encoderLayers),
                                  parameters);
  Graph graph(workload.name);
  Value x = graph.input("x", workload.input);
  graph.output("y", bodyOf(graph, x, workload, parameters));
  return graph;
}

Graph graphOf(const Workload &workload) {
  return graphOf(workload, parametersOf(workload));
}

BoundWorkload::BoundWorkload(const Graph &graph, int64_t threads)
    : executable(compile(graph, Target::parse("cpu"),
                         {.threads = threads, .cacheFolder = ""})),
      x(Tensor::random(executable.inputs().front().type, Seed(100))),
      y(Tensor::zeros(executable.outputs().front().type)),
      call(executable.bind()) {
  call.input("x", x);
  call.output("y", y);
  call.run();
}

} // namespace tactus::benchmarks
