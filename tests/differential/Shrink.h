//===- Shrink.h - The least of a graph that still fails ---------*- C++ -*-===//
#ifndef TACTUS_TESTS_DIFFERENTIAL_SHRINK_H
#define TACTUS_TESTS_DIFFERENTIAL_SHRINK_H

#include "tests/differential/Graph.h"
#include <functional>

namespace tactus::differential {

/// Takes away nodes, whose values become inputs, and then sets elements of
/// inputs to 0, as long as `fails` says that what is left still fails. `graph`
/// does; the result does too.
Graph shrink(const Graph &graph,
             const std::function<bool(const Graph &)> &fails);

/// The inputs and parameters as options of `tactus run`, a line each.
std::string inputText(const Graph &graph);

} // namespace tactus::differential

#endif // TACTUS_TESTS_DIFFERENTIAL_SHRINK_H
