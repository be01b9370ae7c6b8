//===- Processors.cpp - How many threads help -----------------------------===//
#include "runtime/Support/Processors.h"
#include "runtime/Support/ControlGroups.h"
#include "tactus/Error.h"
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sched.h>
#include <string>
#include <thread>
#include <vector>

namespace fs = std::filesystem;

namespace tactus {

/// Those that the system lets this thread run on.
static int64_t processorsOfMask() {
  // The system refuses a set that is smaller than its own.
  for (size_t sets = 1; sets <= 64; sets *= 2) {
    std::vector<cpu_set_t> mask(sets);
    const size_t bytes = sets * sizeof(cpu_set_t);
    if (::sched_getaffinity(0, bytes, mask.data()) == 0)
      return CPU_COUNT_S(bytes, mask.data());
  }
  return std::thread::hardware_concurrency();
}

/// Processors that one group may keep busy; `most` where it has no limit.
static int64_t processorsOfGroup(const fs::path &group, GroupVersion version,
                                 int64_t most) {
  // Microseconds of all processors in a period, which may be `max` or -1.
  int64_t quota = 0, period = 0;
  if (version == GroupVersion::Two) {
    std::ifstream both(group / "cpu.max");
    if (!(both >> quota >> period))
      return most;
  } else {
    std::ifstream first(group / "cpu.cfs_quota_us");
    std::ifstream second(group / "cpu.cfs_period_us");
    if (!(first >> quota) || !(second >> period))
      return most;
  }
  if (quota <= 0 || period <= 0)
    return most;
  return std::min(most, quota / period + (quota % period != 0));
}

int64_t usableProcessors(const fs::path &root) {
  int64_t least = processorsOfMask();
  forEachControlGroup(root, "cpu",
                      [&](const fs::path &group, GroupVersion version) {
                        least = processorsOfGroup(group, version, least);
                      });
  return std::clamp<int64_t>(least, 1, maxThreads);
}

[[noreturn]] static void refuse(const std::string &what,
                                const std::string &got) {
  throw Error("expected " + what + " to be a number of threads from 1 to " +
              std::to_string(maxThreads) + ", but got " + got);
}

int64_t numThreads(std::optional<int64_t> requested) {
  if (requested) {
    if (*requested < 1 || *requested > maxThreads)
      refuse("threads", std::to_string(*requested));
    return *requested;
  }
  const char *variable = "TACTUS_NUM_THREADS";
  const char *text = std::getenv(variable);
  if (!text)
    return usableProcessors();
  const std::string value = text;
  const char *last = value.data() + value.size();
  int64_t number = 0;
  auto [end, error] = std::from_chars(value.data(), last, number);
  if (error != std::errc() || end != last || number < 1 || number > maxThreads)
    refuse(variable, "'" + value + "'");
  return number;
}

} // namespace tactus
