//===- PlayOrder.cpp - The order in which instructions start --------------===//
#include "runtime/Systolic/PlayOrder.h"

using namespace tactus;
using namespace tactus::systolic;

/// The first instruction of a queue that is left before `barrier`.
uint32_t PlayOrder::headOf(int queue, uint32_t barrier) const {
  const std::vector<uint32_t> &list = dependences.queues[queue];
  if (position[queue] == list.size() || list[position[queue]] > barrier)
    return noInstruction;
  return list[position[queue]];
}

uint32_t PlayOrder::first(uint32_t barrier) const {
  // Where two can start at once, the unit with the higher claim on memories
  // goes first.
  static constexpr Queue order[] = {Queue::MM, Queue::ACT, Queue::WL, Queue::LD,
                                    Queue::ST};
  uint32_t found = noInstruction;
  int64_t least = 0;
  bool isDone = true;
  for (Queue queue : order) {
    uint32_t head = headOf(int(queue), barrier);
    if (head == noInstruction)
      continue;
    isDone = false;
    std::optional<int64_t> ready = timing.findReady(head);
    if (ready && (found == noInstruction || *ready < least)) {
      found = head;
      least = *ready;
    }
  }
  if (!isDone && found == noInstruction)
    throwDeadlock(barrier);
  return found;
}

void PlayOrder::throwDeadlock(uint32_t barrier) const {
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
