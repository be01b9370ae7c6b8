//===- TimeCalls.cpp - Times calls and compilation of our programs --------===//
//
// One thread; the figures of another run, or of another machine, are compared
// only as ratios.
//
//===----------------------------------------------------------------------===//
#include "tactus/Compiler.h"
#include "tests/benchmarks/Workloads.h"
#include <benchmark/benchmark.h>

using namespace tactus;
using benchmarks::Workload;

static void timeCall(benchmark::State &state, const Workload &workload) {
  benchmarks::BoundWorkload bound(graphOf(workload));
  for (auto _ : state)
    bound.run();
  if (workload.multiplyAdds() > 0)
    state.counters["flops"] =
        benchmark::Counter(2 * workload.multiplyAdds(),
                           benchmark::Counter::kIsIterationInvariantRate);
}

static void timeCompile(benchmark::State &state, const Workload &workload) {
  Graph graph = graphOf(workload);
  Target target = Target::parse("cpu");
  CompileOptions options;
  options.cacheFolder = "";
  for (auto _ : state)
    benchmark::DoNotOptimize(compile(graph, target, options));
}

int main(int argc, char **argv) {
  for (const Workload &workload : benchmarks::workloads()) {
    benchmark::RegisterBenchmark(
        ("call/" + workload.name).c_str(),
        [&](benchmark::State &state) { timeCall(state, workload); })
        ->Unit(benchmark::kMicrosecond)
        ->MinTime(0.2);
    benchmark::RegisterBenchmark(
        ("compile/" + workload.name).c_str(),
        [&](benchmark::State &state) { timeCompile(state, workload); })
        ->Unit(benchmark::kMillisecond)
        ->MinTime(0.2);
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv))
    return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
