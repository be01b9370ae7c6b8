//===- Timing.cpp - When instructions run ---------------------------------===//
#include "runtime/Systolic/Timing.h"
#include "runtime/Support/Assert.h"
#include <algorithm>

using namespace tactus;
using namespace tactus::systolic;

static constexpr std::array<std::string_view, numStalls> stallNames = {
    "weight data", "weight shift", "raw",  "input", "act",
    "bank",        "barrier",      "host", "other", "drain"};

std::string_view systolic::toString(Stall stall) {
  return stallNames[size_t(stall)];
}

Timing::Timing(const Program &program, const Dependences &dependences,
               WeightLoading loading)
    : program(program), machine(program.machine), dependences(dependences),
      loading(loading), time(program.instructions.size()),
      gaps(program.layers.size()) {}

//===----------------------------------------------------------------------===//
// Queues and the weight FIFO
//===----------------------------------------------------------------------===//

/// The instruction before `index` on its queue.
uint32_t Timing::previous(uint32_t index) const {
  uint32_t position = dependences.position[index];
  size_t queue = size_t(program.instructions[index].queue);
  return position ? dependences.queues[queue][position - 1] : noInstruction;
}

int64_t Timing::queueFree(uint32_t index) const {
  uint32_t before = previous(index);
  return before == noInstruction ? 0 : time[before].free;
}

/// When a tile is whole in the FIFO.
std::optional<int64_t> Timing::tileReady(uint32_t tile) const {
  const InstructionTime &push = time[dependences.pushes[tile]];
  return push.isScheduled() ? std::optional(push.end) : std::nullopt;
}

std::optional<int64_t> Timing::shiftStart(uint32_t tile) const {
  std::optional<int64_t> ready = tileReady(tile);
  if (!ready || tile == 0)
    return ready;
  if (loading == WeightLoading::Overlapped) {
    const InstructionTime &before = time[dependences.switches[tile - 1]];
    if (!before.isScheduled())
      return std::nullopt;
    return std::max(*ready, before.start);
  }
  // The last product with the tile before; its results leave the array.
  uint32_t before = dependences.switches[tile];
  do
    before = previous(before);
  while (program.instructions[before].opcode() != Opcode::Matmul);
  if (!time[before].isScheduled())
    return std::nullopt;
  return std::max(*ready, time[before].end - 1);
}

/// When the FIFO has room for a tile: once the one whose place it takes has
/// shifted out.
std::optional<int64_t> Timing::slotFree(uint32_t tile) const {
  if (tile < machine.fifoTiles)
    return 0;
  std::optional<int64_t> start = shiftStart(tile - machine.fifoTiles);
  if (!start)
    return std::nullopt;
  return *start + machine.shiftCycles();
}

std::optional<int64_t> Timing::findReady(uint32_t index) {
  const Instruction &instruction = program.instructions[index];
  int64_t ready = std::max(queueFree(index), barrierTime);
  for (const std::optional<Wait> &wait : instruction.waits) {
    if (!wait)
      continue;
    uint32_t producer = dependences.producer(*wait);
    if (producer == noInstruction || !time[producer].isScheduled())
      return std::nullopt;
    ready = std::max(ready, time[producer].end);
  }
  std::optional<int64_t> fifo = 0;
  if (instruction.opcode() == Opcode::LoadWeights)
    fifo = slotFree(dependences.tile[index]);
  auto *matmul = std::get_if<Matmul>(&instruction.operands);
  if (matmul && matmul->switchWeights) {
    fifo = shiftStart(dependences.tile[index]);
    if (fifo)
      *fifo += machine.shiftCycles();
  }
  if (!fifo)
    return std::nullopt;
  return std::max(ready, *fifo);
}

std::string Timing::describeBlock(uint32_t index) const {
  const Instruction &instruction = program.instructions[index];
  std::string text = std::string(toString(instruction.queue)) + " is at " +
                     describe(program, index);
  for (const std::optional<Wait> &wait : instruction.waits) {
    if (!wait)
      continue;
    uint32_t producer = dependences.producer(*wait);
    if (producer != noInstruction && time[producer].isScheduled())
      continue;
    text += ", which waits for signal " + std::to_string(wait->count) +
            " of semaphore " + std::to_string(wait->semaphore);
    if (producer != noInstruction)
      return text + " by " + describe(program, producer);
    return text + ", which is signalled only " +
           std::to_string(dependences.signalers[wait->semaphore].size()) +
           " times";
  }
  if (instruction.opcode() == Opcode::LoadWeights)
    return text + ", which waits for room in the weight FIFO, after " +
           describe(program, dependences.switches[dependences.tile[index] -
                                                  machine.fifoTiles - 1]);
  return text + ", which waits for weight tile " +
         std::to_string(dependences.tile[index]) + " by " +
         describe(program, dependences.pushes[dependences.tile[index]]);
}

//===----------------------------------------------------------------------===//
// Scheduling
//===----------------------------------------------------------------------===//

int64_t systolic::burstBytes(const Machine &machine, const Operands &operands) {
  DramRange range = dramRange(operands);
  if (range.isEmpty() || std::holds_alternative<HostCall>(operands))
    return 0;
  bool isWeights = std::holds_alternative<LoadWeights>(operands);
  int64_t burst =
      (isWeights ? machine.weightChannel() : machine.dataChannel()).burstBytes;
  auto touched = [&](int64_t begin, int64_t end) {
    return (end - 1) / burst - begin / burst + 1;
  };
  if (range.stride == range.bytes)
    return touched(range.address, range.end()) * burst;
  int64_t bursts = 0;
  for (int64_t i = 0; i < range.count; ++i) {
    int64_t begin = range.address + i * range.stride;
    bursts += touched(begin, begin + range.bytes);
  }
  return bursts * burst;
}

