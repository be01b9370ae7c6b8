//===- Classifier.h - A classifier of small images --------------*- C++ -*-===//
#ifndef TACTUS_DOCS_EXAMPLES_CLASSIFIER_H
#define TACTUS_DOCS_EXAMPLES_CLASSIFIER_H

#include "tactus/Graph.h"

namespace tactus::examples {

/// Weights of 784-512-512-10, the same each time: `w0`, `b0`, `w1`, ...
ParameterStore classifierWeights();

enum class ClassifierOutput { Probabilities, Logits };

/// Three layers with ReLU between them. Input `x` is f32 [batch, 784], output
/// `y` f32 [batch, 10].
Graph classifier(const ParameterStore &weights, Dimension batch = "batch",
                 ClassifierOutput output = ClassifierOutput::Probabilities);

} // namespace tactus::examples

#endif // TACTUS_DOCS_EXAMPLES_CLASSIFIER_H
