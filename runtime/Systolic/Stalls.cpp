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

/// Counts the cycles of [begin, end) as a layer's, those of the host apart.
void Timing::count(std::vector<StallCycles> &counts, uint16_t layer,
                   Stall cause, int64_t begin, int64_t end) const {
  int64_t waited = std::max<int64_t>(0, end - begin);
  auto work = std::upper_bound(
      hostWork.begin(), hostWork.end(), begin,
      [](int64_t time, const HostWork &work) { return time < work.end; });
  for (; work != hostWork.end() && work->begin < end; ++work) {
    int64_t both = std::min(end, work->end) - std::max(begin, work->begin);
    counts[work->layer][size_t(Stall::Host)] += both;
    waited -= both;
  }
  counts[layer][size_t(cause)] += waited;
}

/// Counts the cycles in which an instruction of the array's queue held it
/// without giving it a row.
void Timing::countHeldUp(std::vector<StallCycles> &counts,
                         uint32_t index) const {
  const Instruction &instruction = program.instructions[index];
  auto *matmul = std::get_if<Matmul>(&instruction.operands);
  counts[instruction.layer][size_t(matmul ? Stall::Bank : Stall::Other)] +=
      time[index].free - time[index].start - (matmul ? matmul->rows() : 0);
}

/// Attributes the cycles between the product before and `start` to what was
/// ready last.
void Timing::countGap(uint32_t index, int64_t start) {
  const Instruction &instruction = program.instructions[index];
  uint32_t before = previous(index);
  int64_t gapBegin = 0;
  if (before != noInstruction) {
    countHeldUp(gaps, before);
    gapBegin = time[before].free;
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
      count(gaps, instruction.layer,
            waited ? Stall::WeightData : Stall::WeightShift, gapBegin, data);
      count(gaps, instruction.layer, Stall::WeightShift, data, start);
      return;
    }
  }
  count(gaps, instruction.layer, cause, gapBegin, start);
}

std::vector<StallCycles> Timing::stalls() const {
  std::vector<StallCycles> all = gaps;
  const std::vector<uint32_t> &queue = dependences.queues[size_t(Queue::MM)];
  int64_t lastFree = 0;
  if (!queue.empty()) {
    countHeldUp(all, queue.back());
    lastFree = time[queue.back()].free;
  }
  std::vector<std::pair<int64_t, uint16_t>> ends;
  for (size_t i = 0; i < time.size(); ++i) {
    const Instruction &instruction = program.instructions[i];
    // Fences and the halt end with all layers, and work for none.
    bool works =
        !instruction.isBarrier() || instruction.opcode() == Opcode::HostCall;
    if (works && time[i].end > lastFree)
      ends.push_back({time[i].end, instruction.layer});
  }
  std::sort(ends.begin(), ends.end());
  for (auto [end, layer] : ends) {
    count(all, layer, Stall::Drain, lastFree, end);
    lastFree = end;
  }
  return all;
}

//===----------------------------------------------------------------------===//
// The array alone
//===----------------------------------------------------------------------===//

namespace {
/// The recurrence, product by product.
struct ArrayClock {
  int64_t switchStart = 0, end = 0, drained = 0;
  bool isFirst = true;

  void run(const Matmul &op, const Machine &machine, WeightLoading loading) {
    int64_t start = end;
    if (op.switchWeights) {
      int64_t shift = isFirst                                ? 0
                      : loading == WeightLoading::Overlapped ? switchStart
                                                             : drained;
      start = std::max(end, shift + machine.shiftCycles());
      switchStart = start;
    }
    isFirst = false;
    end = start + op.rows();
    // One more brings the last result into the accumulators.
    drained = end + machine.arrayDepth() - 1;
  }
  int64_t cycles() const { return isFirst ? 0 : drained + 1; }
};
} // namespace

int64_t systolic::arrayCycles(const Program &program,
                              const Dependences &dependences,
                              WeightLoading loading) {
  ArrayClock clock;
  for (uint32_t index : dependences.queues[size_t(Queue::MM)])
    if (auto *op = std::get_if<Matmul>(&program.instructions[index].operands))
      clock.run(*op, program.machine, loading);
  return clock.cycles();
}

std::vector<int64_t> systolic::layerArrayCycles(const Program &program,
                                                const Dependences &dependences,
                                                WeightLoading loading) {
  std::vector<ArrayClock> clocks(program.layers.size());
  for (uint32_t index : dependences.queues[size_t(Queue::MM)]) {
    const Instruction &instruction = program.instructions[index];
    if (auto *op = std::get_if<Matmul>(&instruction.operands))
      clocks[instruction.layer].run(*op, program.machine, loading);
  }
  std::vector<int64_t> cycles;
  for (const ArrayClock &clock : clocks)
    cycles.push_back(clock.cycles());
  return cycles;
}
