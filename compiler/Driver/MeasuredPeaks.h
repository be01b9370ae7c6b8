//===- MeasuredPeaks.h - What a core of this machine can do -----*- C++ -*-===//
#ifndef TACTUS_COMPILER_DRIVER_MEASUREDPEAKS_H
#define TACTUS_COMPILER_DRIVER_MEASUREDPEAKS_H

#include "compiler/Target/CpuMachine.h"
#include "runtime/Core/Profile.h"
#include <memory>

namespace tactus {

/// What one core of this machine does at most, with the instructions that
/// `machine` allows. Each figure takes a twentieth of a second and is the best
/// of many short stretches:
///
/// - operations: a compiled loop of 12 chains of fused multiply-adds on
///   vectors, more than any core needs to keep its units busy; multiplies and
///   adds where the machine has no fused ones;
/// - bytes: a compiled loop that sums vectors of as much memory as is asked,
///   again and again. What fits a cache is read from there, so the figure for
///   each size is that of the cache, or the DRAM, that holds so much.
///
/// Throws `Error` where there is not that much memory.
std::unique_ptr<CorePeaks> measurePeaks(const CpuMachine &machine);

} // namespace tactus

#endif // TACTUS_COMPILER_DRIVER_MEASUREDPEAKS_H
