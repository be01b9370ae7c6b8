//===- CompareOnnxRuntime.cpp - Times our programs beside ONNX Runtime's --===//
//
// Both run in this process, on one thread of one processor, in turns of a few
// milliseconds, so that what else the machine does meets both. What is reported
// is the median of the turns' ratios; absolute times are of little worth.
//
//===----------------------------------------------------------------------===//
#include "tests/benchmarks/GraphFile.h"
#include "tests/benchmarks/OnnxRuntime.h"
#include "tests/benchmarks/Turns.h"
#include "tests/benchmarks/Workloads.h"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <sched.h>

using namespace tactus;
using namespace tactus::benchmarks;

namespace {

constexpr const char *usage =
    R"(usage: tactus-compare-onnxruntime --folder=DIR [--library=FILE] [options]

Times each program beside ONNX Runtime's version of it, and fails where one that
has a bar is above it.

  --library=FILE  libonnxruntime.so; by default $TACTUS_ONNXRUNTIME. Where none is
                  named, nothing is compared, and the exit status is 77
  --folder=DIR    where the graphs, weights and ONNX models are written
  --only=TEXT     only the programs whose name has TEXT
  --turns=N       turns of each, 101 by default
)";

constexpr int statusOfNothing = 77;

struct Options {
  std::filesystem::path library, folder;
  std::string only;
  int turns = 101;
};

Options parseOptions(int argc, char **argv) {
  Options options;
  if (const char *library = std::getenv("TACTUS_ONNXRUNTIME"))
    options.library = library;
  for (int i = 1; i < argc; ++i) {
    std::string argument = argv[i];
    auto valueOf = [&](const char *prefix) -> const char * {
      return argument.starts_with(prefix) ? argv[i] + std::strlen(prefix)
                                          : nullptr;
    };
    if (const char *value = valueOf("--library="))
      options.library = value;
    else if (const char *value = valueOf("--folder="))
      options.folder = value;
    else if (const char *value = valueOf("--only="))
      options.only = value;
    else if (const char *value = valueOf("--turns="))
      options.turns = std::max(1, std::atoi(value));
    else
      throw Error("unknown option '" + argument + "'\n" + usage);
  }
  if (options.folder.empty())
    throw Error(std::string("expected --folder=DIR\n") + usage);
  return options;
}

/// Keeps this thread, the only one, on the processor where it is.
void stayOnOneProcessor() {
  cpu_set_t processors;
  CPU_ZERO(&processors);
  CPU_SET(size_t(sched_getcpu()), &processors);
  (void)sched_setaffinity(0, sizeof(processors), &processors);
}

/// Writes the graph as JSON and as the ONNX model that a script makes of it.
std::filesystem::path writeModel(const Graph &graph, const std::string &name,
                                 const std::filesystem::path &folder) {
  std::filesystem::path json = writeGraph(graph, name, folder),
                        onnx = folder / (name + ".onnx");
  std::string command = std::string(TACTUS_PYTHON) + " '" +
                        TACTUS_GRAPH_TO_ONNX + "' '" + json.string() + "' '" +
                        onnx.string() + "'";
  if (std::system(command.c_str()) != 0)
    throw Error("expected this command to succeed: " + command);
  return onnx;
}

/// Throws where the two results are not those of one program.
void requireNear(const Tensor &ours, const Tensor &theirs,
                 const std::string &name) {
  auto a = ours.data<float>(), b = theirs.data<float>();
  double farthest = 0, largest = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    farthest = std::max(farthest, std::fabs(double(a[i]) - double(b[i])));
    largest = std::max(largest, std::fabs(double(b[i])));
  }
  // Both round in f32; a different program would be off by far more.
  if (!(farthest <= 1e-4 * largest))
    throw Error(name +
                ": expected results within 1e-4 of the largest number, "
                "but got a distance of " +
                std::to_string(farthest / largest));
}

struct Result {
  double ours = 0, theirs = 0, ratio = 0;
  int level = 0;
};

/// Compares with the better of ONNX Runtime unoptimized and optimized.
Result compare(const Workload &workload, const OnnxRuntime &runtime,
               const Options &options) {
  Graph graph = workload.graph();
  auto model = writeModel(graph, workload.name, options.folder);
  BoundWorkload ours(graph);
  const int levels[] = {0, 99};
  Tensor y0 = Tensor::zeros(ours.y.type()), y1 = Tensor::zeros(ours.y.type());
  OnnxSession plain(runtime, model, levels[0], ours.x, y0),
      optimized(runtime, model, levels[1], ours.x, y1);
  plain.run();
  optimized.run();
  requireNear(ours.y, y0, workload.name);
  requireNear(ours.y, y1, workload.name);

  int count = runsOfTurn(timeOf(ours, 3) / 3);
  std::vector<double> times[3], ratios[2];
  for (int turn = 0; turn < options.turns; ++turn) {
    double theirs[2] = {};
    times[2].push_back(timeOf(ours, count) / count);
    theirs[0] = timeOf(plain, count) / count;
    theirs[1] = timeOf(optimized, count) / count;
    for (int i = 0; i < 2; ++i) {
      times[i].push_back(theirs[i]);
      ratios[i].push_back(times[2].back() / theirs[i]);
    }
  }
  int better = median(ratios[0]) > median(ratios[1]) ? 0 : 1;
  return {median(times[2]), median(times[better]), median(ratios[better]),
          levels[better]};
}

int run(const Options &options) {
  if (options.library.empty()) {
    std::fprintf(stderr,
                 "no ONNX Runtime is named, so there is nothing to "
                 "compare with\n%s",
                 usage);
    return statusOfNothing;
  }
  stayOnOneProcessor();
  OnnxRuntime runtime(options.library);
  std::printf("ONNX Runtime %s, one thread, medians of %d turns\n\n",
              runtime.version().c_str(), options.turns);
  std::printf("| Program | Tactus ms | ONNX Runtime ms (level) | Ratio | Bar "
              "|\n|---|---|---|---|---|\n");
  bool isMissed = false, isEmpty = true;
  for (const Workload &workload : workloads()) {
    if (workload.name.find(options.only) == std::string::npos)
      continue;
    isEmpty = false;
    Result result = compare(workload, runtime, options);
    char bar[40] = "";
    if (workload.bar > 0)
      std::snprintf(bar, sizeof(bar), "%.1f%s", workload.bar,
                    result.ratio > workload.bar ? ", missed" : "");
    std::printf("| %s | %.4f | %.4f (%d) | %.2f | %s |\n",
                workload.name.c_str(), result.ours, result.theirs, result.level,
                result.ratio, bar);
    std::fflush(stdout);
    isMissed |= workload.bar > 0 && result.ratio > workload.bar;
  }
  if (isEmpty)
    throw Error("expected part of a program's name, but got '" + options.only +
                "'");
  return isMissed ? 1 : 0;
}

} // namespace

int main(int argc, char **argv) try {
  return run(parseOptions(argc, argv));
} catch (const Error &error) {
  std::fprintf(stderr, "tactus-compare-onnxruntime: %s\n", error.what());
  return 1;
}
