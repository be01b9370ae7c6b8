//===- main.cpp - Targets against the interpreter on random graphs --------===//
//
// Draws graphs from the dialect's ops, runs each on a target, and checks every
// output against the interpreter's, within bounds that follow from what the
// graph's ops may round. Exit status: 0 where all agree and every op was drawn
// with every element type that it takes, 2 where not, 1 for a wrong command.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/CpuExecutable.h"
#include "tests/differential/Graph.h"
#include "tests/differential/Mutations.h"
#include "tests/differential/QuantizedLayers.h"
#include "tests/differential/Shrink.h"
#include "tests/differential/VectorLoops.h"
#include <cstdio>
#include <iostream>
#include <unistd.h>

using namespace tactus;
using namespace tactus::differential;

namespace {

struct Options {
  std::string target = "cpu";
  uint64_t seed = 1;
  int64_t graphs = 500;
  bool verbose = false;
  /// A fault to put in; the run then succeeds where it is noticed.
  const Mutation *mutation = nullptr;
  /// Shrink what notices the fault, too.
  bool shrinks = false;
};

/// What the whole run saw.
struct Summary {
  std::map<Pair, int64_t> drawn;
  int64_t outputs = 0, judged = 0, failures = 0;
  /// The last reason why a pair could not be drawn.
  std::map<Pair, std::string> refused;
  /// Programs that the fault was put into.
  int64_t mutated = 0;
};

/// A folder of this run, which goes when it ends.
class Folder {
public:
  Folder()
      : path(std::filesystem::temp_directory_path() /
             ("tactus-differential-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(path);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  const std::filesystem::path path;
};

/// Runs `program`, which is for this processor, on two threads that share every
/// kernel, however little it does. Gives the first output whose bits are not
/// those of `results`; empty where there is none.
std::string
findDifferenceOfParts(const Executable &program,
                      const std::map<std::string, Tensor> &inputs,
                      const std::map<std::string, Tensor> &results) {
  auto &cpu = static_cast<const CpuExecutable &>(program.implementation());
  std::vector<Tensor> ordered = cpu.inOrder(inputs);
  StepList list = cpu.variantFor(ordered)->steps;
  list.threads = 2;
  forEachKernel(list,
                [](KernelStep &step) { step.cost = 2 * leastCostOfPart; });
  std::vector<Tensor> inParts = runSteps(list, ordered);
  for (size_t i = 0; i < inParts.size(); ++i) {
    const std::string &name = program.outputs()[i].name;
    if (!inParts[i].bitwiseEquals(results.at(name)))
      return name + ": expected the same bits on two threads";
  }
  return "";
}

/// The first difference in the outputs of one run; empty where there is none.
std::string findDifference(const Graph &graph, const std::string &json,
                           const std::filesystem::path &folder,
                           const Target &target, const DriverOptions &driver,
                           bool allOutputs) {
  std::string refusal;
  std::optional<Program> program = readGraphText(json, folder, refusal);
  if (!program)
    return "the graph is refused: " + refusal;
  std::map<std::string, Tensor> results;
  std::string scalarLoop;
  DriverOptions watched = driver;
  if (driver.afterPhase)
    watched.afterPhase = [&](const Phase &phase, mlir::ModuleOp module) {
      driver.afterPhase(phase, module);
      if (phase.number == "4c" && scalarLoop.empty())
        scalarLoop = findScalarLoop(module);
    };
  try {
    Executable executable = compileProgram(*program, target, watched);
    results = executable.run(graph.inputTensors());
    if (target.kind() == Target::Kind::Cpu)
      if (std::string difference =
              findDifferenceOfParts(executable, graph.inputTensors(), results);
          !difference.empty())
        return difference;
  } catch (const Error &error) {
    return error.what();
  }
  if (!scalarLoop.empty())
    return scalarLoop;
  for (size_t number : graph.outputs(allOutputs)) {
    const Graph::Value &value = graph.values[number];
    const Tensor &actual = results.at(value.outputName());
    if (!(actual.type() == value.bounds.center.type()))
      return value.name + ": expected type " +
             value.bounds.center.type().str() + ", but got " +
             actual.type().str();
    if (!value.bounds.isJudged)
      continue;
    int64_t at = value.bounds.findOutside(actual);
    if (at < 0)
      continue;
    auto element = [&](const Tensor &tensor) {
      std::string text;
      dispatch(tensor.elementType(), [&](auto tag) {
        char buffer[64];
        std::snprintf(buffer, sizeof(buffer), "%.17g",
                      double(tensor.data<decltype(tag)>()[size_t(at)]));
        text = buffer;
      });
      return text;
    };
    return value.name + ", element " + std::to_string(at) + ": expected " +
           element(value.bounds.center) + ", within " +
           element(value.bounds.low) + " and " + element(value.bounds.high) +
           ", but got " + element(actual);
  }
  return "";
}

/// Prints the least of `graph` that fails in the same way, with its inputs.
void printShrunk(const Graph &graph, const std::string &difference,
                 const std::filesystem::path &folder, const Target &target,
                 const DriverOptions &driver) {
  auto differenceOf = [&](const Graph &part) {
    return findDifference(part, part.json(false, false), folder, target, driver,
                          false);
  };
  // Wrong values are one kind of failure, each refusal is one of its own.
  auto kind = [](const std::string &text) {
    return text.find(", element ") != std::string::npos ? "values" : text;
  };
  Graph shrunk = shrink(graph, [&](const Graph &part) {
    std::string found = differenceOf(part);
    return !found.empty() && kind(found) == kind(difference);
  });
  std::cout << "Shrunk to nodes: " << shrunk.nodes.size() << ": "
            << differenceOf(shrunk) << "\n"
            << shrunk.json(false, false) << inputText(shrunk);
}

/// Runs one graph on the target and, whole, on the interpreter.
void check(const Graph &graph, uint64_t seed, const Options &options,
           const std::filesystem::path &folder, Summary &summary) {
  Random random(seed ^ 0x5eed);
  std::string json = graph.json(!graph.isStatic && random.percent(40), false),
              refusal;
  graph.parameters().save(folder / "parameters.safetensors");
  // Some ops want sizes that are known.
  if (!readGraphText(json, folder, refusal))
    json = graph.json(false, false);
  for (size_t number : graph.outputs(false)) {
    ++summary.outputs;
    summary.judged += graph.values[number].bounds.isJudged;
  }
  for (const Pair &pair : graph.pairs)
    ++summary.drawn[pair];
  DriverOptions driver;
  if (options.mutation)
    driver.afterPhase = applyAfterPhase(*options.mutation, summary.mutated);
  else if (seed % 4 == 0)
    // The levels of these are looked at, for which the program is compiled as a
    // whole. Users' programs are compiled a kernel at a time, as the others
    // are.
    driver.afterPhase = [](const Phase &, mlir::ModuleOp) {};
  for (const std::string &name : {options.target, std::string("interpreter")}) {
    Target target = Target::parse(name);
    std::string difference =
        findDifference(graph, json, folder, target, driver, false);
    if (difference.empty())
      continue;
    ++summary.failures;
    bool isFirst = summary.failures == 1;
    if (options.mutation && !(options.shrinks && isFirst))
      continue;
    std::cout << "FAILED on " << name << ": " << difference << "\n" << json;
    printShrunk(graph, difference, folder, target, driver);
    std::cout << "Again with: tactus-differential --target=" << options.target
              << " --seed=" << seed << " --graphs=1\n";
  }
}

/// A graph that has the pairs whose turn it is, and others.
Graph draw(uint64_t seed, const std::vector<Pair> &pairs, Summary &summary) {
  Graph graph(seed);
  auto add = [&](const Pair &pair) {
    if (!graph.addNode(pair))
      summary.refused[pair] = graph.refusal();
  };
  for (int64_t count = graph.random.below(4); count > 0; --count)
    add(graph.random.pick(pairs));
  add(pairs[2 * seed % pairs.size()]);
  add(pairs[(2 * seed + 1) % pairs.size()]);
  for (int64_t count = graph.random.below(5); count > 0; --count)
    add(graph.random.pick(pairs));
  return graph;
}

bool parse(int argc, char **argv, Options &options) {
  for (int i = 1; i < argc; ++i) {
    std::string_view argument = argv[i];
    auto value = [&](std::string_view name) -> const char * {
      return argument.starts_with(name) ? argv[i] + name.size() : nullptr;
    };
    if (const char *target = value("--target="))
      options.target = target;
    else if (const char *seed = value("--seed="))
      options.seed = std::strtoull(seed, nullptr, 10);
    else if (const char *graphs = value("--graphs="))
      options.graphs = std::strtoll(graphs, nullptr, 10);
    else if (argument == "--verbose")
      options.verbose = true;
    else if (argument == "--shrink")
      options.shrinks = true;
    else if (const char *name = value("--mutation=")) {
      for (const Mutation &mutation : mutations())
        if (mutation.name == name)
          options.mutation = &mutation;
      if (!options.mutation)
        return false;
    } else
      return false;
  }
  return options.graphs > 0;
}

int run(const Options &options) {
  bool systolic = options.target.starts_with("systolic");
  std::vector<Pair> pairs = systolic ? systolicPairs() : allPairs();
  Summary summary;
  Folder folder;
  for (int64_t i = 0; i < options.graphs; ++i) {
    uint64_t seed = options.seed + uint64_t(i);
    Graph graph =
        systolic ? drawQuantizedLayers(seed) : draw(seed, pairs, summary);
    if (options.verbose)
      std::cout << "seed " << seed << "\n"
                << graph.json(false, false) << std::flush;
    check(graph, seed, options, folder.path, summary);
  }

  if (options.mutation) {
    std::cout << options.mutation->name.str() << ": put into "
              << summary.mutated << " programs, noticed in " << summary.failures
              << " of " << options.graphs << " graphs\n";
    return summary.failures > 0 ? 0 : 2;
  }
  std::cout << "runs per op and element type:\n";
  int64_t missing = 0;
  const OpInfo *last = nullptr;
  for (const Pair &pair : pairs) {
    if (pair.op != last)
      std::cout << (last ? "\n" : "") << "  " << pair.op->name.str() << ":";
    last = pair.op;
    int64_t count = summary.drawn[pair];
    std::cout << " " << toString(pair.type) << " " << count;
    missing += count == 0;
  }
  std::cout << "\n";
  // Two pairs have their turn in each graph.
  bool isWhole = 2 * options.graphs >= int64_t(pairs.size());
  for (const Pair &pair : pairs)
    if (isWhole && summary.drawn[pair] == 0)
      std::cout << "NEVER DRAWN: " << pair.str() << ", of which the last draw "
                << "was refused: " << summary.refused[pair] << "\n";
  std::cout << options.graphs << " graphs on " << options.target << ", "
            << summary.outputs << " outputs, of which " << summary.judged
            << " could be judged; " << summary.failures << " failed\n";
  return summary.failures || (isWhole && missing) ? 2 : 0;
}

} // namespace

int main(int argc, char **argv) try {
  Options options;
  if (!parse(argc, argv, options)) {
    std::cerr << "usage: tactus-differential [--target=TARGET] [--seed=N] "
                 "[--graphs=N] [--verbose] [--mutation=NAME [--shrink]]\n"
                 "A mutation is a fault put into the compiler: the exit status "
                 "is 0 where it is noticed.\nMutations:";
    for (const Mutation &mutation : mutations())
      std::cerr << " " << mutation.name.str();
    std::cerr << "\n";
    return 1;
  }
  return run(options);
} catch (const std::exception &error) {
  std::cerr << "tactus-differential: " << error.what() << "\n";
  return 1;
}
