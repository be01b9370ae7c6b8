//===- ProgramOrder.h - What of a program comes before what -----*- C++ -*-===//
#ifndef TACTUS_DIALECTS_SYSTOLIC_PROGRAMORDER_H
#define TACTUS_DIALECTS_SYSTOLIC_PROGRAMORDER_H

#include "dialects/Systolic/AccessHistory.h"
#include "dialects/Systolic/Instructions.h"

namespace tactus::systolic {

inline constexpr uint32_t noInstruction = UINT32_MAX;

/// The instructions of a program, and for each those that it waits for: by
/// tokens or semaphores, and the load of the tile that it switches to. Buffers
/// that have no place yet are taken to lie one after the other.
class ProgramOrder {
public:
  struct Entry {
    mlir::Operation *op = nullptr;
    Instruction instruction;
    /// One more than how many of its queue come before it; 0 of barriers.
    uint32_t position = 0;
    llvm::SmallVector<uint32_t, 2> waits;
    /// The load of its tile, of a matmul that switches; else none.
    uint32_t push = noInstruction;
  };

  /// Fails after a diagnostic where a wait is for no signal, a semaphore is
  /// signalled from two queues, or a tile is missing or left over.
  static mlir::FailureOr<ProgramOrder> read(ProgramOp program);

  const std::vector<Entry> &entries() const { return list; }
  const Entry &entry(uint32_t index) const { return list[index]; }
  /// The instruction of `queue` that has this position.
  uint32_t at(uint8_t queue, uint32_t position) const {
    return queues[queue][position - 1];
  }
  /// All of DRAM that is accessed but by barriers.
  std::vector<DramRange> dramRanges() const;

  /// An order in which the queues can execute all instructions, with `depth`
  /// tiles in the FIFO. Fails after a diagnostic at a deadlock.
  mlir::FailureOr<std::vector<uint32_t>> play(int64_t depth) const;

private:
  mlir::LogicalResult readInstructions(ProgramOp program);
  mlir::LogicalResult matchSemaphores();
  mlir::LogicalResult matchTiles();

  std::vector<Entry> list;
  std::array<std::vector<uint32_t>, numQueues> queues;
  /// The load_weights of each tile, and the matmul that switches to it.
  std::vector<uint32_t> pushes, switches;

  friend class Player;
};

/// What is known to be complete where instructions begin, as they are visited
/// in an order that `play` gave.
class KnownClocks {
public:
  explicit KnownClocks(const ProgramOrder &order)
      : order(order), completed(order.entries().size()) {}

  /// By queue order, barriers, the FIFO, and `waits`.
  Clock begin(uint32_t index, llvm::ArrayRef<uint32_t> waits) const;
  /// It and all that its own `clock` knows.
  void complete(uint32_t index, Clock clock);
  void completeBarrier();
  const Clock &completion(uint32_t index) const { return completed[index]; }

private:
  const ProgramOrder &order;
  Clock barrier = {};
  std::array<Clock, numQueues> queueClocks = {};
  std::vector<Clock> completed;
};

} // namespace tactus::systolic

#endif // TACTUS_DIALECTS_SYSTOLIC_PROGRAMORDER_H
