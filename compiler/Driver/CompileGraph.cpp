//===- CompileGraph.cpp - From graphs of the API to executables -----------===//
#include "compiler/Driver/Calibrate.h"
#include "compiler/Driver/Compile.h"
#include "compiler/Driver/LegalizedProgram.h"
#include "compiler/Graph/GraphAccess.h"
#include "compiler/Target/TargetImpl.h"
#include "tactus/Simulation.h"

namespace tactus {

static DriverOptions driverOptions(const CompileOptions &options) {
  return {.dumpPhases = options.dumpPhases,
          .afterPhase = {},
          .maxMemory = options.maxMemory,
          .maxIterations = options.maxIterations,
          .threads = options.threads,
          .cacheFolder = options.cacheFolder};
}

/// The graph, with the ranges of its values where it is to be calibrated.
static Program calibrated(const Graph &graph, const Target &target,
                          const CompileOptions &options,
                          const std::source_location &where) {
  Program program = programOf(graph, where);
  if (options.calibration.samples.empty())
    return program;
  return calibrate(program, target, options.calibration,
                   driverOptions(options));
}

Executable compile(const Graph &graph, const Target &target,
                   const CompileOptions &options,
                   const std::source_location &where) {
  return compileProgram(calibrated(graph, target, options, where), target,
                        driverOptions(options));
}

Executable compileLegalized(const Graph &graph, const Target &target,
                            const CompileOptions &options,
                            const std::source_location &where) {
  auto *machine = std::get_if<systolic::Machine>(&target.description().machine);
  if (!machine)
    throw Error(where, "expected a target 'systolic:MACHINE', but got another");
  Program program = calibrated(graph, target, options, where);
  for (const Port &port : inputPorts(program.main()))
    if (!port.type.isStatic())
      throw Error(where, "expected static shapes for a systolic machine, but "
                         "input '" +
                             port.name + "' has type " + port.type.str());
  return compileProgram(legalizedProgram(program, *machine),
                        Target::parse("interpreter"), driverOptions(options));
}

Tensor evaluate(const Value &value, const std::source_location &where) {
  static const Target interpreter = Target::parse("interpreter");
  return evaluate(value, interpreter, where);
}

Tensor evaluate(const Value &value, const Target &target,
                const std::source_location &where) {
  Executable program = compileProgram(programOf(value, where), target);
  return program.run({}).begin()->second;
}

} // namespace tactus
