//===- Workloads.h - The programs that are timed ----------------*- C++ -*-===//
#ifndef TACTUS_TESTS_BENCHMARKS_WORKLOADS_H
#define TACTUS_TESTS_BENCHMARKS_WORKLOADS_H

#include "tactus/Executable.h"
#include "tactus/Graph.h"
#include <string>
#include <vector>

namespace tactus::benchmarks {

enum class Activation { None, Relu, Gelu, GeluTanh, Sigmoid, Tanh, Silu };

/// A product with constant weights [in, out] and what rides on it.
struct Layer {
  int64_t in = 0, out = 0;
  bool hasBias = false;
  Activation activation = Activation::None;
};

/// A program with one input `x` and one output `y`, as data that a graph or
/// another library's calls are made from.
struct Workload {
  enum class Kind {
    /// One after the other.
    Layers,
    Softmax,
    LayerNorm,
    Activation,
    /// tanh(sigmoid(x * 1.5 + 0.25) * x - 0.5).
    Chain,
    /// Of a transformer; its sizes are those of `EncoderSizes`.
    Encoder
  };

  std::string name;
  Kind kind = Kind::Layers;
  TensorType input = {};
  std::vector<Layer> layers = {};
  ElementType weightType = ElementType::F32;
  /// Of Kind::Activation.
  Activation activation = Activation::None;
  /// Of Kind::Encoder.
  int64_t encoderLayers = 1;

  /// Multiply-adds of one call; 0 where it has no matrix product.
  double multiplyAdds() const;
};

/// x[m, k] times constant weights [k, n]; with an activation a bias as well.
Workload product(int64_t m, int64_t k, int64_t n,
                 Activation activation = Activation::None,
                 ElementType lhs = ElementType::F32,
                 ElementType rhs = ElementType::F32);
/// 784-512-512-10, with ReLU between.
Workload mlp(int64_t batch);
Workload encoder(int64_t layers = 1);
Workload softmaxOf(int64_t rows, int64_t columns);
Workload layerNormOf(int64_t rows, int64_t columns);
Workload activationOf(Activation activation, std::vector<Dimension> shape);
Workload chainOf(int64_t elements);

/// Those that are timed by themselves.
const std::vector<Workload> &workloads();
/// Those whose compilation is timed and nothing else, since a call of theirs
/// says nothing new: a graph of one element, and twelve encoder layers.
const std::vector<Workload> &compiledWorkloads();

/// Weights `w0`, `b0`, `w1` and so on, the same in each run; those of a layer
/// norm are `scale` and `bias`.
ParameterStore parametersOf(const Workload &workload);
Graph graphOf(const Workload &workload, const ParameterStore &parameters);
Graph graphOf(const Workload &workload);

/// An executable for this processor, its buffers and a call bound to them.
class BoundWorkload {
public:
  explicit BoundWorkload(const Graph &graph, int64_t threads = 1);

  void run() { call.run(); }

  Executable executable;
  Tensor x, y;

private:
  Call call;
};

} // namespace tactus::benchmarks

#endif // TACTUS_TESTS_BENCHMARKS_WORKLOADS_H
