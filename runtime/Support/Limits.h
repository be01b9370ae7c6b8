//===- Limits.h - What no input may exceed ----------------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SUPPORT_LIMITS_H
#define TACTUS_RUNTIME_SUPPORT_LIMITS_H

#include <cstdint>
#include <filesystem>

namespace tactus::limits {

/// Bytes of one tensor, in any reader and any API.
inline constexpr int64_t maxTensorBytes = int64_t(1) << 40;
/// As NumPy 1.
inline constexpr int64_t maxRank = 32;
/// Brackets of a JSON text inside each other.
inline constexpr int maxJsonNesting = 64;
/// Bytes of a JSON text; weights do not stand in JSON.
inline constexpr uint64_t maxJsonBytes = uint64_t(64) << 20;
/// Values of a JSON text, each of which takes some 40 bytes once read.
inline constexpr uint64_t maxJsonValues = uint64_t(1) << 23;
/// Regions of control flow inside each other.
inline constexpr int maxRegionNesting = 64;
/// As the reference implementation of safetensors.
inline constexpr uint64_t maxSafetensorsHeaderBytes = 100'000'000;
/// Far above what NumPy writes; it reads no more than 10,000 unless told to.
inline constexpr uint64_t maxNpyHeaderBytes = uint64_t(1) << 16;

/// Bytes this process may still take: the least of the machine's MemAvailable,
/// of what each control group above the process leaves free, counting inactive
/// page cache as free, and of what RLIMIT_AS and RLIMIT_DATA leave. The largest
/// value where nothing is known.
/// `root` is where `proc` and `sys` are found; tests set it.
uint64_t availableMemory(const std::filesystem::path &root = "/");

/// The same and what this process has taken already.
uint64_t usableMemory(const std::filesystem::path &root = "/");

} // namespace tactus::limits

#endif // TACTUS_RUNTIME_SUPPORT_LIMITS_H
