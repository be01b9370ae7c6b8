//===- SystolicEmit.h - Programs of the machine -----------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_EMIT_SYSTOLICEMIT_H
#define TACTUS_COMPILER_EMIT_SYSTOLICEMIT_H

#include "dialects/Systolic/SystolicDialect.h"
#include "runtime/Systolic/Program.h"

namespace tactus::systolic {

/// Encodes `program`, whose buffers have places and whose tokens are
/// semaphores. Constant i of the program is `constants[i]`. Fails after a
/// diagnostic at the instruction that does not fit.
mlir::FailureOr<Program> emitProgram(ProgramOp program,
                                     llvm::ArrayRef<Tensor> constants);

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_EMIT_SYSTOLICEMIT_H
