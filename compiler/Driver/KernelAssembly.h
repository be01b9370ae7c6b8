//===- KernelAssembly.h - The instructions of one kernel --------*- C++ -*-===//
#ifndef TACTUS_COMPILER_DRIVER_KERNELASSEMBLY_H
#define TACTUS_COMPILER_DRIVER_KERNELASSEMBLY_H

#include "compiler/Target/CpuMachine.h"
#include "mlir/IR/BuiltinOps.h"
#include <string>

namespace tactus {

/// The code of the kernel named `kernel` as text for the assembler. Takes all
/// else out of `module`, which is at the level 6c. Throws `Error`, with all
/// kernels, where there is none of the name.
std::string assemblyOf(mlir::ModuleOp module, llvm::StringRef kernel,
                       const CpuMachine &machine);

} // namespace tactus

#endif // TACTUS_COMPILER_DRIVER_KERNELASSEMBLY_H
