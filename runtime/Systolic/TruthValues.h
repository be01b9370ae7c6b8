//===- TruthValues.h - Bytes of DRAM as i1 ----------------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_TRUTHVALUES_H
#define TACTUS_RUNTIME_SYSTOLIC_TRUTHVALUES_H

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace tactus::systolic {

/// Bytes of DRAM may be anything, but truth values are 0 or 1: says which of
/// `bytes`, which begin at `address`, is neither.
inline std::optional<std::string>
findTruthProblem(std::span<const uint8_t> bytes, uint64_t address) {
  for (size_t i = 0; i < bytes.size(); ++i)
    if (bytes[i] > 1)
      return "expected DRAM byte " + std::to_string(address + i) +
             " to be a truth value, 0 or 1, but got " +
             std::to_string(bytes[i]);
  return std::nullopt;
}

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_TRUTHVALUES_H
