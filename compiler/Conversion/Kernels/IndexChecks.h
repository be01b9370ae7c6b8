//===- IndexChecks.h - Indices that may be out of range ---------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_INDEXCHECKS_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_INDEXCHECKS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"

namespace tactus {

/// Checks the indices that a kernel's function uses.
///
/// The first one that is out of range goes to the status word, as {number of
/// the check, from 1; index}; in its place 0 is used, so that nothing outside a
/// tensor is touched. What the numbers stand for is an attribute of the
/// function, `tactus.checks`: for each check the number of the op, among those
/// of the kernel that index, and the size of the dimension.
class IndexChecks {
public:
  IndexChecks() = default;
  IndexChecks(mlir::func::FuncOp func, mlir::Value status)
      : func(func), status(status) {}

  /// The index of `op` into a dimension of `size`, counted from the front; i64
  /// for a scalar, or for each lane of a vector. Lanes outside `mask`, where
  /// there is one, are not checked.
  mlir::Value checked(mlir::OpBuilder &builder, mlir::Operation *op,
                      mlir::Value index, int64_t size, mlir::Value mask);

private:
  int64_t numberOf(mlir::Operation *op, int64_t size);
  void report(mlir::OpBuilder &builder, int64_t number, mlir::Value index);

  mlir::func::FuncOp func;
  mlir::Value status;
  /// Pairs, as in the attribute.
  llvm::SmallVector<int64_t> checks;
};

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_INDEXCHECKS_H
