//===- Timing.h - When instructions run -------------------------*- C++ -*-===//
//
// Exact for the array, by the recurrence
//   shift start = max(tile in FIFO, start of the product before)
//   shift end   = shift start + R / rows a cycle
//   start       = max(shift end, end of the product before, tokens)
//   end         = start + rows;  results at start + rows + R + C - 1
// and modeled for DMA, ACT and VEC:
//   DMA         latency + bytes / bandwidth, rounded out to bursts; bursts in
//               flight bound the bandwidth; one row of local memory a cycle
//   ACT, VEC    one row of C values a cycle + the depth of the pipeline
//   host call   its inputs to the host and its output back, each way as a DMA:
//               the host's own work is not known
//   conflicts   instructions that access one bank of the unified buffer at one
//               time lose a cycle a row, DMA to ACT to MM; MM and ACT on one
//               half of the accumulators lose one each
// Instructions are scheduled in the order in which they can start, so what is
// under way can still be held up by what starts next, and nothing that waits
// for it has been scheduled.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_TIMING_H
#define TACTUS_RUNTIME_SYSTOLIC_TIMING_H

#include "dialects/Systolic/Footprint.h"
#include "runtime/Systolic/Dependences.h"

namespace tactus::systolic {

enum class WeightLoading : uint8_t {
  /// A tile shifts in behind the products of the one before.
  Overlapped,
  /// A tile shifts in once the products of the one before have left the array.
  Serial,
};

/// Why the array did not take a row in a cycle.
enum class Stall : uint8_t {
  WeightData,  // the tile was not in the FIFO
  WeightShift, // the tile was shifting in
  Raw,         // the rows were still being computed by ACT
  Input,       // the rows were still being loaded
  Activation,  // ACT was still to drain the accumulators
  Bank,        // a conflict on a memory
  Barrier,     // a fence
  Host,        // the host was at work
  Other,       // another token or instruction of the queue
  Drain,       // after the last product
};

inline constexpr int numStalls = 10;
std::string_view toString(Stall stall);
/// Cycles by cause.
using StallCycles = std::array<int64_t, numStalls>;

struct InstructionTime {
  int64_t start = -1;
  /// When the unit is free for the next instruction of the queue.
  int64_t free = 0;
  /// When its effects are complete and its signal is given.
  int64_t end = 0;

  bool isScheduled() const { return start >= 0; }
};

class Timing {
public:
  Timing(const Program &program, const Dependences &dependences,
         WeightLoading loading);

  /// When an instruction can start, the first of its queue; none while what it
  /// waits for has not been scheduled.
  std::optional<int64_t> findReady(uint32_t index);
  /// Schedules an instruction that findReady gave a time for, the least of all
  /// queues'.
  void schedule(uint32_t index, const std::vector<LocalRange> &ranges);
  /// Schedules a fence, host call or halt: when all else has completed.
  void scheduleBarrier(uint32_t index);

  const std::vector<InstructionTime> &times() const { return time; }
  /// Cycles in which the array took no row, by layer and cause: a layer's are
  /// those in which its products were waited for. After the last product they
  /// are the next layer's to complete. Call once all is scheduled.
  std::vector<StallCycles> stalls() const;
  int64_t totalCycles() const { return lastEnd; }
  /// What holds an instruction back that findReady gave no time for.
  std::string describeBlock(uint32_t index) const;

private:
  /// A host call, in which nothing else runs.
  struct HostWork {
    uint16_t layer;
    int64_t begin, end;
  };

  /// How many rows of each bank, by ascending bank.
  using BankRows = std::vector<std::pair<int64_t, int64_t>>;

  /// Rows that an instruction under way accesses, by bank, over [begin, end).
  struct Activity {
    uint32_t index;
    int64_t begin, end;
    BankRows bankRows;
    int64_t accumulatorBegin, accumulatorEnd;
    std::array<int64_t, 2> halfRows = {};
  };

  std::optional<int64_t> tileReady(uint32_t tile) const;
  std::optional<int64_t> shiftStart(uint32_t tile) const;
  std::optional<int64_t> slotFree(uint32_t tile) const;
  uint32_t previous(uint32_t index) const;
  int64_t queueFree(uint32_t index) const;
  void countGap(uint32_t index, int64_t start);
  void countHeldUp(std::vector<StallCycles> &counts, uint32_t index) const;
  void count(std::vector<StallCycles> &counts, uint16_t layer, Stall cause,
             int64_t begin, int64_t end) const;
  Stall causeOf(uint32_t producer, uint32_t product) const;
  void runTransfer(uint32_t index, int64_t ready, int64_t localRows);
  void runProduct(uint32_t index, int64_t ready);
  void runUnit(uint32_t index, int64_t ready);
  void delay(uint32_t index, int64_t cycles);
  Activity activityOf(uint32_t index,
                      const std::vector<LocalRange> &ranges) const;
  void resolveConflicts(uint32_t index, const std::vector<LocalRange> &ranges,
                        int64_t now);

  const Program &program;
  const Machine &machine;
  const Dependences &dependences;
  WeightLoading loading;
  std::vector<InstructionTime> time;
  std::vector<Activity> underWay;
  /// Of the weights' and the data's way to DRAM; one, where they share it.
  std::array<int64_t, 2> channelFree = {};
  int64_t barrierTime = 0;
  int64_t lastEnd = 0;
  std::vector<HostWork> hostWork;
  /// By layer; without what comes after the last product.
  std::vector<StallCycles> gaps;
};

/// Bytes that DRAM moves for an instruction, whole bursts; 0 for a host call,
/// which moves them as the host asks.
int64_t burstBytes(const Machine &machine, const Operands &operands);
/// Bytes of the tensors that go to the host and of the one that comes back.
struct HostBytes {
  int64_t toHost = 0, back = 0;
};
HostBytes hostBytes(const Program &program, const HostCall &call);
/// Cycles in which a host call's inputs go to the host and its output comes
/// back.
int64_t hostCallCycles(const Program &program, const HostCall &call);

/// Cycles from the first weight shift to the last result in the accumulators,
/// with all data and tokens ready: the recurrence alone.
int64_t arrayCycles(const Program &program, const Dependences &dependences,
                    WeightLoading loading);
/// The same of each layer as if it ran alone; in a run they overlap.
std::vector<int64_t> layerArrayCycles(const Program &program,
                                      const Dependences &dependences,
                                      WeightLoading loading);

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_TIMING_H
