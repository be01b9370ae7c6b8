//===- TileConstants.h - Weights tile by tile -------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_TILECONSTANTS_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_TILECONSTANTS_H

#include "compiler/Transforms/Systolic/ProgramPlan.h"

namespace tactus::systolic {

/// Has constants that are only ever read as tiles of weights lie tile by tile,
/// so that DRAM moves no byte beside a tile's own.
void tileConstants(ProgramPlan &plan, const Machine &machine);

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_TILECONSTANTS_H
