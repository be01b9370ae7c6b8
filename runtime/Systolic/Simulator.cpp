//===- Simulator.cpp - Plays programs of the systolic machine -------------===//
#include "runtime/Systolic/Simulator.h"
#include "runtime/Systolic/Hazards.h"
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

namespace {
/// One run: always the instruction next that can start first.
class Run {
public:
  Run(const Program &program, const Dependences &dependences,
      const SimulationOptions &options, Dram &dram)
      : program(program), dependences(dependences),
        timing(program, dependences, options.weightLoading),
        hazards(program, dependences), executor(program, dram, options.host) {}

  void play() {
    for (uint32_t i = 0; i < program.instructions.size(); ++i) {
      if (!program.instructions[i].isBarrier())
        continue;
      playUpTo(i);
      hazards.visitBarrier();
      timing.scheduleBarrier(i);
      executor.execute(i);
    }
  }

  Timing &time() { return timing; }
  const Executor &state() const { return executor; }

private:
  /// The first instruction of a queue that comes before `barrier`.
  uint32_t headOf(int queue, uint32_t barrier) const {
    const std::vector<uint32_t> &list = dependences.queues[queue];
    if (next[queue] == list.size() || list[next[queue]] > barrier)
      return noInstruction;
    return list[next[queue]];
  }

  void playUpTo(uint32_t barrier) {
    // Where two can start at once, the unit with the higher claim on memories
    // goes first.
    static constexpr Queue order[] = {Queue::MM, Queue::ACT, Queue::WL,
                                      Queue::LD, Queue::ST};
    while (true) {
      uint32_t first = noInstruction;
      int64_t least = 0;
      bool isDone = true;
      for (Queue queue : order) {
        uint32_t head = headOf(int(queue), barrier);
        if (head == noInstruction)
          continue;
        isDone = false;
        std::optional<int64_t> ready = timing.findReady(head);
        if (ready && (first == noInstruction || *ready < least)) {
          first = head;
          least = *ready;
        }
      }
      if (isDone)
        return;
      if (first == noInstruction)
        throwDeadlock(barrier);
      ranges =
          localRanges(program.instructions[first].operands, program.machine);
      hazards.visit(first, ranges);
      executor.execute(first);
      timing.schedule(first, ranges);
      ++next[size_t(program.instructions[first].queue)];
    }
  }

  [[noreturn]] void throwDeadlock(uint32_t barrier) const {
    std::string text;
    uint32_t first = noInstruction;
    for (int queue = 0; queue < numQueues; ++queue) {
      uint32_t head = headOf(queue, barrier);
      if (head == noInstruction)
        continue;
      first = std::min(first, head);
      text += (text.empty() ? "" : "; ") + timing.describeBlock(head);
    }
    fail(program, first,
         "expected a queue that can go on, but got a deadlock: " + text);
  }

  const Program &program;
  const Dependences &dependences;
  Timing timing;
  Hazards hazards;
  Executor executor;
  std::array<uint32_t, numQueues> next = {};
  std::vector<LocalRange> ranges;
};
} // namespace

SimulationResult Simulator::run(const std::map<std::string, Tensor> &inputs,
                                const SimulationOptions &options) const {
  MemoryLimit(options.maxMemory).check(simulationMemory(content));
  checkSteps(content, options.maxSteps.value_or(defaultMaxSteps));
  Dram dram(content.image, content.dramBytes);
  writeInputs(content, inputs, dram);
  Run run(content, dependences, options, dram);
  run.play();

  SimulationResult result;
  result.outputs = readOutputs(content, dram);
  result.report =
      makeReport(content, dependences, run.time(), options.weightLoading);
  result.report.unifiedBufferRows = run.state().unifiedBuffer().highWaterMark();
  result.report.accumulatorRows =
      run.state().accumulatorMemory().highWaterMark();
  result.times = run.time().times();
  return result;
}
