//===- Quiet.h - A processor without other work -----------------*- C++ -*-===//
#ifndef TACTUS_TESTS_BENCHMARKS_QUIET_H
#define TACTUS_TESTS_BENCHMARKS_QUIET_H

#include <string>

namespace tactus::benchmarks {

/// Starts this program again without what makes a peer slow: settings of
/// OpenBLAS that name another processor than this one.
void restartWithoutHandicaps(char **argv);

/// Keeps this process on the first `count` of the processors it may use, as
/// many as there are.
void stayOnProcessors(int count);

/// Waits until the threads of this process but the caller's have stopped
/// spinning: those of the library that ran before would take a processor away
/// from the one that is next.
void waitForIdleThreads();

/// The processor's name, and how this process is scheduled on it.
std::string describeProcessor();
std::string describeScheduling();

} // namespace tactus::benchmarks

#endif // TACTUS_TESTS_BENCHMARKS_QUIET_H
