//===- CompileGraph.cpp - From graphs of the API to executables -----------===//
#include "compiler/Driver/Calibrate.h"
#include "compiler/Driver/Compile.h"
#include "compiler/Graph/GraphAccess.h"
#include "tactus/Compiler.h"

namespace tactus {

Executable compile(const Graph &graph, const Target &target,
                   const CompileOptions &options,
                   const std::source_location &where) {
  Program program = programOf(graph, where);
  DriverOptions driver = {.dumpPhases = options.dumpPhases,
                          .afterPhase = {},
                          .maxMemory = options.maxMemory,
                          .maxIterations = options.maxIterations};
  if (!options.calibration.samples.empty())
    program = calibrate(program, target, options.calibration, driver);
  return compileProgram(program, target, driver);
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
