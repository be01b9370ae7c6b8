//===- ReductionEmitter.h - The state of one reduction ----------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_REDUCTIONEMITTER_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_REDUCTIONEMITTER_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/Operation.h"

namespace tactus {

/// Builds the steps of a reduction op: an initial state, one step per element,
/// a fixed tree across lanes, and what turns the state into the result.
class ReductionEmitter {
public:
  ReductionEmitter(mlir::OpBuilder &builder, mlir::Operation *op);

  /// The state before the first element, as vectors of `lanes`, or scalars.
  llvm::SmallVector<mlir::Value> initial(int64_t lanes);
  bool needsPosition() const;
  /// The positions of `lanes` elements, from `start` on where they lie along
  /// the reduced dimension, else all at `start`.
  mlir::Value positionOf(mlir::Value start, bool alongLanes, int64_t lanes);
  /// Takes in `element`; lanes outside `mask`, where there is one, keep their
  /// state.
  llvm::SmallVector<mlir::Value> combine(mlir::ValueRange state,
                                         mlir::Value element,
                                         mlir::Value position,
                                         mlir::Value mask);
  /// From one state per lane to one, which a few lanes have in common.
  llvm::SmallVector<mlir::Value> acrossLanes(mlir::ValueRange state);
  /// The result of a reduction over `count` elements.
  mlir::Value finish(mlir::ValueRange state, int64_t count);

  /// Two states of the same elements, or lanes, as one.
  llvm::SmallVector<mlir::Value> join(mlir::ValueRange lhs,
                                      mlir::ValueRange rhs);

private:
  /// Whether the state is an integer ordered as the float is. Its maximum is
  /// one instruction, where one of floats that passes NaN on, and knows -0 from
  /// 0, is six that wait for each other.
  bool hasKeys() const;

  mlir::OpBuilder &builder;
  mlir::Operation *op;
  mlir::Location loc;
  /// The type that elements are accumulated in.
  mlir::Type accumulator;
};

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_REDUCTIONEMITTER_H
