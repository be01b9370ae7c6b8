//===- TpuNetworks.h - Networks of the first TPU's sizes --------*- C++ -*-===//
#ifndef TACTUS_DOCS_EXAMPLES_TPUNETWORKS_H
#define TACTUS_DOCS_EXAMPLES_TPUNETWORKS_H

#include "tactus/Graph.h"

namespace tactus::examples {

/// Layers of equal width in i8, with a bias in i32 and ReLU. What is published
/// of the networks that the first TPU ran is how many weights and layers they
/// had, their batch, and what became of the cycles, in per cent (Jouppi et al.,
/// In-Datacenter Performance Analysis of a Tensor Processing Unit, ISCA 2017,
/// tables 1 and 3); the width follows.
struct TpuNetwork {
  std::string name;
  int64_t layers = 0, width = 0, batch = 0;

  struct Published {
    double active = 0, weightData = 0, weightShift = 0, rest = 0;
    /// Of all cells in all cycles.
    double useful = 0;
    /// 10^12 operations a second; a multiply-add is two.
    double tops = 0;
  } published = {};

  int64_t weights() const { return layers * width * width; }
  /// Of one batch.
  double operations() const { return 2.0 * double(weights() * batch); }
};

/// 20 million weights in 5 layers, batch 200, so 200 multiply-adds for each
/// byte of weights.
TpuNetwork mlp0Like();
/// 5 million weights in 4 layers, batch 168.
TpuNetwork mlp1Like();

/// The same each time: `w0`, `b0`, `w1`, ...
ParameterStore tpuWeights(const TpuNetwork &network);

/// Input `x` and output `y` are i8 [batch, width].
Graph tpuGraph(const TpuNetwork &network, const ParameterStore &weights);

} // namespace tactus::examples

#endif // TACTUS_DOCS_EXAMPLES_TPUNETWORKS_H
