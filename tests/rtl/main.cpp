//===- main.cpp - The simulator's array against registers -----------------===//
//
// Draws programs of random shapes for arrays of several sizes and holds the
// simulator's cycles and values against SystolicArray.sv, sum by sum, in both
// modes of weight loading. Exit status: 0 where all agree (with a fault put in,
// where it is noticed), 2 where not, 1 for a wrong command.
//
//===----------------------------------------------------------------------===//
#include "tests/rtl/Comparison.h"
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <stdexcept>

using namespace tactus;
using namespace tactus::rtl;

namespace {

struct Options {
  /// All that there are models of where it is empty.
  std::string array;
  uint64_t seed = 1;
  /// The usual number for each size where it is 0.
  int64_t cases = 0;
  /// Both where none is chosen.
  std::optional<systolic::WeightLoading> loading;
  const Fault *fault = nullptr;
};

bool parse(int argc, char **argv, Options &options) {
  for (int i = 1; i < argc; ++i) {
    std::string_view argument = argv[i];
    auto value = [&](std::string_view name) -> const char * {
      return argument.starts_with(name) ? argv[i] + name.size() : nullptr;
    };
    if (const char *array = value("--array="))
      options.array = array;
    else if (const char *seed = value("--seed="))
      options.seed = std::strtoull(seed, nullptr, 10);
    else if (const char *cases = value("--cases="))
      options.cases = std::strtoll(cases, nullptr, 10);
    else if (argument == "--loading=overlapped")
      options.loading = systolic::WeightLoading::Overlapped;
    else if (argument == "--loading=serial")
      options.loading = systolic::WeightLoading::Serial;
    else if (const char *name = value("--fault=")) {
      for (const Fault &fault : faults())
        if (fault.name == name)
          options.fault = &fault;
      if (!options.fault)
        return false;
    } else
      return false;
  }
  return options.cases >= 0;
}

/// Shapes of one size in the suite: each run of a large array takes long.
int64_t usualCases(const ArraySize &size) {
  int64_t cells = size.rows * size.columns;
  return cells > 4096 ? 40 : cells > 512 ? 200 : 300;
}

/// How many of the cases of one size differ.
int64_t compareSize(const ArraySize &size, int64_t cases,
                    const Options &options) {
  std::unique_ptr<ArrayModel> model = makeModel(size);
  if (!model)
    throw std::runtime_error("expected a size that there is a model of, but "
                             "got " +
                             size.name());
  Effort effort;
  int64_t different = 0;
  for (int64_t i = 0; i < cases; ++i) {
    uint64_t seed = options.seed + uint64_t(i);
    bool isDifferent = false;
    for (auto loading : {systolic::WeightLoading::Overlapped,
                         systolic::WeightLoading::Serial}) {
      if (options.loading && options.loading != loading)
        continue;
      std::string found =
          findDifference(*model, seed, loading, options.fault, effort);
      isDifferent |= !found.empty();
      if (found.empty() || options.fault)
        continue;
      std::string mode =
          loading == systolic::WeightLoading::Serial ? "serial" : "overlapped";
      std::cout << "FAILED on " << size.name() << ", " << mode << ": " << found
                << "\nAgain with: build/bin/tactus-rtl --array=" << size.name()
                << " --loading=" << mode << " --seed=" << seed
                << " --cases=1\n";
    }
    different += isDifferent;
  }
  std::printf("%s: %lld shapes in %lld runs, %lld sums in %lld cycles of the "
              "model (%.0f a second); %lld shapes differ\n",
              size.name().c_str(), (long long)cases, (long long)effort.runs,
              (long long)effort.sums, (long long)effort.cycles,
              effort.cycles / std::max(effort.seconds, 1e-9),
              (long long)different);
  std::fflush(stdout);
  return different;
}

int run(const Options &options) {
  int64_t shapes = 0, different = 0;
  for (const ArraySize &size : modelSizes()) {
    bool needsFault = options.fault && options.fault->name == "chain";
    if (size.isFaulty != needsFault ||
        (!options.array.empty() && options.array != size.name()))
      continue;
    int64_t cases = options.cases ? options.cases : usualCases(size);
    shapes += cases;
    different += compareSize(size, cases, options);
  }
  if (!shapes)
    throw std::runtime_error("expected the size of a model, but got '" +
                             options.array + "'");
  if (options.fault) {
    std::cout << options.fault->name << ": noticed in " << different << " of "
              << shapes << " shapes\n";
    return 2 * different >= shapes ? 0 : 2;
  }
  std::cout << shapes << " shapes; " << different << " differ\n";
  return different ? 2 : 0;
}

} // namespace

int main(int argc, char **argv) try {
  Options options;
  if (!parse(argc, argv, options)) {
    std::cerr << "usage: tactus-rtl [--array=SIZE] [--seed=N] [--cases=N] "
                 "[--loading=overlapped|serial] [--fault=NAME]\nSizes:";
    for (const ArraySize &size : modelSizes())
      if (!size.isFaulty)
        std::cerr << " " << size.name();
    std::cerr << "\nWith a fault the exit status is 0 where it is noticed in "
                 "at least half of the shapes. Faults:\n";
    for (const Fault &fault : faults())
      std::cerr << "  " << fault.name << ": " << fault.meaning << "\n";
    return 1;
  }
  return run(options);
} catch (const std::exception &error) {
  std::cerr << "tactus-rtl: " << error.what() << "\n";
  return 1;
}
