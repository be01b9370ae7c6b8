//===- Limits.cpp - What no input may exceed ------------------------------===//
#include "runtime/Support/Limits.h"
#include "runtime/Support/ControlGroups.h"
#include <algorithm>
#include <fstream>
#include <limits>
#include <optional>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

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

namespace {
/// Bytes of this process.
struct Taken {
  uint64_t mapped = 0, resident = 0, shared = 0, data = 0;
};
} // namespace

static Taken takenMemory(const fs::path &root) {
  std::ifstream in(root / "proc/self/statm");
  uint64_t code = 0, libraries = 0;
  Taken taken;
  if (!(in >> taken.mapped >> taken.resident >> taken.shared >> code >>
        libraries >> taken.data))
    return {};
  const uint64_t page = uint64_t(::sysconf(_SC_PAGESIZE));
  return {taken.mapped * page, taken.resident * page, taken.shared * page,
          taken.data * page};
}

/// What a limit of the process leaves.
static uint64_t leftOf(int resource, uint64_t taken) {
  struct rlimit limit;
  if (::getrlimit(__rlimit_resource_t(resource), &limit) != 0 ||
      limit.rlim_cur == RLIM_INFINITY)
    return unknown;
  return limit.rlim_cur - std::min<uint64_t>(limit.rlim_cur, taken);
}

uint64_t limits::usableMemory(const fs::path &root) {
  const uint64_t available = availableMemory(root);
  const Taken taken = takenMemory(root);
  // Pages of files are available already, as they can be read again.
  const uint64_t own = taken.resident - std::min(taken.resident, taken.shared);
  return available > unknown - own ? unknown : available + own;
}

uint64_t limits::availableMemory(const fs::path &root) {
  uint64_t least = unknown;
  if (auto kib = readField(root / "proc/meminfo", "MemAvailable:"))
    least = *kib * 1024;
  const Taken taken = takenMemory(root);
  least = std::min(least, leftOf(RLIMIT_AS, taken.mapped));
  least = std::min(least, leftOf(RLIMIT_DATA, taken.data));

  forEachControlGroup(
      root, "memory", [&](const fs::path &group, GroupVersion version) {
        uint64_t free =
            version == GroupVersion::Two
                ? freeInGroup(group, "memory.max", "memory.current",
                              "inactive_file")
                : freeInGroup(group, "memory.limit_in_bytes",
                              "memory.usage_in_bytes", "total_inactive_file");
        least = std::min(least, free);
      });
  return least;
}
