//===- Hazards.cpp - Happens-before checks --------------------------------===//
#include "runtime/Systolic/Hazards.h"
#include <algorithm>

using namespace tactus;
using namespace tactus::systolic;

static void join(Clock &clock, const Clock &other) {
  for (int q = 0; q < numQueues; ++q)
    clock[q] = std::max(clock[q], other[q]);
}

Hazards::Hazards(const Program &program, const Dependences &dependences)
    : program(program), dependences(dependences),
      completed(program.instructions.size()),
      buffer(program.machine.unifiedBufferRows()),
      accumulators(program.machine.accumulatorRows) {
  for (const Instruction &instruction : program.instructions)
    if (instruction.opcode() == Opcode::DmaStore) {
      DramRange range = dramRange(instruction.operands);
      storeBegin = std::min(storeBegin, range.address);
      storeEnd = std::max(storeEnd, range.end());
    }
}

void Hazards::visit(uint32_t index, const std::vector<LocalRange> &ranges) {
  const Instruction &instruction = program.instructions[index];
  size_t queue = size_t(instruction.queue);
  clock = queueClocks[queue];
  join(clock, barrier);
  for (const std::optional<Wait> &wait : instruction.waits)
    if (wait)
      join(clock, completed[dependences.producer(*wait)]);
  if (auto *matmul = std::get_if<Matmul>(&instruction.operands);
      matmul && matmul->switchWeights)
    join(clock, completed[dependences.pushes[dependences.tile[index]]]);
  // Its own accesses are in order with each other, as are its queue's.
  clock[queue] = dependences.position[index] + 1;

  for (const LocalRange &range : ranges)
    visitRange(index, range);
  visitDram(index);

  queueClocks[queue] = clock;
  completed[index] = clock;
}

void Hazards::visitBarrier() {
  for (const Clock &each : queueClocks)
    join(barrier, each);
  dramReads.clear();
  dramWrites.clear();
}

void Hazards::race(uint32_t index, const std::string &place, bool isWrite,
                   uint8_t queue, uint32_t position, bool otherIsWrite) const {
  uint32_t other = dependences.queues[queue][position - 1];
  fail(program, index,
       "expected a token between it, which " +
           std::string(isWrite ? "writes " : "reads ") + place + ", and " +
           describe(program, other) + ", which " +
           (otherIsWrite ? "writes" : "reads") + " it, but got none");
}

/// Throws at a race. Accesses of its own queue are below its clock.
void Hazards::checkRow(uint32_t index, const LocalRange &range,
                       int64_t row) const {
  bool isBuffer = range.space == Space::UnifiedBuffer;
  const RowState &state = isBuffer ? buffer[row] : accumulators[row];
  auto place = [&] {
    return std::string(isBuffer ? "unified buffer row " : "accumulator row ") +
           std::to_string(row);
  };
  if (state.write > clock[state.writer])
    race(index, place(), range.isWrite, state.writer, state.write, true);
  for (uint8_t q = 0; range.isWrite && q < numQueues; ++q)
    if (state.reads[q] > clock[q])
      race(index, place(), true, q, state.reads[q], false);
}

void Hazards::visitRange(uint32_t index, const LocalRange &range) {
  uint8_t queue = uint8_t(program.instructions[index].queue);
  uint32_t now = dependences.position[index] + 1;
  std::vector<RowState> &states =
      range.space == Space::UnifiedBuffer ? buffer : accumulators;
  for (int64_t i = 0; i < range.count; ++i)
    for (int64_t j = 0; j < range.span; ++j) {
      int64_t row = range.row + i * range.stride + j;
      checkRow(index, range, row);
      RowState &state = states[row];
      if (!range.isWrite) {
        state.reads[queue] = now;
        continue;
      }
      // What is ordered after this write is ordered after the reads before it.
      state = RowState();
      state.write = now;
      state.writer = queue;
    }
}

void Hazards::visitDram(uint32_t index) {
  DramRange range = dramRange(program.instructions[index].operands);
  if (range.isEmpty() || range.address >= storeEnd || range.end() <= storeBegin)
    return;
  uint8_t queue = uint8_t(program.instructions[index].queue);
  auto check = [&](const std::vector<DramAccess> &list, bool otherIsWrite) {
    for (const DramAccess &other : list)
      if (other.queue != queue && other.position > clock[other.queue] &&
          range.overlaps(other.range))
        race(index, "DRAM", range.isWrite, other.queue, other.position,
             otherIsWrite);
  };
  check(dramWrites, true);
  if (range.isWrite)
    check(dramReads, false);
  (range.isWrite ? dramWrites : dramReads)
      .push_back({range, queue, dependences.position[index] + 1});
}
