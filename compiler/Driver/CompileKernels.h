//===- CompileKernels.h - Kernels to object code ----------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_DRIVER_COMPILEKERNELS_H
#define TACTUS_COMPILER_DRIVER_COMPILEKERNELS_H

#include "compiler/Target/CpuMachine.h"
#include "mlir/IR/BuiltinOps.h"
#include "runtime/JIT/ObjectCache.h"
#include <optional>
#include <string>
#include <vector>

namespace tactus {

/// A kernel of the level 3c.
struct KernelText {
  /// Its name in the program.
  std::string name;
  /// All that its code depends on beside the processor: no name of a program,
  /// a node or a file is in it.
  std::string text;
};

/// What a kernel was compiled to.
struct KernelCode {
  /// The name of its function in `object`, which no other kernel's has.
  std::string symbol;
  /// What its lowering noted, as text of a dictionary: `tactus.extent` and so
  /// on, which the step list needs.
  std::string notes;
  /// The bytes of an object file.
  std::string object;

  bool operator==(const KernelCode &) const = default;
};

/// The kernels of `outlined`, a module at the level 3c, in its order.
std::vector<KernelText> textsOfKernels(mlir::ModuleOp outlined);

/// What the code of a kernel has in a cache: a hash of its text, of the
/// processor and of this compiler.
ObjectCache::Key keyOf(llvm::StringRef text, const CpuMachine &machine);

/// Compiles each of `texts` by itself, on `threads` threads, the caller's among
/// them. The bytes depend on the text and the processor alone. What `cache` has
/// is taken from there, and what it lacks is stored; it may be null. Gives
/// nothing where a kernel cannot be compiled: who lowers the module that it is
/// of finds out why.
std::optional<std::vector<KernelCode>>
compileKernels(llvm::ArrayRef<std::string> texts, const CpuMachine &machine,
               int64_t threads, const ObjectCache *cache = nullptr);

/// Puts the declaration of a function that has what the lowering of `code`
/// noted in the place of the kernel `name` of `module`.
void declareKernel(mlir::ModuleOp module, llvm::StringRef name,
                   const KernelCode &code);

} // namespace tactus

#endif // TACTUS_COMPILER_DRIVER_COMPILEKERNELS_H
