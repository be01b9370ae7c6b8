//===- Workloads.h - The programs that are timed ----------------*- C++ -*-===//
#ifndef TACTUS_TESTS_BENCHMARKS_WORKLOADS_H
#define TACTUS_TESTS_BENCHMARKS_WORKLOADS_H

#include "tactus/Executable.h"
#include "tactus/Graph.h"
#include <functional>
#include <string>
#include <vector>

namespace tactus::benchmarks {

/// A program with one input `x` and one output `y`, both f32.
struct Workload {
  std::string name;
  /// Multiply-adds of one call; 0 where it has no matrix product to speak of.
  double multiplyAdds = 0;
  /// The most that a call may take of ONNX Runtime's time; 0 where no bar is
  /// set.
  double bar = 0;
  /// Makes the graph. Its weights depend on the name alone.
  std::function<Graph()> graph;
};

/// All of them, in the order they are reported.
const std::vector<Workload> &workloads();

/// Those whose compilation is timed and nothing else, since a call of theirs
/// says nothing new: a graph of one element, and twelve encoder layers.
const std::vector<Workload> &compiledWorkloads();

/// An executable for this processor, its buffers and a call bound to them. One
/// thread runs it unless more are asked for.
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
