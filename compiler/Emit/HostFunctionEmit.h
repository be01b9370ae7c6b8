//===- HostFunctionEmit.h - Kernels that the host runs ----------*- C++ -*-===//
#ifndef TACTUS_COMPILER_EMIT_HOSTFUNCTIONEMIT_H
#define TACTUS_COMPILER_EMIT_HOSTFUNCTIONEMIT_H

#include "dialects/Systolic/SystolicDialect.h"
#include "runtime/Systolic/Program.h"

namespace tactus::systolic {

/// What the host needs for `call`: the kernel, cut down to the result that is
/// wanted, as a module that readers of graphs take. Fails after a diagnostic
/// where kernel and tensors do not fit.
mlir::FailureOr<HostFunction> emitHostFunction(HostCallOp call);

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_EMIT_HOSTFUNCTIONEMIT_H
