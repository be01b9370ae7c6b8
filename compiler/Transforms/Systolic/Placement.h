//===- Placement.h - Rows for buffers by liveness ---------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PLACEMENT_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PLACEMENT_H

#include "dialects/Systolic/Machine.h"
#include "dialects/Systolic/SystolicDialect.h"

namespace tactus::systolic {

/// Where a buffer lies, and the buffers that lay there before.
struct PlacedBuffer {
  AllocOp alloc;
  int64_t row = 0;
  llvm::SmallVector<AllocOp, 2> before;
};

/// Places every buffer of `program` for as long as its instructions, in their
/// order, access it. A buffer goes to the rows that have been free for longest,
/// so that few instructions wait for rows. Gives the buffer for which no rows
/// were left in `unplaced`.
std::optional<std::vector<PlacedBuffer>>
placeBuffers(ProgramOp program, const Machine &machine, AllocOp &unplaced);

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PLACEMENT_H
