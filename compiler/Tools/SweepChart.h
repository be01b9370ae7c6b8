//===- SweepChart.h - A sweep as a drawing ----------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TOOLS_SWEEPCHART_H
#define TACTUS_COMPILER_TOOLS_SWEEPCHART_H

#include "compiler/Tools/Sweep.h"

namespace tactus {

/// An SVG of cycles and utilization over the first of array, buffer and
/// bandwidth that differs between rows, with a line for each combination of the
/// others. Rows with a problem are left out.
std::string drawSweep(const std::string &title, std::span<const SweepRow> rows);

} // namespace tactus

#endif // TACTUS_COMPILER_TOOLS_SWEEPCHART_H
