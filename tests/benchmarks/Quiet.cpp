//===- Quiet.cpp - A processor without other work -------------------------===//
#include "tests/benchmarks/Quiet.h"
#include <chrono>
#include <cstdlib>
#include <ctime>
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

static double secondsOf(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
}

void waitForIdleThreads() {
  // Libraries spin for up to tens of milliseconds; one that never stops is not
  // waited for.
  for (int i = 0; i < 200; ++i) {
    auto others = [] {
      return secondsOf(CLOCK_PROCESS_CPUTIME_ID) -
             secondsOf(CLOCK_THREAD_CPUTIME_ID);
    };
    double before = others();
    std::this_thread::sleep_for(std::chrono::microseconds(500));
    if (others() - before < 50e-6)
      return;
  }
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
