//===- ControlGroups.h - The groups that limit this process -----*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SUPPORT_CONTROLGROUPS_H
#define TACTUS_RUNTIME_SUPPORT_CONTROLGROUPS_H

#include <filesystem>
#include <functional>
#include <string_view>

namespace tactus {

/// Of Linux's control groups.
enum class GroupVersion { One = 1, Two = 2 };

/// Calls `function` with the folder of each group that this process is in and
/// that may limit what `controller` counts, such as `memory`; the innermost
/// first. Inside a container the path may name a group that is not mounted:
/// then its folder does not exist. `root` is where `proc` and `sys` are found.
void forEachControlGroup(const std::filesystem::path &root,
                         std::string_view controller,
                         const std::function<void(const std::filesystem::path &,
                                                  GroupVersion)> &function);

} // namespace tactus

#endif // TACTUS_RUNTIME_SUPPORT_CONTROLGROUPS_H
