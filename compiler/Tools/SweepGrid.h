//===- SweepGrid.h - The machines that a sweep asks for ---------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TOOLS_SWEEPGRID_H
#define TACTUS_COMPILER_TOOLS_SWEEPGRID_H

#include "compiler/Tools/Arguments.h"
#include "runtime/Systolic/MachineScaling.h"

namespace tactus {

/// Reads `--arrays=16,24x40`, `--buffer=256K,512K` and `--bandwidth=6.4G,34G`:
/// each combination, the last changing fastest. An option that is absent
/// changes nothing. Throws Error.
std::vector<systolic::MachineChange> readGrid(const Arguments &arguments);

} // namespace tactus

#endif // TACTUS_COMPILER_TOOLS_SWEEPGRID_H
