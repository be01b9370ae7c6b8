//===- MachineScaling.h - Machines of other sizes ---------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_MACHINESCALING_H
#define TACTUS_RUNTIME_SYSTOLIC_MACHINESCALING_H

#include "dialects/Systolic/Machine.h"

namespace tactus::systolic {

/// What a machine has in place of another's.
struct MachineChange {
  std::optional<int64_t> rows, columns;
  std::optional<int64_t> unifiedBufferBytes;
  /// Of DRAM: the way of weights, and of all else where there is no host.
  std::optional<int64_t> bytesPerSecond;
};

/// `base` with other sizes, and what they bring with them:
///   - a row of the unified buffer is as much wider or narrower as the longer
///     side of the array, and at least one row of its operands;
///   - the buffer is cut to whole rows in each bank;
///   - the accumulators have the same number of rows, each a sum a column, and
///     the FIFO as many tiles, each the size of the array;
///   - bursts in flight cover latency x bandwidth, so that long transfers run
///   at
///     the bandwidth asked for.
/// All else stays. The result may be no valid machine; findProblems says why.
Machine scaled(const Machine &base, const MachineChange &change);

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_MACHINESCALING_H
