//===- Dependences.h - What each instruction waits for ----------*- C++ -*-===//
//
// Semaphores count, and each is signalled from one queue in order; so a wait
// for `count` signals is a wait for one known instruction. The same holds for
// the weight FIFO: the i-th switch takes the i-th tile.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_DEPENDENCES_H
#define TACTUS_RUNTIME_SYSTOLIC_DEPENDENCES_H

#include "runtime/Systolic/Program.h"

namespace tactus::systolic {

inline constexpr uint32_t noInstruction = UINT32_MAX;

struct Dependences {
  /// Throws `Error` where a semaphore is signalled from two queues, or where
  /// weight tiles and the matmuls that use them do not match.
  explicit Dependences(const Program &program);

  /// Instructions of each queue, in order. Barriers are in none.
  std::array<std::vector<uint32_t>, numQueues> queues;
  /// How many instructions of its own queue come before each.
  std::vector<uint32_t> position;
  /// Instructions that signal each semaphore, in order.
  std::array<std::vector<uint32_t>, numSemaphores> signalers;
  /// The load_weights of each tile, and the matmul that switches to it.
  std::vector<uint32_t> pushes, switches;
  /// The tile that a load_weights pushes or a matmul uses.
  std::vector<uint32_t> tile;

  /// The instruction that a wait is for; none where too few signal.
  uint32_t producer(const Wait &wait) const {
    const std::vector<uint32_t> &list = signalers[wait.semaphore];
    return wait.count <= list.size() ? list[wait.count - 1] : noInstruction;
  }
};

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_DEPENDENCES_H
