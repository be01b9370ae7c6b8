//===- RangeSizes.h - Sizes that a program computes -------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_DRIVER_RANGESIZES_H
#define TACTUS_COMPILER_DRIVER_RANGESIZES_H

#include "compiler/Graph/Program.h"
#include "llvm/ADT/ArrayRef.h"
#include <optional>

namespace tactus {

/// How long the ranges of a program are whose bounds it computes. The part of
/// the program that they depend on is interpreted before each run.
class RangeSizes {
public:
  explicit RangeSizes(const Program &program);

  /// Whether there is such a range, regions aside.
  bool empty() const { return !module; }

  /// The size of each in the program's order. Throws Error where a bound is
  /// none, and where the part that is interpreted fails.
  std::vector<int64_t> of(llvm::ArrayRef<Tensor> inputs,
                          std::optional<uint64_t> maxMemory,
                          std::optional<uint64_t> maxIterations) const;

private:
  /// @main that returns the ranges alone; null where there are none.
  mlir::OwningOpRef<mlir::ModuleOp> module;
  ParameterStore parameters;
};

} // namespace tactus

#endif // TACTUS_COMPILER_DRIVER_RANGESIZES_H
