//===- Control.h - Choice and repetition ------------------------*- C++ -*-===//
//
// Regions are functions of the caller's that are called once, while the graph
// is built, to record what they compute. They may use any value of the graph
// that is there when they are called; what they make is seen in them alone.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_CONTROL_H
#define TACTUS_CONTROL_H

#include "tactus/Graph.h"
#include <functional>

namespace tactus {

/// Returns what `then` returns where `condition`, an i1 of shape [], is true,
/// else what `otherwise` returns; only that is computed. Throws unless both
/// return values of the same types. Source: ONNX If.
std::vector<Value> cond(Operand condition,
                        const std::function<std::vector<Value>()> &then,
                        const std::function<std::vector<Value>()> &otherwise);

/// Carries values, at first `initial`, from one iteration to the next: while
/// `condition` of them is true, `body` gives the next ones, of the same types.
/// Returns the last ones. A run fails whose loops take more iterations than
/// `CompileOptions::maxIterations`. Source: XLA While.
std::vector<Value> whileLoop(
    const std::vector<Value> &initial,
    const std::function<Value(const std::vector<Value> &)> &condition,
    const std::function<std::vector<Value>(const std::vector<Value> &)> &body,
    const std::source_location &where = std::source_location::current());

/// The order in which `scan` takes the slices of its sequences.
enum class ScanOrder : bool { Forward, Reverse };

/// Calls `body` for each slice of `sequences` along dimension 0, with the
/// states, at first `initial`, and the slices. It returns the next states, and
/// then any number of elements.
///
/// Returns the last states and, for each element, a tensor of those of all
/// iterations along a new dimension 0, element i at i in either order. Source:
/// ONNX Scan.
std::vector<Value>
scan(const std::vector<Value> &initial, const std::vector<Value> &sequences,
     const std::function<std::vector<Value>(const std::vector<Value> &states,
                                            const std::vector<Value> &slices)>
         &body,
     ScanOrder order = ScanOrder::Forward,
     const std::source_location &where = std::source_location::current());

} // namespace tactus

#endif // TACTUS_CONTROL_H
