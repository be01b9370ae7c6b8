//===- Simulator.cpp - Plays programs of the systolic machine -------------===//
#include "runtime/Systolic/Simulator.h"
#include "runtime/Systolic/Hazards.h"
#include "runtime/Systolic/PlayOrder.h"
#include "runtime/Systolic/SimulationCost.h"
#include "runtime/Systolic/TruthValues.h"
#include "tactus/Error.h"
#include <cstring>

using namespace tactus;
using namespace tactus::systolic;

static Program validated(Program program) {
  validate(program);
  return program;
}

Simulator::Simulator(Program program)
    : content(validated(std::move(program))), dependences(content) {}

//===----------------------------------------------------------------------===//
// Inputs and outputs
//===----------------------------------------------------------------------===//

[[noreturn]] static void refuse(const std::string &port, std::string message) {
  Error::Place place;
  place.node = port;
  throw Error(std::move(place), std::move(message));
}

static void writeInputs(const Program &program,
                        const std::map<std::string, Tensor> &inputs,
                        Dram &dram) {
  for (const ProgramPort &port : program.inputs) {
    auto it = inputs.find(port.name);
    if (it == inputs.end())
      refuse(port.name,
             "expected an input of type " + port.type.str() + ", but got none");
    const Tensor &tensor = it->second;
    if (tensor.type() != port.type)
      refuse(port.name, "expected an input of type " + port.type.str() +
                            ", but got " + tensor.type().str());
    if (tensor.byteSize() == 0)
      continue;
    std::memcpy(dram.data() + port.address, tensor.rawData(),
                tensor.byteSize());
    dram.markWritten(port.address, tensor.byteSize());
  }
  if (inputs.size() <= program.inputs.size())
    return;
  for (const auto &[name, tensor] : inputs) {
    bool isKnown = false;
    for (const ProgramPort &port : program.inputs)
      isKnown |= port.name == name;
    if (!isKnown)
      refuse(name, "expected an input of the program, but got another name");
  }
}

static std::map<std::string, Tensor> readOutputs(const Program &program,
                                                 const Dram &dram) {
  std::map<std::string, Tensor> outputs;
  for (const ProgramPort &port : program.outputs) {
    Tensor tensor = Tensor::zeros(port.type);
    if (int64_t bad = dram.findUnwritten(port.address, tensor.byteSize());
        bad >= 0)
      refuse(port.name, "expected the program to write DRAM byte " +
                            std::to_string(bad) +
                            " of the output, but got none that does");
    if (port.type.elementType == ElementType::I1)
      if (auto problem = findTruthProblem(
              {dram.data() + port.address, size_t(tensor.byteSize())},
              port.address))
        refuse(port.name, *problem);
    if (tensor.byteSize())
      std::memcpy(tensor.mutableRawData(), dram.data() + port.address,
                  tensor.byteSize());
    outputs.emplace(port.name, std::move(tensor));
  }
  return outputs;
}

//===----------------------------------------------------------------------===//
// Running
//===----------------------------------------------------------------------===//

SimulationResult Simulator::run(const std::map<std::string, Tensor> &inputs,
                                const SimulationOptions &options) const {
  MemoryLimit(options.maxMemory).check(simulationMemory(content));
  checkSteps(content, options.maxSteps.value_or(defaultMaxSteps));
  Dram dram(content.image, content.dramBytes);
  writeInputs(content, inputs, dram);
  Timing timing(content, dependences, options.weightLoading);
  Hazards hazards(content, dependences);
  Executor executor(content, dram, options.host);
  PlayOrder(content, dependences, timing)
      .play(
          [&](uint32_t index, const std::vector<LocalRange> &ranges) {
            hazards.visit(index, ranges);
            executor.execute(index);
          },
          [&](uint32_t index) {
            hazards.visitBarrier();
            executor.execute(index);
          });

  SimulationResult result;
  result.outputs = readOutputs(content, dram);
  result.report =
      makeReport(content, dependences, timing, options.weightLoading);
  result.report.unifiedBufferRows = executor.unifiedBuffer().highWaterMark();
  result.report.accumulatorRows = executor.accumulatorMemory().highWaterMark();
  result.times = timing.times();
  return result;
}
