//===- RegisterTile.h - A contraction's register tile -----------*- C++ -*-===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_REGISTERTILE_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_REGISTERTILE_H

#include "dialects/Tactus/TactusDialect.h"
#include <cstdint>

namespace tactus {

/// What code generation asks of a machine.
struct VectorMachine {
  int64_t vectorBits = 256;
  int64_t vectorRegisters = 16;
  bool fma = true;
  /// Sums of four products of an unsigned and a signed byte, as an instruction.
  bool byteProducts = false;
  /// Of the data caches that one core has to itself.
  int64_t l1Bytes = 32 << 10, l2Bytes = 256 << 10;
};

/// Rows and columns of a contraction's result that stay in registers over all
/// of K, and the lanes of one of their vectors.
struct RegisterTile {
  int64_t rows = 0;
  int64_t columns = 0;
  int64_t lanes = 0;
};

/// The columns at the end of a product that fill half of a vector of 512 bits
/// or less, or, if they are all, three quarters: each has `depth` steps of k in
/// as many lanes of the `vectors`, which have `lanes`. The same on every
/// machine, and for any number of rows, so that both change no bit.
struct ColumnTail {
  int64_t columns = 0, depth = 1, vectors = 0, lanes = 0;
};

ColumnTail tailOf(ir::MatmulOp matmul);

/// The most steps of k whose sums never wait in memory, and of products that
/// have a tail.
constexpr int64_t longestSum = 1024;

/// The type in which a contraction that gives `result` elements accumulates.
mlir::Type accumulatorType(mlir::Type result);

/// The tile for `matmul`: sums, one row of the right operand and one broadcast
/// element of the left fill the registers but one, and panels are as wide as
/// registers allow, or as is needed; narrower ones where the right operand
/// fills much of the second-level cache or the last would lack less, wider ones
/// for sums of few products.
RegisterTile chooseRegisterTile(const VectorMachine &machine,
                                ir::MatmulOp matmul);

/// The tile for panels that are `columns` wide already, a multiple of a
/// vector's lanes.
RegisterTile tileOfPanels(const VectorMachine &machine, mlir::Type accumulator,
                          int64_t columns);

/// How many steps of k one instruction multiplies and adds up in a lane: 4
/// bytes or 2 numbers of 16 bits, where the operands are bytes and the sums
/// i32; else 1.
int64_t depthOfProduct(const VectorMachine &machine, mlir::Type lhs,
                       mlir::Type rhs, mlir::Type accumulator);

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_REGISTERTILE_H
