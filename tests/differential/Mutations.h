//===- Mutations.h - Faults put into the compiler on purpose ----*- C++ -*-===//
//
// A test is worth what it catches. Each mutation breaks one thing at one level
// of the way down, as a faulty pass would, and the random graphs must then
// fail.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_TESTS_DIFFERENTIAL_MUTATIONS_H
#define TACTUS_TESTS_DIFFERENTIAL_MUTATIONS_H

#include "compiler/Pipelines/Phases.h"
#include "llvm/ADT/ArrayRef.h"

namespace tactus::differential {

struct Mutation {
  llvm::StringLiteral name;
  /// The level whose module it changes, by its word.
  llvm::StringLiteral phase;
  /// Changes the first place that fits; false where there is none.
  bool (*apply)(mlir::ModuleOp module);
};

llvm::ArrayRef<Mutation> mutations();

/// A callback that applies `mutation` to each program; `count` counts those
/// that it changed.
AfterPhase applyAfterPhase(const Mutation &mutation, int64_t &count);

} // namespace tactus::differential

#endif // TACTUS_TESTS_DIFFERENTIAL_MUTATIONS_H
