//===- CpuMachineJson.h - Processor descriptions as JSON --------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TARGET_CPUMACHINEJSON_H
#define TACTUS_COMPILER_TARGET_CPUMACHINEJSON_H

#include "compiler/Target/CpuMachine.h"
#include <filesystem>

namespace tactus {

/// The version of the format, the value of `tactus_cpu`.
inline constexpr int64_t cpuFormatVersion = 1;

/// The description that `text` holds. Throws one `Error` that lists all its
/// problems, each with its place; `file` stands in messages.
CpuMachine parseCpuJson(std::string text, std::string file);
CpuMachine readCpuJson(const std::filesystem::path &file);

/// Reads back as the same description.
std::string toJson(const CpuMachine &machine);

} // namespace tactus

#endif // TACTUS_COMPILER_TARGET_CPUMACHINEJSON_H
