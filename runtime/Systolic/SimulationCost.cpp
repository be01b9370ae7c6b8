//===- SimulationCost.cpp - What a simulation takes -----------------------===//
#include "runtime/Systolic/SimulationCost.h"
#include "dialects/Systolic/Footprint.h"
#include "tactus/Error.h"
#include <algorithm>

using namespace tactus;
using namespace tactus::systolic;

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

// What is kept beside each byte, row and instruction, rounded up.
static constexpr uint64_t bytesARow = 128, bytesAnInstruction = 192,
                          bytesAProductRow = 32;

static uint64_t bytesOf(const TensorType &type) {
  uint64_t size = uint64_t(byteSize(type.elementType));
  for (const Dimension &dimension : type.dimensions)
    size *= uint64_t(dimension.size());
  return size;
}

static uint64_t bytesOf(const std::vector<ProgramPort> &ports) {
  uint64_t bytes = 0;
  for (const ProgramPort &port : ports)
    bytes += bytesOf(port.type);
  return bytes;
}

MemoryUse systolic::simulationMemory(const Program &program) {
  const Machine &machine = program.machine;
  uint64_t numTiles = 0, tileBytes = 0, rangeBytes = 0;
  for (const Instruction &instruction : program.instructions) {
    if (auto *op = std::get_if<LoadWeights>(&instruction.operands)) {
      ++numTiles;
      // Floats, in whole vectors.
      uint64_t columns = (uint64_t(op->n) + 63) / 64 * 64;
      tileBytes = std::max(tileBytes, uint64_t(op->k) * columns * 4);
    }
    if (auto *op = std::get_if<Matmul>(&instruction.operands))
      rangeBytes =
          std::max(rangeBytes, uint64_t(op->counts[0]) * op->counts[1] *
                                       sizeof(LocalRange) +
                                   uint64_t(op->rows()) * bytesAProductRow);
  }
  MemoryUse use;
  use.parameters = program.image.size();
  use.inputs = bytesOf(program.inputs);
  use.outputs = bytesOf(program.outputs);
  // The tensors of one host call at a time.
  uint64_t hostTensors = 0;
  for (const HostFunction &function : program.hostFunctions) {
    uint64_t bytes = bytesOf(function.output);
    for (const HostFunction::Input &input : function.inputs)
      bytes += bytesOf(input.type);
    hostTensors = std::max(hostTensors, bytes);
  }
  // A bit beside each byte of DRAM says whether it was written; one tile is in
  // use beside those in the FIFO.
  use.arena = program.dramBytes + program.dramBytes / 8 +
              uint64_t(machine.unifiedBufferBytes) +
              uint64_t(machine.unifiedBufferRows()) * bytesARow +
              uint64_t(machine.accumulatorRows) *
                  (uint64_t(machine.columns) * 4 + bytesARow) +
              std::min(numTiles, uint64_t(machine.fifoTiles) + 1) * tileBytes +
              rangeBytes + hostTensors +
              program.instructions.size() * bytesAnInstruction;
  return use;
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

namespace {
struct StepCounter {
  const Machine &machine;

  double operator()(const DmaLoad &op) const {
    return double(op.rows) * double(op.localBytes());
  }
  double operator()(const DmaStore &op) const {
    return double(op.rows) * op.rowBytes;
  }
  double operator()(const LoadWeights &op) const { return double(op.k) * op.n; }
  double operator()(const Matmul &op) const {
    return double(op.rows()) * op.k * double(machine.columns);
  }
  double operator()(const Activate &op) const {
    double elements = double(op.rows) * op.columns;
    if (op.pooling)
      elements += double(op.outputRows()) * op.columns * op.pooling->height *
                  op.pooling->width;
    return elements;
  }
  double operator()(const Vec &op) const {
    return double(op.rows) * op.columns;
  }
  double operator()(const HostCall &op) const { return double(op.bytes); }
  template <typename Other> double operator()(const Other &) const { return 1; }
};
} // namespace

uint64_t systolic::simulationSteps(const Program &program) {
  double steps = 0, accesses = 0, stores = 0;
  for (const Instruction &instruction : program.instructions) {
    steps += std::visit(StepCounter{program.machine}, instruction.operands);
    DramRange range = dramRange(instruction.operands);
    accesses += !range.isEmpty();
    stores += !range.isEmpty() && range.isWrite;
  }
  // At worst each access of DRAM is held against each store.
  steps += accesses * stores;
  return uint64_t(std::min(steps, 1e19));
}

void systolic::checkSteps(const Program &program, uint64_t maxSteps) {
  uint64_t steps = simulationSteps(program);
  if (steps > maxSteps)
    throw Error("expected a program whose simulation takes at most " +
                std::to_string(maxSteps) +
                " steps, multiply-adds and bytes that move, but got " +
                std::to_string(steps));
}
