//===- RunCommand.cpp - tactus run ----------------------------------------===//
#include "compiler/Driver/Bounds.h"
#include "compiler/Driver/Calibrate.h"
#include "compiler/Driver/LegalizedProgram.h"
#include "compiler/Driver/SystolicExecutable.h"
#include "compiler/Target/TargetImpl.h"
#include "compiler/Tools/CalibrationSamples.h"
#include "compiler/Tools/Commands.h"
#include "compiler/Tools/CpuOutput.h"
#include "compiler/Tools/RemarksOption.h"
#include "compiler/Tools/RunInputs.h"
#include "compiler/Tools/SimulationOutput.h"
#include "compiler/Tools/Source.h"
#include "runtime/Support/Processors.h"
#include "runtime/Tensor/Npy.h"
#include "tactus/Error.h"
#include <chrono>
#include <cstdio>
#include <sstream>

using namespace tactus;

using Tensors = std::map<std::string, Tensor>;
using Clock = std::chrono::steady_clock;

static double milliseconds(Clock::time_point from) {
  return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
}

/// Prints how far each output is from the law's; true where all are within the
/// bound of `boundOf`.
template <typename BoundOf>
static bool compareOutputs(const Executable &law, const Tensors &actual,
                           const Tensors &inputs, BoundOf boundOf) {
  Tensors expected = law.run(inputs);
  bool same = true;
  for (const Port &port : law.outputs()) {
    const Tensor &tensor = expected.at(port.name);
    Comparison result = compare(actual.at(port.name), tensor, boundOf(tensor));
    same &= result.equal();
    std::fprintf(stderr, "%s: %s: %s\n", port.name.c_str(),
                 result.equal() ? "as the interpreter" : "DIFFERENT",
                 result.report.c_str());
  }
  return same;
}

/// What rounding to the types of a machine costs each output of floats, by the
/// graph's own results.
static std::vector<systolic::OutputAccuracy>
measureOutputs(const Executable &graph, const Tensors &actual,
               const Tensors &inputs) {
  Tensors expected = graph.run(inputs);
  std::vector<systolic::OutputAccuracy> found;
  for (const Port &port : graph.outputs())
    if (isFloat(port.type.elementType))
      found.push_back({port.name, measureAccuracy(actual.at(port.name),
                                                  expected.at(port.name))});
  return found;
}

/// Null for a target that is no systolic machine.
static const systolic::Machine *machineOf(const Target &target) {
  return std::get_if<systolic::Machine>(&target.description().machine);
}

/// Compares with the interpreter: a systolic machine, bit for bit, with what it
/// is to compute, level 2.
static bool compareToInterpreter(const Program &program, const Target &target,
                                 const DriverOptions &options,
                                 const Tensors &inputs,
                                 const Tensors &results) {
  Target interpreter = Target::parse("interpreter");
  DriverOptions silent = options;
  silent.dumpPhases.clear();
  const systolic::Machine *machine = machineOf(target);
  if (!machine)
    return compareOutputs(compileProgram(program, interpreter, silent), results,
                          inputs, wholeProgramBound);
  std::vector<TensorType> types;
  for (const Port &port : inputPorts(program.main()))
    types.push_back(inputs.at(port.name).type());
  Program legalized = legalizedProgram(program, *machine, types);
  return compareOutputs(compileProgram(legalized, interpreter, silent), results,
                        inputs,
                        [](const Tensor &) { return Tolerance::exact(); });
}

static void writeOutputs(const std::string &folder,
                         const Executable &executable, const Tensors &results) {
  std::error_code code;
  std::filesystem::create_directories(folder, code);
  if (code)
    throw Error("expected a folder '" + folder +
                "' to write outputs to, but got: " + code.message());
  for (const Port &port : executable.outputs())
    writeNpy(std::filesystem::path(folder) / (port.name + ".npy"),
             results.at(port.name));
}

/// Times calls on bound buffers: the least of as many as fit into a second.
static void timeCalls(const Executable &executable, const Tensors &inputs,
                      const Tensors &results) {
  Call call = executable.bind();
  for (const auto &[name, tensor] : inputs)
    call.input(name, tensor);
  for (const auto &[name, tensor] : results)
    call.output(name, Tensor::zeros(tensor.type()));
  call.run();
  double least = 0;
  int calls = 0;
  for (auto start = Clock::now(); calls < 1 || milliseconds(start) < 1000;
       ++calls) {
    auto from = Clock::now();
    call.run();
    double took = milliseconds(from);
    least = calls == 0 ? took : std::min(least, took);
  }
  std::fprintf(stderr, "call     %9.3f ms (least of %d)\n", least, calls);
}

/// A program was compiled before; its instructions are all that is known.
static void refuseForProgram(const Arguments &arguments,
                             const systolic::Program &program) {
  for (std::string_view option :
       {"--target", "--compare", "--calibrate", "--calibration-method",
        "--dump-phases", "--max-iterations", "--profile", "--dump-asm",
        "--threads", "--no-cache", "--remarks-filter"})
    if (arguments.has(option))
      throw Error("expected no " + std::string(option) +
                  " beside a program, which is compiled for machine '" +
                  program.machine.name + "' already, but got it");
}

static std::vector<Port>
portsOf(const std::vector<systolic::ProgramPort> &ports) {
  std::vector<Port> result;
  for (const systolic::ProgramPort &port : ports)
    result.push_back({port.name, port.type});
  return result;
}

