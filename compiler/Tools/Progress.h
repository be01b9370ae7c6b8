//===- Progress.h - How far long work has come ------------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TOOLS_PROGRESS_H
#define TACTUS_COMPILER_TOOLS_PROGRESS_H

#include <chrono>
#include <mutex>
#include <string>

namespace tactus {

/// A line of standard error that counts, where that is a terminal and the work
/// takes over a second. It is gone when the work is done. Any thread may count.
class Progress {
public:
  Progress(std::string title, size_t total);
  Progress(const Progress &) = delete;
  Progress &operator=(const Progress &) = delete;
  ~Progress();

  void advance();

private:
  const std::string title;
  const size_t total;
  const bool isTerminal;
  const std::chrono::steady_clock::time_point start;
  std::mutex mutex;
  size_t done = 0;
  bool isShown = false;
};

} // namespace tactus

#endif // TACTUS_COMPILER_TOOLS_PROGRESS_H
