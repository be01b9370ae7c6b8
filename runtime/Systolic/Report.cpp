//===- Report.cpp - What a run cost ---------------------------------------===//
#include "runtime/Systolic/Report.h"
#include <algorithm>
#include <limits>
#include <numeric>

using namespace tactus;
using namespace tactus::systolic;

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

int64_t Counts::cycles() const {
  return std::accumulate(stalls.begin(), stalls.end(), activeCycles);
}

Counts &Counts::operator+=(const Counts &other) {
  activeCycles += other.activeCycles;
  for (int i = 0; i < numStalls; ++i)
    stalls[i] += other.stalls[i];
  unitCycles += other.unitCycles;
  instructions += other.instructions;
  folds += other.folds;
  usedCells += other.usedCells;
  usefulMacs += other.usefulMacs;
  inputElements += other.inputElements;
  outputElements += other.outputElements;
  weightBytes += other.weightBytes;
  loadedBytes += other.loadedBytes;
  storedBytes += other.storedBytes;
  hostBytes += other.hostBytes;
  traffic += other.traffic;
  return *this;
}

static void countInstruction(Counts &counts, const Instruction &instruction,
                             const LoadWeights *tile, int64_t busy,
                             const Program &program) {
  const Machine &machine = program.machine;
  ++counts.instructions;
  counts.traffic += trafficOf(instruction.operands, tile, machine);
  int64_t bytes = burstBytes(machine, instruction.operands);
  switch (instruction.opcode()) {
  case Opcode::DmaLoad:
    counts.loadedBytes += bytes;
    break;
  case Opcode::DmaStore:
    counts.storedBytes += bytes;
    break;
  case Opcode::LoadWeights:
    counts.weightBytes += bytes;
    break;
  case Opcode::Activate:
  case Opcode::Vec:
    counts.unitCycles += busy;
    break;
  case Opcode::HostCall: {
    HostBytes moved =
        hostBytes(program, std::get<HostCall>(instruction.operands));
    counts.hostBytes += moved.toHost + moved.back;
    counts.traffic.dramBytes += moved.toHost + moved.back;
    break;
  }
  case Opcode::Matmul: {
    const Matmul &op = std::get<Matmul>(instruction.operands);
    counts.activeCycles += op.rows();
    counts.usefulMacs += op.rows() * op.k * tile->n;
    counts.inputElements += op.rows() * op.k;
    counts.outputElements += op.rows() * tile->n;
    if (op.switchWeights) {
      ++counts.folds;
      counts.usedCells += int64_t(tile->k) * tile->n;
    }
    break;
  }
  default:
    break;
  }
}

static HostCallReport makeHostCall(const Program &program, uint32_t index,
                                   const InstructionTime &time) {
  const Instruction &instruction = program.instructions[index];
  const HostCall &call = std::get<HostCall>(instruction.operands);
  HostBytes moved = hostBytes(program, call);
  return {index,
          call.function,
          program.hostFunctions[call.function].name,
          program.layers[instruction.layer],
          moved.toHost + moved.back,
          time.end - time.start};
}

Report systolic::makeReport(const Program &program,
                            const Dependences &dependences,
                            const Timing &timing, WeightLoading loading) {
  Report report;
  report.machine = program.machine;
  report.weightLoading = loading;
  report.totalCycles = timing.totalCycles();
  report.arrayCycles = arrayCycles(program, dependences, loading);
  std::vector<StallCycles> stalls = timing.stalls();
  std::vector<int64_t> alone = layerArrayCycles(program, dependences, loading);
  auto products = findProducts(program, dependences);
  report.layers.resize(program.layers.size());
  for (size_t i = 0; i < program.layers.size(); ++i) {
    LayerReport &layer = report.layers[i];
    layer.name = program.layers[i];
    layer.stalls = stalls[i];
    layer.arrayCycles = alone[i];
    layer.product = products[i];
  }

  std::vector<bool> isBegun(program.layers.size());
  for (uint32_t i = 0; i < program.instructions.size(); ++i) {
    const Instruction &instruction = program.instructions[i];
    LayerReport &layer = report.layers[instruction.layer];
    const InstructionTime &time = timing.times()[i];
    const LoadWeights *tile = nullptr;
    if (instruction.opcode() == Opcode::Matmul)
      tile = &std::get<LoadWeights>(
          program.instructions[dependences.pushes[dependences.tile[i]]]
              .operands);
    countInstruction(layer, instruction, tile, time.free - time.start, program);
    auto *call = std::get_if<HostCall>(&instruction.operands);
    if (call)
      report.hostCalls.push_back(makeHostCall(program, i, time));
    // Fences and the halt wait for all layers, and work for none.
    if (instruction.isBarrier() && !call)
      continue;
    layer.begin = isBegun[instruction.layer] ? std::min(layer.begin, time.start)
                                             : time.start;
    isBegun[instruction.layer] = true;
    layer.end = std::max(layer.end, time.end);
  }
  for (const LayerReport &layer : report.layers)
    report += layer;
  return report;
}

//===----------------------------------------------------------------------===//
// Rates
//===----------------------------------------------------------------------===//

double Report::seconds() const {
  return double(totalCycles) / double(machine.clockHz);
}

double Report::utilization(const Counts &counts) const {
  double cells = double(machine.rows) * double(machine.columns);
  int64_t cycles = counts.cycles();
  return cycles ? double(counts.usefulMacs) / (cells * double(cycles)) : 0;
}

std::string_view systolic::toString(Bound bound) {
  switch (bound) {
  case Bound::Array:
    return "array";
  case Bound::Dram:
    return "dram";
  case Bound::Host:
    return "host";
  case Bound::Units:
    return "act";
  }
  __builtin_unreachable();
}

RooflinePoint Report::roofline(const Counts &counts) const {
  double operations = 2 * double(counts.usefulMacs);
  double clock = double(machine.clockHz);
  double cells = double(machine.rows) * double(machine.columns);
  double data = double(counts.loadedBytes) + double(counts.storedBytes) +
                double(counts.hostBytes);
  double bytes = double(counts.weightBytes) + (machine.host ? 0 : data);

  RooflinePoint point;
  point.operationsPerByte =
      bytes > 0 ? operations / bytes : std::numeric_limits<double>::infinity();
  if (int64_t cycles = counts.cycles())
    point.operationsPerSecond = operations * clock / double(cycles);
  double least = double(counts.usefulMacs) / (cells * clock);
  auto bind = [&](double seconds, Bound bound) {
    if (seconds > least) {
      least = seconds;
      point.bound = bound;
    }
  };
  bind(bytes / double(machine.dram.bytesPerSecond), Bound::Dram);
  if (machine.host)
    bind(data / double(machine.host->bytesPerSecond), Bound::Host);
  bind(double(counts.unitCycles) / clock, Bound::Units);
  point.attainable = least > 0 ? operations / least : 0;
  return point;
}