static std::optional<int64_t> readThreads(const Arguments &arguments) {
  std::optional<uint64_t> count = arguments.count("--threads");
  if (!count)
    return std::nullopt;
  if (*count < 1 || *count > uint64_t(maxThreads))
    throw Error("expected --threads to be a number from 1 to " +
                std::to_string(maxThreads) + ", but got " +
                std::to_string(*count));
  return int64_t(*count);
}

static int run(const Arguments &arguments) {
  auto start = Clock::now();
  Source source = readSource(arguments.operand());
  double readTime = milliseconds(start);
  SimulationOutput output(arguments);
  DriverOptions options;
  options.dumpPhases = arguments.get("--dump-phases").value_or("");
  options.maxMemory = arguments.bytes("--max-memory");
  options.maxIterations = arguments.count("--max-iterations");
  options.maxSteps = arguments.count("--max-steps");
  options.threads = readThreads(arguments);
  if (arguments.has("--no-cache"))
    options.cacheFolder = "";

  start = Clock::now();
  auto *graph = std::get_if<Program>(&source);
  auto *compiled = std::get_if<systolic::Program>(&source);
  if (compiled)
    refuseForProgram(arguments, *compiled);
  Target target = Target::parse(arguments.get("--target").value_or("cpu"));
  RemarkOptions remarks = readRemarks(arguments);
  if (arguments.has("--remarks-filter") &&
      target.kind() == Target::Kind::Interpreter)
    throw Error("expected target cpu or systolic:MACHINE with "
                "--remarks-filter, but got 'interpreter'");
  std::optional<CpuOutput> cpuOutput;
  if (graph)
    cpuOutput.emplace(arguments, target);
  bool simulates = output.isWanted();
  if (graph && target.kind() == Target::Kind::Cpu)
    simulates = output.needsMachine(); // And fails.
  MemoryLimit limit(options.maxMemory);
  std::vector<Port> ports =
      graph ? inputPorts(graph->main()) : portsOf(compiled->inputs);
  Tensors inputs = readInputs(arguments, ports, limit);
  if (graph) {
    Calibration calibration = readCalibration(arguments, ports, inputs, limit);
    if (!calibration.samples.empty())
      *graph = calibrate(*graph, target, calibration, options);
  }
  // Nobody asked about what only calibrates.
  options.remarks = remarks;
  Executable executable = graph
                              ? compileProgram(*graph, target, options)
                              : Executable(std::make_shared<SystolicExecutable>(
                                    std::move(*compiled), options));
  double compileTime = milliseconds(start);
  start = Clock::now();
  Tensors results;
  systolic::SimulationResult played;
  if (simulates) {
    played = systolicProgram(executable).simulate(inputs);
    results = played.outputs;
  } else {
    results = executable.run(inputs);
  }
  double firstTime = milliseconds(start);

  if (arguments.has("--time")) {
    std::fprintf(stderr,
                 "read     %9.3f ms\ncompile  %9.3f ms\nfirst    %9.3f ms\n",
                 readTime, compileTime, firstTime);
    timeCalls(executable, inputs, results);
  }
  bool compares = arguments.has("--compare");
  // The processor, which is fast, tells how accurate the machine is, unless the
  // interpreter is asked.
  if (graph && machineOf(target) && (output.wantsReport() || compares))
    played.report.accuracy = measureOutputs(
        compileProgram(*graph, Target::parse(compares ? "interpreter" : "cpu")),
        results, inputs);
  if (simulates)
    output.write(systolicProgram(executable).simulatorFor(inputs)->program(),
                 played);
  if (!output.printsReport())
    for (const systolic::OutputAccuracy &found : played.report.accuracy)
      std::fprintf(stderr, "%s\n", found.str().c_str());
  bool same = !compares ||
              compareToInterpreter(*graph, target, options, inputs, results);
  if (cpuOutput)
    cpuOutput->write(executable, inputs);
  if (auto folder = arguments.get("--output")) {
    writeOutputs(*folder, executable, results);
  } else {
    std::ostringstream text;
    for (const Port &port : executable.outputs())
      text << port.name << " = " << results.at(port.name) << '\n';
    print(text.str());
  }
  if (cpuOutput)
    cpuOutput->print();
  return same ? 0 : 2;
}

static constexpr OptionInfo options[] = {
    {"--target", "TARGET", "cpu (the default), interpreter, systolic:MACHINE"},
    {"--input", "NAME=VALUE", "@file.npy, or 2x2xf32=1,2,3,4", true},
    {"--shape", "NAME=SHAPE", "sizes of an input, such as 64x784", true},
    {"--random-inputs", "SEED", "fill the inputs that are not given"},
    calibrateOption,
    calibrationMethodOption,
    {"--output", "DIR", "write DIR/<output>.npy and print nothing"},
    {"--max-memory", "BYTES",
     "refuse a run that takes more, such as 512M or 4G"},
    {"--max-iterations", "N", "refuse a run whose loops take more; a million"},
    {"--max-steps", "N", "systolic: refuse a run of more multiply-adds; 10^14"},
    {"--threads", "N", "cpu: threads to use; all processors"},
    {"--no-cache", "", "cpu: compile all, keep nothing in TACTUS_CACHE_DIR"},
    {"--compare", "",
     "compare with the interpreter; exit status 2 if different"},
    {"--time", "", "say how long each step took"},
    profileOption,
    dumpAssemblyOption,
    reportOption,
    traceOption,
    timelineOption,
    rooflineOption,
    energyOption,
    {"--dump-phases", "DIR", "write each level of the program"},
    remarksOption};

const CommandInfo tactus::runCommand = {
    "run", "FILE", "Runs a graph or a program, and prints its outputs.",
    options, run};
