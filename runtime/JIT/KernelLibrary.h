//===- KernelLibrary.h - Object code made callable --------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_JIT_KERNELLIBRARY_H
#define TACTUS_RUNTIME_JIT_KERNELLIBRARY_H

#include "runtime/Core/StepList.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <string>

namespace llvm::orc {
class LLJIT;
} // namespace llvm::orc

namespace tactus {

/// Kernels of object files, linked into this process. What `lookup` gives is
/// valid as long as the library is.
class KernelLibrary {
public:
  /// The names of kernels in a program, with those of their functions in the
  /// objects where these are others.
  using Symbols = llvm::StringMap<std::string>;

  /// Links `objects`, which have no function in common. Fails where one leaves
  /// a symbol undefined that compiled code may not need (ObjectSymbols.h).
  static llvm::Expected<std::shared_ptr<const KernelLibrary>>
  load(llvm::ArrayRef<llvm::StringRef> objects, Symbols symbols = {});
  ~KernelLibrary();

  /// The entry of the kernel named `kernel`.
  llvm::Expected<KernelEntry> lookup(llvm::StringRef kernel) const;

private:
  KernelLibrary(Symbols symbols, std::unique_ptr<llvm::orc::LLJIT> jit);

  Symbols symbols;
  std::unique_ptr<llvm::orc::LLJIT> jit;
};

} // namespace tactus

#endif // TACTUS_RUNTIME_JIT_KERNELLIBRARY_H
