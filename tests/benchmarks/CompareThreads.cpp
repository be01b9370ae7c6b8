//===- CompareThreads.cpp - Times our programs on one and more threads ----===//
//
// Both run in this process in turns of a few milliseconds, so that what else
// the machine does meets both. What is reported is the median of the turns'
// ratios.
//
//===----------------------------------------------------------------------===//
#include "tactus/Error.h"
#include "tests/benchmarks/Turns.h"
#include "tests/benchmarks/Workloads.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace tactus;
using namespace tactus::benchmarks;

namespace {

constexpr const char *usage =
    R"(usage: tactus-compare-threads [options]

Times each program on one thread and on several.

  --threads=N  2 by default
  --only=TEXT  only the programs whose name has TEXT
  --turns=N    turns of each, 101 by default
)";

struct Options {
  std::string only;
  int turns = 101, threads = 2;
};

Options parseOptions(int argc, char **argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    std::string argument = argv[i];
    auto valueOf = [&](const char *prefix) -> const char * {
      return argument.starts_with(prefix) ? argv[i] + std::strlen(prefix)
                                          : nullptr;
    };
    if (const char *value = valueOf("--threads="))
      options.threads = std::atoi(value);
    else if (const char *value = valueOf("--only="))
      options.only = value;
    else if (const char *value = valueOf("--turns="))
      options.turns = std::max(1, std::atoi(value));
    else
      throw Error("unknown option '" + argument + "'\n" + usage);
  }
  return options;
}

void compare(const Workload &workload, const Options &options) {
  Graph graph = workload.graph();
  BoundWorkload alone(graph), together(graph, options.threads);
  if (!alone.y.bitwiseEquals(together.y))
    throw Error(workload.name +
                ": expected the same bits for any number of threads");
  int count = runsOfTurn(timeOf(alone, 3) / 3);
  std::vector<double> one, many, ratios;
  for (int turn = 0; turn < options.turns; ++turn) {
    one.push_back(timeOf(alone, count) / count);
    many.push_back(timeOf(together, count) / count);
    ratios.push_back(one.back() / many.back());
  }
  std::printf("| %s | %.4f | %.4f | %.2f |\n", workload.name.c_str(),
              median(one), median(many), median(ratios));
  std::fflush(stdout);
}

int run(const Options &options) {
  std::printf(
      "Medians of %d turns\n\n| Program | 1 thread ms | %d threads ms | "
      "Times as fast |\n|---|---|---|---|\n",
      options.turns, options.threads);
  bool isEmpty = true;
  for (const Workload &workload : workloads()) {
    if (workload.name.find(options.only) == std::string::npos)
      continue;
    isEmpty = false;
    compare(workload, options);
  }
  if (isEmpty)
    throw Error("expected part of a program's name, but got '" + options.only +
                "'");
  return 0;
}

} // namespace

int main(int argc, char **argv) try {
  return run(parseOptions(argc, argv));
} catch (const Error &error) {
  std::fprintf(stderr, "tactus-compare-threads: %s\n", error.what());
  return 1;
}
