//===- Instructions.h - From ops to instructions ----------------*- C++ -*-===//
#ifndef TACTUS_DIALECTS_SYSTOLIC_INSTRUCTIONS_H
#define TACTUS_DIALECTS_SYSTOLIC_INSTRUCTIONS_H

#include "dialects/Systolic/Encoding.h"
#include "dialects/Systolic/Footprint.h"
#include "dialects/Systolic/SystolicDialect.h"

namespace tactus::systolic {

/// Whether `op` is an instruction: everything in a program but its buffers.
bool isInstruction(mlir::Operation *op);

/// The first row or byte of a buffer, 0 where it has no place yet.
int64_t placeOf(mlir::Value buffer);
using PlaceFn = llvm::function_ref<int64_t(mlir::Value buffer)>;

/// The instruction that `op` stands for, with its semaphores. Fills `problem`
/// where a field does not fit; `op` is an instruction.
Instruction instructionOf(mlir::Operation *op, std::string &problem,
                          PlaceFn place = placeOf);

/// The bytes that a tensor takes in DRAM; one a truth value.
int64_t dramBytesOf(mlir::RankedTensorType type);

/// Rows of a buffer that an instruction accesses, counted from its first.
struct LocalAccess {
  mlir::Value buffer;
  LocalRange range;
};

std::vector<LocalAccess> localAccessesOf(mlir::Operation *op,
                                         const Machine &machine);
/// Of an instruction whose `operands` are known.
std::vector<LocalAccess> localAccessesOf(mlir::Operation *op,
                                         const Operands &operands,
                                         const Machine &machine);

/// Bytes of a tensor in DRAM that an instruction accesses, counted from its
/// first; no buffer where there are none.
struct DramAccess {
  mlir::Value buffer;
  DramRange range;
};

DramAccess dramAccessOf(mlir::Operation *op);
DramAccess dramAccessOf(mlir::Operation *op, const Operands &operands);

/// The queue of `op`; none for barriers.
std::optional<Queue> queueOf(mlir::Operation *op);

} // namespace tactus::systolic

#endif // TACTUS_DIALECTS_SYSTOLIC_INSTRUCTIONS_H
