//===- Stalls.cpp - Why the array waited, and what it needs alone ---------===//
#include "runtime/Systolic/Timing.h"
#include <algorithm>

using namespace tactus;
using namespace tactus::systolic;

/// Whether `activity` writes rows of the unified buffer that `product` reads.
static bool feeds(const Program &program, uint32_t activity, uint32_t product) {
  auto touches = [](const LocalRange &a, const LocalRange &b) {
    auto bounds = [](const LocalRange &r) {
      int64_t reach = (r.count - 1) * r.stride;
      return std::pair(r.row + std::min<int64_t>(reach, 0),
                       r.row + std::max<int64_t>(reach, 0) + r.span);
    };
    auto [beginA, endA] = bounds(a);
    auto [beginB, endB] = bounds(b);
    return beginA < endB && beginB < endA;
  };
  auto writes =
      localRanges(program.instructions[activity].operands, program.machine);
  auto reads =
      localRanges(program.instructions[product].operands, program.machine);
  for (const LocalRange &write : writes)
    for (const LocalRange &read : reads)
      if (write.isWrite && !read.isWrite && write.space == read.space &&
          read.space == Space::UnifiedBuffer && touches(write, read))
        return true;
  return false;
}

Stall Timing::causeOf(uint32_t producer, uint32_t product) const {
  switch (program.instructions[producer].queue) {
  case Queue::LD:
    return Stall::Input;
  case Queue::WL:
    return Stall::WeightData;
  case Queue::ACT:
    return feeds(program, producer, product) ? Stall::Raw : Stall::Activation;
  case Queue::MM:
  case Queue::ST:
    return Stall::Other;
  }
  __builtin_unreachable();
}

/// Attributes the cycles between the product before and `start` to what was
/// ready last.
void Timing::countGap(uint32_t index, int64_t start) {
  const Instruction &instruction = program.instructions[index];
  uint32_t before = previous(index);
  int64_t gapBegin = before == noInstruction ? 0 : time[before].free;
  if (before != noInstruction) {
    const InstructionTime &last = time[before];
    auto *matmul = std::get_if<Matmul>(&program.instructions[before].operands);
    int64_t rows = matmul ? matmul->rows() : 0;
    gaps[size_t(matmul ? Stall::Bank : Stall::Other)] +=
        last.free - last.start - rows;
  }
  if (start <= gapBegin)
    return;

  Stall cause = Stall::Barrier;
  int64_t latest = barrierTime;
  auto consider = [&](int64_t when, Stall why) {
    if (when > latest) {
      latest = when;
      cause = why;
    }
  };
  for (const std::optional<Wait> &wait : instruction.waits)
    if (wait) {
      uint32_t producer = dependences.producer(*wait);
      if (time[producer].end > latest)
        consider(time[producer].end, causeOf(producer, index));
    }
  auto *matmul = std::get_if<Matmul>(&instruction.operands);
  if (matmul && matmul->switchWeights) {
    int64_t shift = *shiftStart(dependences.tile[index]);
    int64_t shifted = shift + machine.shiftCycles();
    if (shifted > latest) {
      // Up to the shift it was the data that was missing.
      int64_t data = std::clamp(shift, gapBegin, start);
      bool waited = *tileReady(dependences.tile[index]) == shift;
      gaps[size_t(waited ? Stall::WeightData : Stall::WeightShift)] +=
          data - gapBegin;
      gaps[size_t(Stall::WeightShift)] += start - data;
      return;
    }
  }
  gaps[size_t(cause)] += start - gapBegin;
}

std::array<int64_t, numStalls> Timing::stalls() const {
  std::array<int64_t, numStalls> all = gaps;
  const std::vector<uint32_t> &queue = dependences.queues[size_t(Queue::MM)];
  int64_t lastFree = 0;
  if (!queue.empty()) {
    const InstructionTime &last = time[queue.back()];
    auto *matmul =
        std::get_if<Matmul>(&program.instructions[queue.back()].operands);
    int64_t rows = matmul ? matmul->rows() : 0;
    all[size_t(matmul ? Stall::Bank : Stall::Other)] +=
        last.free - last.start - rows;
    lastFree = last.free;
  }
  all[size_t(Stall::Drain)] += lastEnd - lastFree;
  return all;
}

//===----------------------------------------------------------------------===//
// The array alone
//===----------------------------------------------------------------------===//

int64_t systolic::arrayCycles(const Program &program,
                              const Dependences &dependences,
                              WeightLoading loading) {
  const Machine &machine = program.machine;
  int64_t switchStart = 0, end = 0, drained = 0;
  bool isFirst = true;
  for (uint32_t index : dependences.queues[size_t(Queue::MM)]) {
    auto *op = std::get_if<Matmul>(&program.instructions[index].operands);
    if (!op)
      continue;
    int64_t start = end;
    if (op->switchWeights) {
      int64_t shift = isFirst                                ? 0
                      : loading == WeightLoading::Overlapped ? switchStart
                                                             : drained;
      start = std::max(end, shift + machine.shiftCycles());
      switchStart = start;
      isFirst = false;
    }
    end = start + op->rows();
    // One more brings the last result into the accumulators.
    drained = end + machine.arrayDepth() - 1;
  }
  return isFirst ? 0 : drained + 1;
}
