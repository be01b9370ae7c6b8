//===- Processors.h - How many threads help ---------------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SUPPORT_PROCESSORS_H
#define TACTUS_RUNTIME_SUPPORT_PROCESSORS_H

#include <cstdint>
#include <filesystem>
#include <optional>

namespace tactus {

/// A program never has more.
inline constexpr int64_t maxThreads = 1024;

/// The processors that this process may keep busy, at least 1: those its
/// affinity mask has, but no more than the quotas of its control groups pay
/// for, rounded up. `root` is where `proc` and `sys` are found; tests set it.
int64_t usableProcessors(const std::filesystem::path &root = "/");

/// How many threads a program gets: `requested`; else what the environment says
/// in TACTUS_NUM_THREADS; else one for each usable processor. Throws `Error`
/// for numbers that are not from 1 to 1024.
int64_t numThreads(std::optional<int64_t> requested);

} // namespace tactus

#endif // TACTUS_RUNTIME_SUPPORT_PROCESSORS_H
