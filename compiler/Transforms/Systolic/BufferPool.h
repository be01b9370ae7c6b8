//===- BufferPool.h - Buffers that a kernel uses in turn --------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_BUFFERPOOL_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_BUFFERPOOL_H

#include "compiler/Transforms/Systolic/ProgramBuilder.h"
#include <deque>

namespace tactus::systolic {

/// Rows of the unified buffer for the values of one kernel. As long as the
/// kernel's share lasts, a value gets rows of its own, so that loads run ahead
/// and drains need not wait; then it gets those that were given back longest
/// ago.
class BufferPool {
public:
  BufferPool(ProgramBuilder &emit, int64_t budget)
      : emit(emit), budget(budget) {}

  mlir::Value acquire(int64_t rows) {
    if (taken + rows > budget)
      for (auto it = free.begin(); it != free.end(); ++it)
        if (it->second >= rows) {
          mlir::Value buffer = it->first;
          sizes[buffer] = it->second;
          free.erase(it);
          return buffer;
        }
    mlir::Value buffer = emit.allocBuffer(rows);
    taken += rows;
    sizes[buffer] = rows;
    return buffer;
  }
  void release(mlir::Value buffer) { free.push_back({buffer, sizes[buffer]}); }
  /// Rows of all buffers.
  int64_t size() const { return taken; }

private:
  ProgramBuilder &emit;
  int64_t budget, taken = 0;
  std::deque<std::pair<mlir::Value, int64_t>> free;
  llvm::DenseMap<mlir::Value, int64_t> sizes;
};

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_BUFFERPOOL_H