/// Cycles in which a channel moves whole bursts, latency apart.
static int64_t channelCycles(const Machine &machine, const Channel &channel,
                             int64_t bytes) {
  int64_t bursts = bytes / channel.burstBytes;
  return std::max(machine.transferCycles(channel, bytes),
                  (bursts * channel.latency + channel.inFlight - 1) /
                      channel.inFlight);
}

/// Rounded out to bursts.
static int64_t wholeBursts(const Channel &channel, uint64_t address,
                           uint64_t bytes) {
  if (!bytes)
    return 0;
  uint64_t burst = uint64_t(channel.burstBytes);
  uint64_t first = address / burst, last = (address + bytes - 1) / burst;
  return int64_t((last - first + 1) * burst);
}

static uint64_t bytesOf(const TensorType &type) {
  uint64_t bytes = uint64_t(byteSize(type.elementType));
  for (const Dimension &dimension : type.dimensions)
    bytes *= uint64_t(dimension.size());
  return bytes;
}

HostBytes systolic::hostBytes(const Program &program, const HostCall &call) {
  const Channel &channel = program.machine.dataChannel();
  HostBytes bytes;
  for (const HostFunction::Input &input :
       program.hostFunctions[call.function].inputs)
    bytes.toHost += wholeBursts(channel, input.address, bytesOf(input.type));
  bytes.back = wholeBursts(channel, call.dramAddress, call.bytes);
  return bytes;
}

int64_t systolic::hostCallCycles(const Program &program, const HostCall &call) {
  const Machine &machine = program.machine;
  const Channel &channel = machine.dataChannel();
  HostBytes bytes = hostBytes(program, call);
  return 2 * channel.latency + channelCycles(machine, channel, bytes.toHost) +
         channelCycles(machine, channel, bytes.back);
}

void Timing::scheduleBarrier(uint32_t index) {
  int64_t begin = lastEnd;
  if (auto *call =
          std::get_if<HostCall>(&program.instructions[index].operands)) {
    lastEnd += hostCallCycles(program, *call);
    hostWork.push_back({program.instructions[index].layer, begin, lastEnd});
  }
  barrierTime = lastEnd;
  time[index] = {begin, barrierTime, barrierTime};
}

void Timing::runTransfer(uint32_t index, int64_t ready, int64_t localRows) {
  InstructionTime &own = time[index];
  int64_t bytes = burstBytes(machine, program.instructions[index].operands);
  if (bytes == 0) {
    own = {ready, ready + localRows, ready + localRows};
    return;
  }
  bool isWeights = program.instructions[index].opcode() == Opcode::LoadWeights;
  const Channel &channel =
      isWeights ? machine.weightChannel() : machine.dataChannel();
  int64_t &channelTime = channelFree[machine.host && !isWeights];
  int64_t cycles = std::max(channelCycles(machine, channel, bytes), localRows);
  int64_t start = std::max(ready, channelTime);
  channelTime = start + cycles;
  own = {start, start + cycles, start + cycles + channel.latency};
}

void Timing::runProduct(uint32_t index, int64_t ready) {
  int64_t rows = std::get<Matmul>(program.instructions[index].operands).rows();
  countGap(index, ready);
  time[index] = {ready, ready + rows, ready + rows + machine.arrayDepth()};
}

/// ACT and VEC.
void Timing::runUnit(uint32_t index, int64_t ready) {
  const Operands &operands = program.instructions[index].operands;
  int64_t cycles, depth;
  if (auto *op = std::get_if<Activate>(&operands)) {
    cycles = op->rows;
    depth = machine.activateDepth;
  } else {
    const Vec &vec = std::get<Vec>(operands);
    int64_t passes = (vec.columns + machine.columns - 1) / machine.columns;
    cycles = vec.rows * passes;
    depth = machine.vectorDepth;
  }
  time[index] = {ready, ready + cycles, ready + cycles + depth};
}

/// Holds up an instruction under way, and what completes after it.
void Timing::delay(uint32_t index, int64_t cycles) {
  time[index].free += cycles;
  time[index].end += cycles;
  lastEnd = std::max(lastEnd, time[index].end);
  const std::vector<uint32_t> &queue =
      dependences.queues[size_t(program.instructions[index].queue)];
  for (uint32_t i = dependences.position[index] + 1; i < queue.size(); ++i) {
    InstructionTime &later = time[queue[i]];
    if (!later.isScheduled() || later.end >= time[index].end)
      return;
    later.end = time[index].end;
  }
}

void Timing::schedule(uint32_t index, const std::vector<LocalRange> &ranges) {
  std::optional<int64_t> ready = findReady(index);
  TACTUS_ASSERT(ready, "only what can start is scheduled");
  const Instruction &instruction = program.instructions[index];
  int64_t localRows = 0;
  for (const LocalRange &range : ranges)
    localRows += range.count * range.span;
  switch (instruction.opcode()) {
  case Opcode::DmaLoad:
  case Opcode::DmaStore:
  case Opcode::LoadWeights:
    runTransfer(index, *ready, localRows);
    break;
  case Opcode::Matmul:
    runProduct(index, *ready);
    break;
  case Opcode::Activate:
  case Opcode::Vec:
    runUnit(index, *ready);
    break;
  default: {
    if (instruction.queue == Queue::MM)
      countGap(index, *ready);
    int64_t cycles = instruction.opcode() == Opcode::Tag ? 0 : 1;
    time[index] = {*ready, *ready + cycles, *ready + cycles};
  }
  }
  // A queue completes in order.
  if (uint32_t before = previous(index); before != noInstruction)
    time[index].end = std::max(time[index].end, time[before].end);
  lastEnd = std::max(lastEnd, time[index].end);
  resolveConflicts(index, ranges, *ready);
}
