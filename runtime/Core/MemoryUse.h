//===- MemoryUse.h - What a run takes, before it takes it -------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_CORE_MEMORYUSE_H
#define TACTUS_RUNTIME_CORE_MEMORYUSE_H

#include <cstdint>
#include <optional>

namespace tactus {

/// Bytes that a run has in memory at once.
struct MemoryUse {
  uint64_t parameters = 0, inputs = 0, arena = 0, outputs = 0;

  uint64_t total() const { return parameters + inputs + arena + outputs; }
};

/// What a run may take. One thread at a time uses it.
class MemoryLimit {
public:
  /// At most `bytes`; without, three quarters of what this process may use when
  /// the first run that is not small asks.
  MemoryLimit(std::optional<uint64_t> bytes = std::nullopt) : bytes(bytes) {}

  /// Throws `Error`, with all the numbers, where `use` is over the limit.
  void check(const MemoryUse &use);

private:
  std::optional<uint64_t> bytes;
};

} // namespace tactus

#endif // TACTUS_RUNTIME_CORE_MEMORYUSE_H
