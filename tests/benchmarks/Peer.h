//===- Peer.h - A library that we are timed beside --------------*- C++ -*-===//
#ifndef TACTUS_TESTS_BENCHMARKS_PEER_H
#define TACTUS_TESTS_BENCHMARKS_PEER_H

#include "tests/benchmarks/Options.h"
#include "tests/benchmarks/Workloads.h"
#include <memory>

namespace tactus::benchmarks {

/// What runs in turns: a program with its buffers.
class Program {
public:
  virtual ~Program() = default;
  virtual void run() = 0;
  /// Of the last run.
  virtual const Tensor &result() const = 0;
};

/// A workload with what all sides of a comparison share.
struct Task {
  const Workload &workload;
  const Graph &graph;
  const ParameterStore &parameters;
  /// Outlives the programs that are made for it.
  const Tensor &x;
  TensorType resultType;
};

enum class Library { OnnxRuntime, OneDnn, OpenBlas };

/// A library in one of the ways to use it.
class Peer {
public:
  virtual ~Peer() = default;
  virtual Library library() const = 0;
  virtual std::string name() const = 0;
  /// With the library's version.
  virtual std::string description() const = 0;
  /// The library's program, with weights packed as it likes them best; null
  /// where it has none. Throws `Error` where the library fails.
  virtual std::unique_ptr<Program> prepare(const Task &task) = 0;
};

using Peers = std::vector<std::unique_ptr<Peer>>;

/// Those that there are. Says on standard error which are missing.
Peers openPeers(const Options &options);

/// Each adds its ways of use; compiled where the library is there.
void addOnnxRuntime(Peers &peers, const Options &options);
void addOneDnn(Peers &peers, const Options &options);
void addOpenBlas(Peers &peers, const Options &options);

} // namespace tactus::benchmarks

#endif // TACTUS_TESTS_BENCHMARKS_PEER_H
