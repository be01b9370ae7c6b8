//===- SystolicProgramReader.cpp - Any bytes are a program or an error ----===//
#include "runtime/Support/Assert.h"
#include "runtime/Systolic/ProgramFile.h"
#include "runtime/Systolic/Simulator.h"
#include "tactus/Error.h"
#include "tests/fuzz/Readers.h"

using namespace tactus;
using namespace tactus::systolic;

/// Plays what was read, or has it refused.
static void play(Program program) {
  std::map<std::string, Tensor> inputs;
  SimulationOptions options;
  options.maxMemory = uint64_t(64) << 20;
  options.maxSteps = 100'000'000;
  try {
    Simulator simulator(std::move(program));
    for (const ProgramPort &port : simulator.program().inputs) {
      // Ports lie in DRAM, which may be larger than memory.
      if (simulator.program().dramBytes > *options.maxMemory)
        return;
      inputs.emplace(port.name, Tensor::zeros(port.type));
    }
    simulator.run(inputs, options);
  } catch (const Error &) {
  }
}

bool fuzz::readsSystolicProgram(std::span<const uint8_t> bytes) {
  try {
    Program program = deserialize(bytes, "fuzz.sys");
    std::string written = serialize(program);
    Program again = deserialize(
        {reinterpret_cast<const uint8_t *>(written.data()), written.size()},
        "again.sys");
    TACTUS_ASSERT(again == program, "programs round-trip through files");
    play(std::move(program));
    return true;
  } catch (const Error &) {
    return false;
  }
}
