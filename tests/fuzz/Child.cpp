//===- Child.cpp - What one child process did and took --------------------===//
#include "tests/fuzz/Child.h"
#include "runtime/Support/Assert.h"
#include <cmath>
#include <cstdlib>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace tactus;
using namespace tactus::fuzz;

/// No program ends with this status by itself.
static constexpr int cannotStart = 98;

Outcome fuzz::runForked(const std::function<int()> &work, double seconds) {
  pid_t child = fork();
  TACTUS_ASSERT(child >= 0, "a process can be started");
  if (child == 0) {
    // Whole seconds, so past what the caller allows.
    auto limit = rlim_t(std::ceil(seconds)) + 1;
    rlimit processor = {limit, limit + 1}, dump = {0, 0};
    setrlimit(RLIMIT_CPU, &processor);
    setrlimit(RLIMIT_CORE, &dump);
    // What waits forever takes no time of the processor.
    alarm(unsigned(limit) * 20);
    _exit(work());
  }
  int status = 0;
  rusage usage;
  TACTUS_ASSERT(wait4(child, &status, 0, &usage) == child,
                "a child can be waited for");
  auto seconds64 = [](const timeval &time) {
    return double(time.tv_sec) + double(time.tv_usec) * 1e-6;
  };
  Outcome outcome;
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  outcome.seconds = seconds64(usage.ru_utime) + seconds64(usage.ru_stime);
  outcome.peakBytes = int64_t(usage.ru_maxrss) * 1024;
  return outcome;
}

Outcome fuzz::runProgram(const std::vector<std::string> &command,
                         const std::filesystem::path &folder,
                         const std::filesystem::path &log, double seconds) {
  return runForked(
      [&] {
        int out = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (out < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0 ||
            chdir(folder.c_str()) != 0)
          return cannotStart;
        // Sanitizers end a process with status 1 unless told otherwise, which
        // would look as if the file had been refused.
        for (const char *name : {"ASAN_OPTIONS", "UBSAN_OPTIONS"}) {
          const char *before = getenv(name);
          std::string options = before ? std::string(before) + ":" : "";
          setenv(name, (options + "exitcode=99").c_str(), 1);
        }
        std::vector<char *> arguments;
        for (const std::string &argument : command)
          arguments.push_back(const_cast<char *>(argument.c_str()));
        arguments.push_back(nullptr);
        execv(arguments[0], arguments.data());
        return cannotStart;
      },
      seconds);
}
