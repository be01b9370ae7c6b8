//===- Classifier.cpp - A classifier of small images ----------------------===//
#include "Classifier.h"
#include "tactus/Activation.h"
#include "tactus/Contraction.h"
#include "tactus/Elementwise.h"
#include <cmath>

namespace tactus::examples {

static Tensor randomTensor(std::vector<Dimension> shape, double range,
                           Seed seed) {
  Tensor tensor = Tensor::random(f32(std::move(shape)), seed);
  for (float &element : tensor.mutableData<float>())
    element = float(element * range);
  return tensor;
}

ParameterStore classifierWeights() {
  ParameterStore store;
  const int64_t sizes[] = {784, 512, 512, 10};
  for (int i = 0; i < 3; ++i) {
    std::string layer = std::to_string(i);
    // Activations stay near 1.
    double range = std::sqrt(3.0 / double(sizes[i]));
    store.set("w" + layer, randomTensor({sizes[i], sizes[i + 1]}, range,
                                        Seed(uint64_t(10 + i))));
    store.set("b" + layer,
              randomTensor({sizes[i + 1]}, 0.1, Seed(uint64_t(20 + i))));
  }
  return store;
}

Graph classifier(const ParameterStore &weights, Dimension batch,
                 ClassifierOutput output) {
  Graph g("classifier");
  Value h = g.input("x", f32({std::move(batch), 784}));
  for (int i = 0; i < 3; ++i) {
    std::string layer = std::to_string(i);
    h = matmul(h, g.parameter("w" + layer, weights)) +
        g.parameter("b" + layer, weights);
    if (i < 2)
      h = relu(h);
  }
  g.output("y", output == ClassifierOutput::Logits ? h : softmax(h));
  return g;
}

} // namespace tactus::examples
