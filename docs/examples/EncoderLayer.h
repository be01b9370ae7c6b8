//===- EncoderLayer.h - A transformer's encoder layer -----------*- C++ -*-===//
#ifndef TACTUS_DOCS_EXAMPLES_ENCODERLAYER_H
#define TACTUS_DOCS_EXAMPLES_ENCODERLAYER_H

#include "tactus/Graph.h"

namespace tactus::examples {

/// The defaults are those of a base-sized BERT.
struct EncoderSizes {
  int64_t sequence = 128;
  int64_t hidden = 768;
  int64_t heads = 12;
  int64_t intermediate = 3072;
  /// One after the other.
  int64_t layers = 1;
};

/// Weights that depend on the seed alone, small enough that activations stay
/// near 1: `query.weight`, `query.bias`, ..., `norm1.scale`; those of the
/// second layer are `layer1.query.weight` and so on.
ParameterStore encoderWeights(const EncoderSizes &sizes, Seed seed);

/// Layers of attention and a feed-forward network with GELU, each followed by
/// the sum with its input and a layer norm. Input `x` and output `y` are f32
/// [sequence, hidden].
Graph encoderLayer(const EncoderSizes &sizes, const ParameterStore &weights);

} // namespace tactus::examples

#endif // TACTUS_DOCS_EXAMPLES_ENCODERLAYER_H
