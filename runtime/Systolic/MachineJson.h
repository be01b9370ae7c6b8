//===- MachineJson.h - Machine descriptions as JSON -------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_MACHINEJSON_H
#define TACTUS_RUNTIME_SYSTOLIC_MACHINEJSON_H

#include "dialects/Systolic/Machine.h"
#include "runtime/Support/JsonWriter.h"
#include <filesystem>

namespace tactus::systolic {

/// The version of the format, the value of `tactus_machine`.
inline constexpr int64_t machineFormatVersion = 1;

/// The description that `text` holds. Throws one `Error` that lists all its
/// problems, each with its place; `file` stands in messages.
Machine parseMachineJson(std::string text, std::string file);
Machine readMachineJson(const std::filesystem::path &file);

/// The description in a value of a larger document; problems are reported.
Machine readMachine(json::Value value, Diagnostics &diagnostics);

/// Reads back as the same description.
std::string toJson(const Machine &machine);
void writeMachine(json::Writer &writer, const Machine &machine);

/// The machine of a target's name after `systolic:`: a preset, or the path of a
/// description where it ends in `.json`. Throws `Error`, listing the presets.
Machine resolveMachine(std::string_view name);

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_MACHINEJSON_H
