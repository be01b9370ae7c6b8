//===- Playback.h - A program on the register model -------------*- C++ -*-===//
#ifndef TACTUS_TESTS_RTL_PLAYBACK_H
#define TACTUS_TESTS_RTL_PLAYBACK_H

#include "tests/rtl/ArrayProgram.h"

namespace tactus::rtl {

/// What comes to the array from outside, in cycles.
struct Arrivals {
  /// When each tile is whole in the FIFO; earliest, where the FIFO is full.
  std::vector<int64_t> tiles;
  /// When what each product waits for has come.
  std::vector<int64_t> products;
  /// Tiles that the FIFO may hold.
  int64_t fifoTiles = ArrayModel::fifoTiles;
};

/// A sum in an accumulator, from `cycle` on.
struct Landing {
  int64_t cycle = 0;
  uint32_t row = 0;
};

/// What was seen.
struct Playback {
  /// False where the array did nothing more, or more than it should.
  bool isComplete = false;
  int64_t cycles = 0;
  /// The cycle of the first weight shift, and that from which on the last sum
  /// is in the accumulators.
  int64_t firstShift = -1, lastLanding = -1;
  /// Of each product, the cycle of its first row and that after its last.
  std::vector<int64_t> starts, ends;
  /// By column, in the order in which they came.
  std::vector<std::vector<Landing>> landings;
};

/// Plays `program` until all sums are in the accumulators, or for at most
/// `mostCycles`.
Playback play(ArrayModel &model, const ArrayProgram &program,
              const Arrivals &arrivals, bool isSerial, int64_t mostCycles);

} // namespace tactus::rtl

#endif // TACTUS_TESTS_RTL_PLAYBACK_H
