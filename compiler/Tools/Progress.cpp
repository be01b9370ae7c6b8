//===- Progress.cpp - How far long work has come --------------------------===//
#include "compiler/Tools/Progress.h"
#include <cstdio>
#include <unistd.h>

using namespace tactus;

using Clock = std::chrono::steady_clock;

Progress::Progress(std::string title, size_t total)
    : title(std::move(title)), total(total), isTerminal(isatty(STDERR_FILENO)),
      start(Clock::now()) {}

Progress::~Progress() {
  // Back to the start of the line, and all of it erased.
  if (isShown)
    std::fputs("\r\033[K", stderr);
}

void Progress::advance() {
  std::lock_guard lock(mutex);
  ++done;
  if (!isTerminal || Clock::now() - start < std::chrono::seconds(1))
    return;
  isShown = true;
  std::fprintf(stderr, "\r%s: %zu of %zu", title.c_str(), done, total);
  std::fflush(stderr);
}
