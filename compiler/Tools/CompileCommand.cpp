//===- CompileCommand.cpp - tactus compile --------------------------------===//
#include "compiler/Driver/SystolicCompile.h"
#include "compiler/Target/TargetImpl.h"
#include "compiler/Tools/CalibrationSamples.h"
#include "compiler/Tools/Commands.h"
#include "compiler/Tools/RemarksOption.h"
#include "compiler/Tools/RunInputs.h"
#include "compiler/Tools/Source.h"
#include "runtime/Systolic/ProgramFile.h"
#include "tactus/Error.h"

using namespace tactus;

static Target targetOf(const Arguments &arguments) {
  std::string_view expected =
      "expected --target=systolic:MACHINE, which alone has a file format for "
      "programs now";
  auto name = arguments.get("--target");
  if (!name)
    throw Error(std::string(expected) + ", but got none");
  Target target = Target::parse(*name);
  if (target.kind() != Target::Kind::Systolic)
    throw Error(std::string(expected) + ", but got '" + *name +
                "'; tactus run compiles for it and runs");
  return target;
}

/// Where the program goes; never over what it is made from.
static std::filesystem::path outputOf(const Arguments &arguments) {
  auto file = arguments.get("-o");
  if (!file)
    throw Error("expected -o FILE, where the program goes, but got none");
  std::error_code code;
  if (std::filesystem::equivalent(*file, arguments.operand(), code))
    throw Error({.file = *file},
                "expected a file other than the graph, but got the same");
  return *file;
}

static int compileToFile(const Arguments &arguments) {
  Target target = targetOf(arguments);
  std::filesystem::path file = outputOf(arguments);
  Program program = readGraph(arguments.operand());
  DriverOptions options;
  options.dumpPhases = arguments.get("--dump-phases").value_or("");
  options.maxMemory = arguments.bytes("--max-memory");
  std::vector<TensorType> types =
      readInputTypes(arguments, inputPorts(program.main()));
  program =
      readCalibrated(arguments, std::move(program), target, types, options);
  options.remarks = readRemarks(arguments);
  systolic::Program compiled = compileToSystolic(
      std::move(program),
      std::get<systolic::Machine>(target.description().machine), options,
      types);
  validate(compiled);
  writeProgramFile(file, compiled);
  return 0;
}

static constexpr OptionInfo options[] = {
    {"--target", "systolic:MACHINE", "a preset of tactus targets, or a .json"},
    {"--shape", "NAME=SHAPE", "sizes of an input, such as 64x784", true},
    calibrateOption,
    calibrationMethodOption,
    {"-o", "FILE", "where the program goes, such as model.sys"},
    {"--max-memory", "BYTES", "refuse to take more for weights, such as 4G"},
    {"--dump-phases", "DIR", "write each level of the program"},
    remarksOption};

const CommandInfo tactus::compileCommand = {
    "compile", "GRAPH", "Compiles a graph to a file that tactus run plays.",
    options, compileToFile};
