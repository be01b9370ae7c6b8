//===- Quiet.cpp - A processor without other work -------------------------===//
#include "tests/benchmarks/Quiet.h"
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sched.h>
#include <thread>
#include <unistd.h>

namespace tactus::benchmarks {

void restartWithoutHandicaps(char **argv) {
  bool hasAny = false;
  // OpenBLAS reads them as it is loaded, before main.
  for (const char *name : {"OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"})
    if (std::getenv(name)) {
      unsetenv(name);
      hasAny = true;
    }
  if (hasAny)
    execv("/proc/self/exe", argv);
}

void stayOnProcessors(int count) {
  cpu_set_t all, some;
  CPU_ZERO(&some);
  if (sched_getaffinity(0, sizeof(all), &all) != 0)
    return;
  for (size_t i = 0; i < CPU_SETSIZE && CPU_COUNT(&some) < count; ++i)
    if (CPU_ISSET(i, &all))
      CPU_SET(i, &some);
  (void)sched_setaffinity(0, sizeof(some), &some);
}

/// Whether a thread of this process but the caller's runs or would like to. The
/// system's word on each: clocks of threads that run elsewhere are milliseconds
/// late.
static bool areOthersBusy() {
  const std::string self = std::to_string(gettid());
  std::error_code ignored;
  for (const auto &thread :
       std::filesystem::directory_iterator("/proc/self/task", ignored)) {
    if (thread.path().filename() == self)
      continue;
    std::ifstream file(thread.path() / "stat");
    std::string line;
    std::getline(file, line);
    // The state follows the name, which stands in parentheses.
    size_t end = line.rfind(')');
    if (end != std::string::npos && line.substr(end + 2, 1) == "R")
      return true;
  }
  return false;
}

void waitForIdleThreads() {
  // Libraries spin for up to tens of milliseconds; one that never stops is not
  // waited for.
  const auto end =
      std::chrono::steady_clock::now() + std::chrono::milliseconds(200);
  while (areOthersBusy() && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::microseconds(100));
}

std::string describeProcessor() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("model name"))
      return line.substr(line.find(':') + 2);
  return "unknown processor";
}

std::string describeScheduling() {
  cpu_set_t processors;
  int count = sched_getaffinity(0, sizeof(processors), &processors) == 0
                  ? CPU_COUNT(&processors)
                  : 0;
  std::string text = "on " + std::to_string(count) +
                     (count == 1 ? " processor" : " processors") + " of " +
                     std::to_string(sysconf(_SC_NPROCESSORS_ONLN));
  return text + (sched_getscheduler(0) == SCHED_FIFO
                     ? ", before all other work (SCHED_FIFO)"
                     : ", beside what else ran");
}

} // namespace tactus::benchmarks
