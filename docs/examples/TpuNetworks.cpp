//===- TpuNetworks.cpp - Networks of the first TPU's sizes ----------------===//
#include "TpuNetworks.h"
#include "tactus/Activation.h"
#include "tactus/Contraction.h"
#include "tactus/Elementwise.h"
#include "tactus/Quantization.h"
#include <cmath>

namespace tactus::examples {

TpuNetwork mlp0Like() {
  return {.name = "MLP0-like",
          .layers = 5,
          .width = 2000,
          .batch = 200,
          .published = {.active = 12.7,
                        .weightData = 53.9,
                        .weightShift = 15.9,
                        .rest = 17.5,
                        .useful = 12.5,
                        .tops = 12.3}};
}

TpuNetwork mlp1Like() {
  return {.name = "MLP1-like",
          .layers = 4,
          .width = 1118,
          .batch = 168,
          .published = {.active = 10.6,
                        .weightData = 44.2,
                        .weightShift = 13.4,
                        .rest = 31.9,
                        .useful = 9.4,
                        .tops = 9.7}};
}

ParameterStore tpuWeights(const TpuNetwork &network) {
  ParameterStore store;
  for (int64_t i = 0; i < network.layers; ++i) {
    std::string layer = std::to_string(i);
    TensorType weights{ElementType::I8, {network.width, network.width}};
    TensorType bias{ElementType::I32, {network.width}};
    // Without the least of [-8, 8) they are as often negative as positive, so
    // that about half of the units are alive.
    Tensor w = Tensor::random(weights, Seed(uint64_t(10 + i)));
    for (int8_t &element : w.mutableData<int8_t>())
      element = element == -8 ? int8_t(0) : element;
    store.set("w" + layer, std::move(w));
    store.set("b" + layer, Tensor::random(bias, Seed(uint64_t(30 + i))));
  }
  return store;
}

Graph tpuGraph(const TpuNetwork &network, const ParameterStore &weights) {
  Graph g(network.name);
  Value h = g.input("x", {ElementType::I8, {network.batch, network.width}});
  // Weights are whole numbers from -7 to 7. Each layer doubles what comes in,
  // so that activations fill their 8 bits.
  double deviation = 16 / std::sqrt(12.0);
  double scale = 2 / (deviation * std::sqrt(double(network.width) / 2));
  for (int64_t i = 0; i < network.layers; ++i) {
    std::string layer = std::to_string(i);
    Value sums = matmul(h, g.parameter("w" + layer, weights)) +
                 g.parameter("b" + layer, weights);
    h = requantize(relu(sums), {.scale = scale}).named("layer" + layer);
  }
  g.output("y", h);
  return g;
}

} // namespace tactus::examples
