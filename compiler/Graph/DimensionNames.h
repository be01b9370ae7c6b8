//===- DimensionNames.h - Which sizes are those of inputs -------*- C++ -*-===//
#ifndef TACTUS_COMPILER_GRAPH_DIMENSIONNAMES_H
#define TACTUS_COMPILER_GRAPH_DIMENSIONNAMES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include <string>
#include <vector>

namespace tactus {

/// The names of dimensions whose sizes only a run tells: a size is named where
/// it is that of an input's dimension whatever this is. Values inside of
/// regions have none.
class DimensionNames {
public:
  explicit DimensionNames(mlir::func::FuncOp main);

  /// The name of dimension `dim` of `value`; empty where it has none.
  std::string of(mlir::Value value, int64_t dim) const;

private:
  std::vector<std::string> names;
  /// Numbers of names, -1 for none.
  llvm::DenseMap<mlir::Value, llvm::SmallVector<int64_t>> numbers;
};

} // namespace tactus

#endif // TACTUS_COMPILER_GRAPH_DIMENSIONNAMES_H
