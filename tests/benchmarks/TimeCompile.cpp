//===- TimeCompile.cpp - Holds compilation and calls against their bars ---===//
//
// From a graph in memory to an executable that can be called, with packing of
// its weights: without a cache, and with one that has all kernels. What others
// do on the machine only adds, so the least of several times counts.
//
//===----------------------------------------------------------------------===//
#include "tactus/Compiler.h"
#include "tests/benchmarks/Workloads.h"
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <unistd.h>

using namespace tactus;
using namespace tactus::benchmarks;
namespace fs = std::filesystem;

namespace {
/// Milliseconds.
struct Bar {
  const char *name;
  double compile;
  /// With a cache that has all kernels; 0 for none. What remains is mostly the
  /// packing of weights.
  double cached;
};

struct Times {
  double wall = 1e300, processor = 1e300;
};
} // namespace

static constexpr Bar bars[] = {{"one_element", 0, 0},
                               {"mlp_batch_1", 150, 15},
                               {"mlp_batch_64", 150, 15},
                               {"encoder_layer", 400, 0},
                               {"encoder_12_layers", 600, 0}};
static constexpr double barOfCall = 500;

static double now(clockid_t clock) {
  timespec time;
  ::clock_gettime(clock, &time);
  return 1e3 * double(time.tv_sec) + 1e-6 * double(time.tv_nsec);
}

static Times leastTimes(const Graph &graph, const fs::path &cache, int runs) {
  Times least;
  CompileOptions options;
  options.cacheFolder = cache;
  for (int i = 0; i < runs; ++i) {
    double wall = now(CLOCK_MONOTONIC);
    double processor = now(CLOCK_PROCESS_CPUTIME_ID);
    Executable made = compile(graph, Target::parse("cpu"), options);
    least.wall = std::min(least.wall, now(CLOCK_MONOTONIC) - wall);
    least.processor =
        std::min(least.processor, now(CLOCK_PROCESS_CPUTIME_ID) - processor);
  }
  return least;
}

/// Nanoseconds of a call, the least mean of 100 times 1000.
static double timeCall(const Graph &graph) {
  BoundWorkload bound(graph);
  double least = 1e300;
  for (int i = 0; i < 100; ++i) {
    double start = now(CLOCK_MONOTONIC);
    for (int k = 0; k < 1000; ++k)
      bound.run();
    least = std::min(least, (now(CLOCK_MONOTONIC) - start) * 1e6 / 1000);
  }
  return least;
}

static std::string textOf(double milliseconds, double bar, bool &missed) {
  bool isMissed = bar > 0 && milliseconds > bar;
  missed |= isMissed;
  char text[64];
  std::snprintf(text, sizeof(text), bar > 0 ? "%.1f (%.0f)%s" : "%.1f",
                milliseconds, bar, isMissed ? " missed" : "");
  return text;
}

int main(int argc, char **argv) try {
  int runs = argc > 1 ? std::atoi(argv[1]) : 7;
  if (argc > 2 || runs < 1) {
    std::fprintf(stderr, "usage: tactus-benchmark-compile [RUNS]\n");
    return 1;
  }
  fs::path cache = fs::temp_directory_path() /
                   ("tactus-benchmark-" + std::to_string(::getpid()));
  bool missed = false;
  std::printf(
      "least of %d, with bars\n\n"
      "| Program | Compile ms | Processor ms | Cached ms | Processor ms "
      "|\n|---|---|---|---|---|\n",
      runs);
  for (const Bar &bar : bars)
    for (const auto *all : {&workloads(), &compiledWorkloads()})
      for (const Workload &workload : *all) {
        if (workload.name != bar.name)
          continue;
        Graph graph = graphOf(workload);
        Times anew = leastTimes(graph, "", runs);
        (void)leastTimes(graph, cache, 1);
        Times cached = leastTimes(graph, cache, runs);
        std::printf(
            "| %s | %s | %.1f | %s | %.1f |\n", bar.name,
            textOf(anew.wall, bar.compile, missed).c_str(), anew.processor,
            textOf(cached.wall, bar.cached, missed).c_str(), cached.processor);
        std::fflush(stdout);
        if (std::strcmp(bar.name, "one_element") != 0)
          continue;
        double call = timeCall(graph);
        missed |= call > barOfCall;
        std::printf("| a call of it: %.0f ns (%.0f)%s | | | | |\n", call,
                    barOfCall, call > barOfCall ? " missed" : "");
      }
  fs::remove_all(cache);
  return missed ? 1 : 0;
} catch (const Error &error) {
  std::fprintf(stderr, "tactus-benchmark-compile: %s\n", error.what());
  return 1;
}
