//===- MemoryUse.cpp - What a run takes, before it takes it ---------------===//
#include "runtime/Core/MemoryUse.h"
#include "runtime/Support/Limits.h"
#include "tactus/Error.h"

using namespace tactus;

void MemoryLimit::check(const MemoryUse &use) {
  // The question costs some system calls, so only large runs ask it.
  constexpr uint64_t small = uint64_t(64) << 20;
  if (!bytes && use.total() <= small)
    return;
  if (!bytes)
    bytes = limits::usableMemory() / 4 * 3;
  if (use.total() > *bytes)
    throw Error("expected a run that takes at most " + std::to_string(*bytes) +
                " bytes of memory, but got " + std::to_string(use.total()) +
                ": " + std::to_string(use.parameters) + " for parameters, " +
                std::to_string(use.inputs) + " for inputs, " +
                std::to_string(use.arena) + " in between, " +
                std::to_string(use.outputs) + " for outputs");
}
