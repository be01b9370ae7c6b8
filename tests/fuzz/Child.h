//===- Child.h - What one child process did and took ------------*- C++ -*-===//
#ifndef TACTUS_TESTS_FUZZ_CHILD_H
#define TACTUS_TESTS_FUZZ_CHILD_H

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace tactus::fuzz {

struct Outcome {
  /// The exit status, or minus the signal that ended the process.
  int status = 0;
  /// Of the processor, in user and system mode.
  double seconds = 0;
  int64_t peakBytes = 0;
};

/// Runs `work` in a fork of this process, and its result is the exit status. A
/// fork that takes `seconds` of the processor, or far longer of the clock, ends
/// by a signal.
Outcome runForked(const std::function<int()> &work, double seconds);

/// Runs a program in `folder`; what it prints goes to `log`.
Outcome runProgram(const std::vector<std::string> &command,
                   const std::filesystem::path &folder,
                   const std::filesystem::path &log, double seconds);

} // namespace tactus::fuzz

#endif // TACTUS_TESTS_FUZZ_CHILD_H
