//===- Hazards.cpp - Happens-before checks --------------------------------===//
#include "runtime/Systolic/Hazards.h"

using namespace tactus;
using namespace tactus::systolic;

static std::vector<DramRange> dramRangesOf(const Program &program) {
  std::vector<DramRange> ranges;
  for (const Instruction &instruction : program.instructions)
    if (!instruction.isBarrier())
      ranges.push_back(dramRange(instruction.operands));
  return ranges;
}

Hazards::Hazards(const Program &program, const Dependences &dependences)
    : program(program), dependences(dependences),
      completed(program.instructions.size()), history(dramRangesOf(program)) {}

void Hazards::visit(uint32_t index, const std::vector<LocalRange> &ranges) {
  const Instruction &instruction = program.instructions[index];
  uint8_t queue = uint8_t(instruction.queue);
  Clock clock = queueClocks[queue];
  join(clock, barrier);
  for (const std::optional<Wait> &wait : instruction.waits)
    if (wait)
      join(clock, completed[dependences.producer(*wait)]);
  if (auto *matmul = std::get_if<Matmul>(&instruction.operands);
      matmul && matmul->switchWeights)
    join(clock, completed[dependences.pushes[dependences.tile[index]]]);
  // Its own accesses are in order with each other, as are its queue's.
  uint32_t position = dependences.position[index] + 1;
  clock[queue] = position;

  Conflicts conflicts = history.visit(queue, position, clock, ranges,
                                      dramRange(instruction.operands));
  for (const std::optional<Conflict> &conflict : conflicts)
    if (conflict)
      race(index, *conflict);
  queueClocks[queue] = clock;
  completed[index] = clock;
}

void Hazards::visitBarrier() {
  for (const Clock &each : queueClocks)
    join(barrier, each);
  history.clear();
}

void Hazards::race(uint32_t index, const Conflict &conflict) const {
  uint32_t other = dependences.queues[conflict.queue][conflict.position - 1];
  uint16_t layer = program.instructions[other].layer;
  std::string place = describe(program, other);
  if (layer != program.instructions[index].layer)
    place += " of '" + program.layers[layer] + "'";
  fail(program, index,
       "expected a token between it, which " +
           std::string(conflict.isWrite ? "writes " : "reads ") +
           conflict.place() + ", and " + place + ", which " +
           (conflict.otherIsWrite ? "writes" : "reads") + " it, but got none");
}
