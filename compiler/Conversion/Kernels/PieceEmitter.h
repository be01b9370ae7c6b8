//===- PieceEmitter.h - Loops over part of a result -------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_PIECEEMITTER_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_PIECEEMITTER_H

#include "compiler/Conversion/Kernels/KernelPlan.h"
#include "compiler/Conversion/Kernels/ValueEmitter.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace tactus {

/// A value that fills a box of a kernel's result, and the loops that do it.
struct Piece {
  mlir::Value value;
  llvm::SmallVector<LoopGroup> groups;
  /// The ops that index, with the places where their results are wanted.
  llvm::SmallVector<std::pair<mlir::Operation *, IndexMap>, 1> indexed;
  FlatAccess output;
  /// The group whose elements are computed a vector at a time, or -1.
  int64_t vectorGroup = -1;
  /// The iterations of its outermost loop: those of the first group, or chunks
  /// of it.
  int64_t extent = 1;

  /// Plans `value`, whose box in a tensor of `type` begins at `start`; fails
  /// where it is not linear in the box's loops.
  static mlir::FailureOr<Piece> plan(mlir::Value value,
                                     llvm::ArrayRef<int64_t> start,
                                     mlir::RankedTensorType type);
  /// Plans the loops over `updates` in which `scatter` writes to its result.
  static mlir::FailureOr<Piece> planUpdates(mlir::Operation *scatter,
                                            mlir::Value updates);
  unsigned numLoops() const { return output.coefficients.size(); }
  bool isChunked() const { return vectorGroup == 0; }

private:
  static mlir::FailureOr<Piece> fromPlan(mlir::Value value,
                                         mlir::FailureOr<PiecePlan> plan);
};

/// Emits the loops of pieces.
class PieceEmitter {
public:
  PieceEmitter(mlir::OpBuilder &builder, ValueEmitter &emitter,
               mlir::Location loc)
      : builder(builder), emitter(emitter), loc(loc) {}

  /// Emits what is to be done at the emitter's place: for one element, or for
  /// a vector of them.
  using Body = llvm::function_ref<mlir::LogicalResult()>;

  /// Runs iterations [begin, end) of the piece, counted from `firstIteration`
  /// on, in order.
  mlir::LogicalResult emit(const Piece &piece, mlir::Value begin,
                           mlir::Value end, int64_t firstIteration, Body body);
  /// The same with a body that computes the piece's value into `output`.
  mlir::LogicalResult emitStores(const Piece &piece, const Buffer &output,
                                 mlir::Value begin, mlir::Value end,
                                 int64_t firstIteration);

private:
  mlir::LogicalResult emitGroups(unsigned group);
  mlir::LogicalResult emitChunk(mlir::Value iteration);
  mlir::LogicalResult emitVectors(mlir::Value lower, mlir::Value upper);
  mlir::LogicalResult emitTail();
  mlir::LogicalResult emitBody();
  mlir::LogicalResult lookUpOutside();
  mlir::Value constant(int64_t value);
  /// Moves the builder into the body of a new loop.
  mlir::scf::ForOp enterLoop(mlir::Value lower, mlir::Value upper,
                             int64_t step = 1);

  mlir::OpBuilder &builder;
  ValueEmitter &emitter;
  mlir::Location loc;
  /// The piece at hand.
  const Piece *piece = nullptr;
  Body body = nullptr;
};

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_PIECEEMITTER_H
