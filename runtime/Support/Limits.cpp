//===- Limits.cpp - What no input may exceed ------------------------------===//
#include "runtime/Support/Limits.h"
#include <algorithm>
#include <fstream>
#include <limits>
#include <optional>
#include <string>

using namespace tactus;
namespace fs = std::filesystem;

static constexpr uint64_t unknown = std::numeric_limits<uint64_t>::max();

/// The number at the start of a file; none for `max` or where it is missing.
static std::optional<uint64_t> readNumber(const fs::path &file) {
  std::ifstream in(file);
  uint64_t value = 0;
  if (in >> value)
    return value;
  return std::nullopt;
}

/// The number after `key` in a file of `key value` lines.
static std::optional<uint64_t> readField(const fs::path &file,
                                         const std::string &key) {
  std::ifstream in(file);
  for (std::string word; in >> word;) {
    uint64_t value = 0;
    if (word == key && in >> value)
      return value;
    in.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  return std::nullopt;
}

/// What one control group leaves free.
static uint64_t freeInGroup(const fs::path &group, const char *limitFile,
                            const char *usageFile, const char *cacheField) {
  std::optional<uint64_t> limit = readNumber(group / limitFile);
  if (!limit)
    return unknown;
  uint64_t usage = readNumber(group / usageFile).value_or(0);
  uint64_t cache = readField(group / "memory.stat", cacheField).value_or(0);
  usage -= std::min(usage, cache);
  return *limit - std::min(*limit, usage);
}

/// The least that `relative` and the groups above it leave free. Inside a
/// container the path may name a group that is not mounted: then only the
/// mounted ones count.
static uint64_t freeInHierarchy(const fs::path &mount, fs::path relative,
                                const char *limitFile, const char *usageFile,
                                const char *cacheField) {
  uint64_t least = unknown;
  for (;;) {
    least = std::min(
        least, freeInGroup(mount / relative, limitFile, usageFile, cacheField));
    if (relative.empty())
      return least;
    relative = relative.parent_path();
  }
}

uint64_t limits::availableMemory(const fs::path &root) {
  uint64_t least = unknown;
  if (auto kib = readField(root / "proc/meminfo", "MemAvailable:"))
    least = *kib * 1024;

  // Lines are `id:controllers:/path`; version 2 has the id 0 and no controller.
  std::ifstream groups(root / "proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {
    size_t first = line.find(':');
    size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos)
      continue;
    std::string controllers = line.substr(first + 1, second - first - 1);
    fs::path path = fs::path(line.substr(second + 1)).relative_path();
    if (controllers.empty())
      least = std::min(least, freeInHierarchy(root / "sys/fs/cgroup", path,
                                              "memory.max", "memory.current",
                                              "inactive_file"));
    else if (("," + controllers + ",").find(",memory,") != std::string::npos)
      least = std::min(least, freeInHierarchy(root / "sys/fs/cgroup/memory",
                                              path, "memory.limit_in_bytes",
                                              "memory.usage_in_bytes",
                                              "total_inactive_file"));
  }
  return least;
}
