//===- ObjectCode.h - LLVM modules to object files --------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_JIT_OBJECTCODE_H
#define TACTUS_RUNTIME_JIT_OBJECTCODE_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <string>

namespace llvm {
class TargetMachine;
} // namespace llvm

namespace tactus {

/// The processor that code is generated for, in LLVM's words.
struct CodegenTarget {
  /// Such as `x86-64-v3`; `native` is this machine.
  std::string cpu = "native";
  /// LLVM's list, `+fma,-avx512f`, on top of what `cpu` has.
  std::string features = {};
  /// Bits of the widest vectors to use.
  int64_t vectorBits = 256;
};

/// `native` becomes the processor and features of this machine.
CodegenTarget resolveHost(CodegenTarget target);

/// The first of `target`'s processor and features that LLVM does not know for
/// this machine's kind; empty where it knows them all.
std::string findUnknownProcessor(const CodegenTarget &target);

/// Whether the processor has `feature`, LLVM's name for it, such as `fma`.
bool hasFeature(const CodegenTarget &target, llvm::StringRef feature);

/// A feature that the processor has and this machine lacks; empty where code
/// for it runs here.
std::string missingFeature(const CodegenTarget &target);

/// Sets LLVM up to generate code for a processor of this machine's kind.
llvm::Expected<std::unique_ptr<llvm::TargetMachine>>
createTargetMachine(const CodegenTarget &target);

/// Translates a module of the LLVM dialect and generates code for it: the bytes
/// of an object file.
llvm::Expected<std::string> compileToObject(mlir::ModuleOp module,
                                            const CodegenTarget &target);

/// The same code as text for the assembler.
llvm::Expected<std::string> compileToAssembly(mlir::ModuleOp module,
                                              const CodegenTarget &target);

} // namespace tactus

#endif // TACTUS_RUNTIME_JIT_OBJECTCODE_H
