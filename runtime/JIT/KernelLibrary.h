//===- KernelLibrary.h - Object code made callable --------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_JIT_KERNELLIBRARY_H
#define TACTUS_RUNTIME_JIT_KERNELLIBRARY_H

#include "runtime/Core/StepList.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <string>

namespace llvm::orc {
class LLJIT;
} // namespace llvm::orc

namespace tactus {

/// The kernels of one object file, linked into this process. What `lookup`
/// gives is valid as long as the library is.
class KernelLibrary {
public:
  /// Links `object`. Fails where it leaves a symbol undefined that compiled
  /// code may not need (ObjectSymbols.h).
  static llvm::Expected<std::shared_ptr<const KernelLibrary>>
  load(std::string object);
  ~KernelLibrary();

  /// The entry of the kernel named `kernel`.
  llvm::Expected<KernelEntry> lookup(llvm::StringRef kernel) const;
  /// The bytes it was made from.
  const std::string &object() const { return bytes; }

private:
  KernelLibrary(std::string object, std::unique_ptr<llvm::orc::LLJIT> jit);

  std::string bytes;
  std::unique_ptr<llvm::orc::LLJIT> jit;
};

} // namespace tactus

#endif // TACTUS_RUNTIME_JIT_KERNELLIBRARY_H
