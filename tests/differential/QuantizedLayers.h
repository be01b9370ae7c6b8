//===- QuantizedLayers.h - Graphs that an array runs ------------*- C++ -*-===//
#ifndef TACTUS_TESTS_DIFFERENTIAL_QUANTIZEDLAYERS_H
#define TACTUS_TESTS_DIFFERENTIAL_QUANTIZEDLAYERS_H

#include "tests/differential/Graph.h"

namespace tactus::differential {

/// The ops of which the kernels of a systolic machine are made.
std::vector<Pair> systolicPairs();

/// One to three i8 layers of any size, with or without bias, ReLU and
/// requantization.
Graph drawQuantizedLayers(uint64_t seed);

} // namespace tactus::differential

#endif // TACTUS_TESTS_DIFFERENTIAL_QUANTIZEDLAYERS_H
