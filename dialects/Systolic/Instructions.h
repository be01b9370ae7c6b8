//===- Instructions.h - From ops to instructions ----------------*- C++ -*-===//
#ifndef TACTUS_DIALECTS_SYSTOLIC_INSTRUCTIONS_H
#define TACTUS_DIALECTS_SYSTOLIC_INSTRUCTIONS_H

#include "dialects/Systolic/Encoding.h"
#include "dialects/Systolic/Footprint.h"
#include "dialects/Systolic/SystolicDialect.h"

namespace tactus::systolic {

/// The instruction that `op` stands for, with its semaphores. Buffers that have
/// no place yet stand at 0. Fills `problem` where a field does not fit; `op` is
/// an instruction.
Instruction instructionOf(mlir::Operation *op, std::string &problem);

/// Whether `op` is an instruction: everything in a program but its buffers.
bool isInstruction(mlir::Operation *op);

/// The first row or byte of a buffer, 0 where it has no place yet.
int64_t placeOf(mlir::Value buffer);

/// Rows of a buffer that an instruction accesses, counted from its first.
struct LocalAccess {
  mlir::Value buffer;
  LocalRange range;
};

std::vector<LocalAccess> localAccessesOf(mlir::Operation *op,
                                         const Machine &machine);

/// Bytes of a tensor in DRAM that an instruction accesses, counted from its
/// first; no buffer where there are none.
struct DramAccess {
  mlir::Value buffer;
  DramRange range;
};

DramAccess dramAccessOf(mlir::Operation *op);

/// The queue of `op`; none for barriers.
std::optional<Queue> queueOf(mlir::Operation *op);

} // namespace tactus::systolic

#endif // TACTUS_DIALECTS_SYSTOLIC_INSTRUCTIONS_H
