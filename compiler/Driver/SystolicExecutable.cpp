//===- SystolicExecutable.cpp - Programs that are simulated ---------------===//
#include "compiler/Driver/SystolicExecutable.h"
#include "compiler/Conversion/ToLLVM/Passes.h"
#include "compiler/Driver/DumpPhases.h"
#include "compiler/Driver/OwnContext.h"
#include "compiler/Driver/PrepareRunner.h"
#include "compiler/Emit/SystolicEmit.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "dialects/Systolic/ModuleMachine.h"
#include "tactus/Error.h"
#include "tactus/Simulation.h"

using namespace mlir;

namespace tactus {

static systolic::Program compileFor(const Program &program,
                                    const systolic::Machine &machine,
                                    const DriverOptions &options) {
  DiagnosticCollector collector(program.context.get());
  ModuleOp module = program.module.get();
  module->setAttr(systolic::machineAttributeName,
                  systolic::attributeOf(machine, program.context.get()));
  DumpPhases dump(options.dumpPhases);
  std::vector<Phase> phases = systolicPhases("");
  std::vector<Tensor> prepared;
  for (const Phase &phase : phases) {
    if (failed(runPhases(module, phase)))
      throw collector.toError();
    if (options.afterPhase)
      options.afterPhase(phase, module);
    dump.write(phase, module);
    if (phase.word == "outlined") {
      FailureOr<std::vector<Tensor>> results = prepareOnHost(
          module, program.parameters, MemoryLimit(options.maxMemory));
      if (failed(results))
        throw collector.toError();
      prepared = std::move(*results);
    }
  }
  auto op = module.lookupSymbol<systolic::ProgramOp>("main");
  FailureOr<systolic::Program> emitted = systolic::emitProgram(op, prepared);
  if (failed(emitted))
    throw collector.toError();
  dump.writeText("6s.encoded.txt", systolic::disassemble(*emitted));
  return std::move(*emitted);
}

SystolicExecutable::SystolicExecutable(const Program &source,
                                       const systolic::Machine &machine,
                                       const DriverOptions &options) {
  Program program = inOwnContext(source);
  DialectRegistry registry;
  registerLoweredDialects(registry);
  registry.insert<systolic::SystolicDialect>();
  program.context->appendDialectRegistry(registry);
  program.context->loadAllAvailableDialects();
  inputs = inputPorts(program.main());
  outputs = outputPorts(program.main());
  for (const Port &port : inputs)
    if (!port.type.isStatic())
      throw Error("expected static shapes for a systolic machine, but input '" +
                  port.name + "' has type " + port.type.str());
  simulator = std::make_unique<systolic::Simulator>(
      compileFor(program, machine, options));
}

systolic::SimulationResult
SystolicExecutable::simulate(std::span<const Tensor> in) const {
  std::map<std::string, Tensor> named;
  for (size_t i = 0; i < in.size(); ++i)
    named.emplace(inputs[i].name, in[i]);
  return simulator->run(named);
}

std::vector<Tensor> SystolicExecutable::run(std::vector<Tensor> in) const {
  systolic::SimulationResult result = simulate(in);
  std::vector<Tensor> ordered;
  for (const Port &port : outputs)
    ordered.push_back(result.outputs.at(port.name));
  return ordered;
}

std::vector<TensorType>
SystolicExecutable::outputTypes(std::span<const TensorType>) const {
  std::vector<TensorType> types;
  for (const Port &port : outputs)
    types.push_back(port.type);
  return types;
}

systolic::SimulationResult SystolicExecutable::simulate(
    const std::map<std::string, Tensor> &inputs) const {
  return simulate(inOrder(inputs));
}

const SystolicExecutable &systolicProgram(const Executable &program) {
  (void)program.inputs(); // Throws where it was moved from.
  auto *machine =
      dynamic_cast<const SystolicExecutable *>(&program.implementation());
  if (!machine)
    throw Error("expected a program compiled for a target 'systolic:MACHINE', "
                "but got one for another target");
  return *machine;
}

Simulation simulate(const Executable &program,
                    const std::map<std::string, Tensor> &inputs) {
  const SystolicExecutable &machine = systolicProgram(program);
  systolic::SimulationResult result = machine.simulate(inputs);
  return {std::move(result.outputs),
          result.report.totalCycles,
          result.report.arrayCycles,
          result.report.str(),
          result.report.json(),
          systolic::makeTrace(machine.program(), result.times)};
}

} // namespace tactus
