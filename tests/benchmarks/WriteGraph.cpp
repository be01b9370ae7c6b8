//===- WriteGraph.cpp - Writes the programs that are timed as files -------===//
#include "tests/benchmarks/GraphFile.h"
#include "tests/benchmarks/Workloads.h"
#include <cstdio>

using namespace tactus;
using namespace tactus::benchmarks;

int main(int argc, char **argv) try {
  if (argc < 3) {
    std::fprintf(stderr, "usage: tactus-write-graph FOLDER NAME...\n"
                         "Writes FOLDER/NAME.json and its weights.\n");
    return 1;
  }
  for (int i = 2; i < argc; ++i) {
    bool isKnown = false;
    for (const auto *all : {&workloads(), &compiledWorkloads()})
      for (const Workload &workload : *all)
        if (workload.name == argv[i]) {
          writeGraph(graphOf(workload), workload.name, argv[1]);
          isKnown = true;
        }
    if (!isKnown)
      throw Error("expected the name of a benchmark's program, but got '" +
                  std::string(argv[i]) + "'");
  }
} catch (const Error &error) {
  std::fprintf(stderr, "tactus-write-graph: %s\n", error.what());
  return 1;
}
