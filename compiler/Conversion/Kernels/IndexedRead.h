//===- IndexedRead.h - Places that depend on an operand ---------*- C++ -*-===//
//
// gather and scatter find elements by the values of indices. Such a place is
// linear in the loops around it but for the indices, each of which is itself
// read at a place that is linear, and adds a multiple of its value.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_INDEXEDREAD_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_INDEXEDREAD_H

#include "compiler/Conversion/Kernels/IndexMap.h"

namespace tactus {

/// An index into a dimension of `size`, whose neighbors lie `stride` elements
/// apart.
struct IndexLookup {
  mlir::Value indices;
  IndexMap map;
  int64_t size = 0, stride = 0;
};

/// Where data is touched: at `place`, and further by what the lookups add.
struct IndexedRead {
  mlir::Value data;
  FlatAccess place;
  llvm::SmallVector<IndexLookup, 2> lookups;

  /// Where `op` reads data for the element of its result at `map`, or for a
  /// scatter, where it writes the element of its updates at `map`; fails
  /// unless it is an op that indexes.
  static mlir::FailureOr<IndexedRead>
  of(mlir::Operation *op, const IndexMap &map, unsigned numLoops);
};

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_INDEXEDREAD_H
