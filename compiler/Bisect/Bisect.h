//===- Bisect.h - The first kernel that is wrong ----------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_BISECT_BISECT_H
#define TACTUS_COMPILER_BISECT_BISECT_H

#include "compiler/Bisect/Reduce.h"

namespace tactus {

/// Where a compiled program first differs from the interpreter.
struct Culprit {
  /// The level, by its word, that means something else than the graph; empty
  /// where all do and the code is wrong.
  std::string level;
  /// The kernel; empty where what differs is in none.
  std::string kernel;
  /// The node, by the user's name, that is wrong, or that the kernel begins
  /// with.
  std::string node;
  /// How far it is from what it should be.
  std::string report;
  /// The least graph that shows it, the whole one where no part does.
  FaultyGraph graph;
};

/// Runs `program` on `inputs` on the interpreter and on `target`, a processor,
/// level by level and kernel by kernel. None where nothing differs beyond its
/// bound. Throws Error where it cannot run.
std::optional<Culprit> bisect(const Program &program, const Target &target,
                              const std::map<std::string, Tensor> &inputs,
                              const DriverOptions &options = {});

} // namespace tactus

#endif // TACTUS_COMPILER_BISECT_BISECT_H
