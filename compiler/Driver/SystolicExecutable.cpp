//===- SystolicExecutable.cpp - Programs that are simulated ---------------===//
#include "compiler/Driver/SystolicExecutable.h"
#include "compiler/Driver/OwnContext.h"
#include "compiler/Driver/SystolicCompile.h"
#include "tactus/Error.h"
#include "tactus/Simulation.h"
#include <algorithm>

namespace tactus {

/// Programs to keep; each holds its instructions and weights.
static constexpr size_t maxVariants = 16;

SystolicExecutable::SystolicExecutable(const Program &source,
                                       systolic::Machine machine,
                                       DriverOptions driverOptions)
    : options(std::move(driverOptions)), machine(std::move(machine)),
      host(options), program(inOwnContext(source)) {
  inputs = inputPorts(program.main());
  outputs = outputPorts(program.main());
  std::vector<TensorType> types;
  for (const Port &port : inputs)
    types.push_back(port.type);
  if (std::all_of(types.begin(), types.end(),
                  [](const TensorType &type) { return type.isStatic(); }))
    (void)simulatorFor(types);
}

SystolicExecutable::SystolicExecutable(systolic::Program program,
                                       DriverOptions driverOptions)
    : options(std::move(driverOptions)),
      compiled(std::make_shared<systolic::Simulator>(std::move(program))),
      host(options) {
  for (const systolic::ProgramPort &port : compiled->program().inputs)
    inputs.push_back({port.name, port.type});
  for (const systolic::ProgramPort &port : compiled->program().outputs)
    outputs.push_back({port.name, port.type});
}

//===----------------------------------------------------------------------===//
// Compiling
//===----------------------------------------------------------------------===//

std::shared_ptr<const systolic::Simulator>
SystolicExecutable::simulatorFor(std::span<const TensorType> inputTypes) const {
  if (compiled)
    return compiled;
  std::lock_guard lock(mutex);
  for (auto it = variants.begin(); it != variants.end(); ++it)
    if (std::equal(inputTypes.begin(), inputTypes.end(), it->inputTypes.begin(),
                   it->inputTypes.end())) {
      variants.splice(variants.begin(), variants, it);
      return variants.front().simulator;
    }
  DriverOptions once = options;
  if (!variants.empty())
    once.dumpPhases.clear();
  auto made = std::make_shared<const systolic::Simulator>(
      compileToSystolic(inOwnContext(program), machine, once, inputTypes));
  variants.push_front({{inputTypes.begin(), inputTypes.end()}, made});
  if (variants.size() > maxVariants)
    variants.pop_back();
  return made;
}

static std::vector<TensorType> typesOf(std::span<const Tensor> tensors) {
  std::vector<TensorType> types;
  for (const Tensor &tensor : tensors)
    types.push_back(tensor.type());
  return types;
}

std::shared_ptr<const systolic::Simulator> SystolicExecutable::simulatorFor(
    const std::map<std::string, Tensor> &named) const {
  return simulatorFor(typesOf(inOrder(named)));
}

//===----------------------------------------------------------------------===//
// Running
//===----------------------------------------------------------------------===//

systolic::SimulationResult
SystolicExecutable::simulate(std::span<const Tensor> in) const {
  std::map<std::string, Tensor> named;
  for (size_t i = 0; i < in.size(); ++i)
    named.emplace(inputs[i].name, in[i]);
  systolic::SimulationOptions simulation;
  simulation.maxMemory = options.maxMemory;
  simulation.maxSteps = options.maxSteps;
  simulation.host = hostOf(host);
  return simulatorFor(typesOf(in))->run(named, simulation);
}

systolic::SimulationResult
SystolicExecutable::simulate(const std::map<std::string, Tensor> &named) const {
  return simulate(inOrder(named));
}

std::vector<Tensor> SystolicExecutable::run(std::vector<Tensor> in) const {
  systolic::SimulationResult result = simulate(in);
  std::vector<Tensor> ordered;
  for (const Port &port : outputs)
    ordered.push_back(result.outputs.at(port.name));
  return ordered;
}

std::vector<TensorType>
SystolicExecutable::outputTypes(std::span<const TensorType> inputTypes) const {
  auto simulator = simulatorFor(inputTypes);
  std::vector<TensorType> types;
  for (const Port &port : outputs)
    for (const systolic::ProgramPort &made : simulator->program().outputs)
      if (made.name == port.name)
        types.push_back(made.type);
  return types;
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
  const systolic::Report &report = result.report;
  double total = double(std::max<int64_t>(report.totalCycles, 1));
  std::vector<std::pair<std::string, double>> shares = {
      {"array active", double(report.activeCycles) / total}};
  for (size_t i = 0; i < report.stalls.size(); ++i)
    shares.push_back({std::string(toString(systolic::Stall(i))),
                      double(report.stalls[i]) / total});
  return {std::move(result.outputs),
          report.totalCycles,
          report.seconds(),
          report.arrayCycles,
          report.utilization(),
          std::move(shares),
          report.str(),
          report.json(),
          systolic::makeTrace(machine.simulatorFor(inputs)->program(),
                              result.times)};
}

} // namespace tactus
