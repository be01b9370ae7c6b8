//===- BisectCommand.cpp - tactus bisect ----------------------------------===//
#include "compiler/Bisect/Bisect.h"
#include "compiler/Tools/Commands.h"
#include "compiler/Tools/GraphText.h"
#include "compiler/Tools/RunInputs.h"
#include "compiler/Tools/Source.h"
#include "runtime/Support/Files.h"
#include "runtime/Tensor/Npy.h"
#include "tactus/Error.h"

using namespace tactus;

namespace fs = std::filesystem;

static std::string describe(const Culprit &culprit) {
  std::string text;
  if (!culprit.level.empty())
    text += "level '" + culprit.level + "' means something else than the graph";
  else if (culprit.kernel.empty())
    text += "no kernel is wrong, but an output is";
  else
    text += "kernel '" + culprit.kernel + "' is compiled wrongly";
  if (!culprit.level.empty() && !culprit.kernel.empty())
    text += ", in kernel '" + culprit.kernel + "'";
  if (!culprit.node.empty())
    text +=
        (culprit.level.empty() ? ", which begins with node '" : ", at node '") +
        culprit.node + "'";
  return text + ": " + culprit.report + "\n";
}

/// Writes the graph and its inputs; gives the command that shows the fault.
static std::string writeGraph(const Culprit &culprit, const std::string &target,
                              const fs::path &folder) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (code)
    throw Error("expected a folder '" + folder.string() +
                "' to write the graph to, but got: " + code.message());
  fs::path file = folder / "graph.mlir";
  std::string command = "tactus run " + file.string() + " --target=" + target;
  for (const auto &[name, tensor] : culprit.graph.inputs) {
    fs::path values = folder / (name + ".npy");
    writeNpy(values, tensor);
    command += " --input " + name + "=@" + values.string();
  }
  writeFile(file, mlirText(culprit.graph.program));
  return command + " --compare";
}

static int search(const Arguments &arguments) {
  Program program = readGraph(arguments.operand());
  DriverOptions options;
  options.maxMemory = arguments.bytes("--max-memory");
  options.maxIterations = arguments.count("--max-iterations");
  // What is looked for may lie in the kernels of a cache.
  options.cacheFolder = "";
  Target target = Target::parse(arguments.get("--target").value_or("cpu"));
  if (target.kind() != Target::Kind::Cpu)
    throw Error("expected --target=cpu, whose kernels can be run one by one, "
                "but got '" +
                target.name() + "'");
  refuseKernels(program, target.name());
  std::map<std::string, Tensor> inputs = readInputs(
      arguments, inputPorts(program.main()), MemoryLimit(options.maxMemory));
  std::optional<Culprit> culprit = bisect(program, target, inputs, options);
  if (!culprit) {
    print("no kernel differs from the interpreter beyond its bound\n");
    return 0;
  }
  std::string command = writeGraph(
      *culprit, target.name(), arguments.get("--output").value_or("bisect"));
  print(describe(*culprit) + "a graph of " +
        std::to_string(culprit->graph.numOps) +
        (culprit->graph.numOps == 1 ? " op" : " ops") +
        " that shows it; again with\n  " + command + "\n");
  return 2;
}

static constexpr OptionInfo options[] = {
    {"--target", "TARGET",
     "a processor: cpu (the default), cpu:x86-64-v2, ..."},
    {"--input", "NAME=VALUE", "@file.npy, or 2x2xf32=1,2,3,4", true},
    {"--shape", "NAME=SHAPE", "sizes of an input, such as 64x784", true},
    {"--random-inputs", "SEED", "fill the inputs that are not given"},
    {"--output", "DIR", "where the graph and its inputs go; bisect"},
    {"--max-memory", "BYTES", "refuse a run that takes more, such as 512M"},
    {"--max-iterations", "N", "refuse a run whose loops take more; a million"}};

const CommandInfo tactus::bisectCommand = {
    "bisect",
    "FILE",
    "Finds the first kernel that is compiled wrongly.",
    options,
    search,
    "Runs the levels of a graph on the interpreter, and then its compiled\n"
    "kernels one by one. Writes the least graph that shows what is wrong, "
    "with\n"
    "its inputs. Exit status 2: something is."};
