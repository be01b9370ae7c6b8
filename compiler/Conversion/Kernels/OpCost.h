//===- OpCost.h - What an op takes a processor ------------------*- C++ -*-===//
//
// The figures were measured on one core with vectors of 512 bits (Cascade Lake
// at 2.5 GHz, in f32), op by op on tensors that fit the second-level cache, and
// say which of two ways is shorter, not how long it is on another machine.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_OPCOST_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_OPCOST_H

#include "compiler/Conversion/Kernels/RegisterTile.h"
#include "mlir/IR/Operation.h"

namespace tactus {

/// What one element of an op's result takes.
struct OpCost {
  /// Picoseconds, where a vector of elements is computed at once.
  double inVector = 0;
  /// An op that is a polynomial, or longer. A vector takes dozens of
  /// instructions, each of which waits for the one before.
  bool isFunction = false;
};

/// Of an op that is no contraction and no reduction; what moves data costs its
/// bytes alone.
OpCost costOfElement(mlir::Operation *op, const VectorMachine &machine);

/// How many times as long `functions` ops that are functions take in one loop
/// as in loops of their own: the processor sees no further than a few hundred
/// instructions, so the iterations of a long loop overlap less and less.
/// Measured, for one to twelve of GELU, tanh or sigmoid: 2: 1.0, 3: 1.25, 4:
/// 1.4, 6: 1.65, 12: 2.2.
double crowding(unsigned functions);

/// Picoseconds for `bytes` of one tensor to come or go once: from the
/// first-level cache, the second, or farther away. Measured, by `neg` on
/// tensors of 4 KB to 4 MB: 5, 13 and 45 a byte.
double costOfBytes(double bytes, double tensorBytes,
                   const VectorMachine &machine);

/// Picoseconds of one multiply-add of a contraction that is summed in numbers
/// of `bits` bits.
double costOfProduct(double bits, const VectorMachine &machine);

/// Picoseconds of one element that a reduction takes in.
double costOfReduced(const VectorMachine &machine);

/// Picoseconds that a step takes beside its work: a call and its bookkeeping,
/// measured on 2000 kernels of 16 elements.
inline constexpr double costOfKernel = 12'000;

/// What traffic takes, as a factor, where the loops of a kernel read `streams`
/// tensors that are large for the second-level cache: its prefetcher follows 32
/// streams, one a page. Measured, for sums of tensors of 256 KB in one kernel
/// and in kernels of 32: 33: 385 and 419 us, 36: 512 and 473, 48: 770 and 600,
/// 64: 1780 and 853; of 1 MB, 36: 6090 and 3330; of 64 KB no difference.
double crowdingOfStreams(unsigned streams);

/// Whether a tensor of `bytes` is such a stream.
bool isStream(double bytes, const VectorMachine &machine);

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_OPCOST_H
