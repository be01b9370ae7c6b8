//===- MachineFields.h - The numbers of a machine's description -*- C++ -*-===//
//
// One table of what a description holds. The reader and the writer of JSON, the
// check of ranges and the published JSON Schema (docs/generate.py) all walk it.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_DIALECTS_SYSTOLIC_MACHINEFIELDS_H
#define TACTUS_DIALECTS_SYSTOLIC_MACHINEFIELDS_H

#include "dialects/Systolic/Machine.h"

namespace tactus::systolic {

/// What a number must be beside in range.
enum class FieldRule : uint8_t { Any, Even, MultipleOf4, PowerOfTwo };

/// A number of `T`, a Machine or a Channel.
template <typename T> struct Field {
  /// The key of the object around it; empty where that is the description.
  std::string_view group;
  std::string_view key;
  int64_t T::*member;
  int64_t least, greatest;
  FieldRule rule;
  /// For the schema.
  std::string_view meaning;
};

/// The fields of one group stand side by side.
std::span<const Field<Machine>> machineFields();
/// What `dram` and `host` hold of a channel; they have no group.
std::span<const Field<Channel>> channelFields();

} // namespace tactus::systolic

#endif // TACTUS_DIALECTS_SYSTOLIC_MACHINEFIELDS_H
