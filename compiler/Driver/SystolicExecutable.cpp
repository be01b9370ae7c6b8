//===- SystolicExecutable.cpp - Programs that are simulated ---------------===//
#include "compiler/Driver/SystolicExecutable.h"
#include "compiler/Driver/OwnContext.h"
#include "compiler/Driver/SystolicCompile.h"
#include "tactus/Error.h"
#include "tactus/Simulation.h"

namespace tactus {

SystolicExecutable::SystolicExecutable(const Program &source,
                                       const systolic::Machine &machine,
                                       const DriverOptions &options)
    : SystolicExecutable(
          compileToSystolic(inOwnContext(source), machine, options), options) {
  // In the order of the graph, whatever that of the program is.
  inputs = inputPorts(source.main());
  outputs = outputPorts(source.main());
}

SystolicExecutable::SystolicExecutable(systolic::Program program,
                                       const DriverOptions &driverOptions)
    : simulator(std::move(program)) {
  options.maxMemory = driverOptions.maxMemory;
  options.maxSteps = driverOptions.maxSteps;
  for (const systolic::ProgramPort &port : simulator.program().inputs)
    inputs.push_back({port.name, port.type});
  for (const systolic::ProgramPort &port : simulator.program().outputs)
    outputs.push_back({port.name, port.type});
}

systolic::SimulationResult
SystolicExecutable::simulate(std::span<const Tensor> in) const {
  std::map<std::string, Tensor> named;
  for (size_t i = 0; i < in.size(); ++i)
    named.emplace(inputs[i].name, in[i]);
  return simulator.run(named, options);
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
