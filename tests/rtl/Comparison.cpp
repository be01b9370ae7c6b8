//===- Comparison.cpp - Simulator and register model, side by side --------===//
#include "tests/rtl/Comparison.h"
#include "runtime/Systolic/Simulator.h"
#include "tests/rtl/Playback.h"
#include "tests/rtl/RandomProgram.h"
#include <ctime>

using namespace tactus::systolic;

namespace tactus::rtl {

static constexpr Fault allFaults[] = {
    {"weight", "one weight differs by one in the model"},
    {"input", "one input differs by one in the model"},
    {"accumulate", "the model's last matmul overwrites or accumulates instead"},
    {"chain", "the model's cells join a weight shift all at once"},
    {"loading", "the simulator loads weights in the other mode"},
    {"shift", "the simulator shifts in another number of rows a cycle"},
    {"depth", "the simulator's array is a column wider"},
};

std::span<const Fault> faults() {
  return allFaults;
}

//===----------------------------------------------------------------------===//
// Faults
//===----------------------------------------------------------------------===//

static void applyToSimulator(std::string_view fault, Program &program,
                             WeightLoading &loading) {
  if (fault == "loading")
    loading = loading == WeightLoading::Serial ? WeightLoading::Overlapped
                                               : WeightLoading::Serial;
  else if (fault == "shift")
    program.machine.weightRowsPerCycle ^= 3;
  else if (fault == "depth")
    ++program.machine.columns;
}

static void applyToModel(std::string_view fault, ArrayProgram &program) {
  const Matmul &first = program.products.front();
  if (fault == "weight")
    ++program.tiles.front().weights.front();
  else if (fault == "input")
    ++program.buffer[first.ubRow * program.bufferRowBytes];
  else if (fault == "accumulate")
    program.products.back().accumulate ^= true;
}

//===----------------------------------------------------------------------===//
// Comparison
//===----------------------------------------------------------------------===//

static std::string expected(const std::string &what, int64_t value,
                            int64_t actual) {
  return "expected " + what + " " + std::to_string(value) + ", but got " +
         std::to_string(actual);
}

/// The first sum that differs from what the simulator stored.
static std::string compareValues(ArrayModel &model, const Program &program,
                                 const Tensor &output) {
  int64_t columns = model.size().columns;
  const int32_t *stored = output.data<int32_t>().data();
  for (const Instruction &instruction : program.instructions) {
    auto *store = std::get_if<DmaStore>(&instruction.operands);
    if (!store)
      continue;
    for (int64_t i = 0; i < store->rows; ++i, stored += columns) {
      int64_t row = store->localRow + i * store->localStride;
      const int32_t *sums = model.readSums(row);
      for (int64_t c = 0; c < columns; ++c)
        if (sums[c] != stored[c])
          return "accumulator row " + std::to_string(row) + ", column " +
                 std::to_string(c) + ": " +
                 expected("the value", stored[c], sums[c]);
    }
  }
  return "";
}

/// When each row enters and each of its sums comes to the accumulators.
static std::string compareTimes(const Playback &seen, const ArrayProgram &array,
                                const std::vector<InstructionTime> &times) {
  int64_t columns = seen.landings.size();
  size_t landed = 0;
  for (size_t i = 0; i < array.products.size(); ++i) {
    const Matmul &product = array.products[i];
    uint32_t index = array.productIndex[i];
    const InstructionTime &time = times[index];
    std::string place = "instruction " + std::to_string(index) + ": ";
    if (seen.starts[i] != time.start)
      return place + expected("its first row to enter in cycle", time.start,
                              seen.starts[i]);
    if (seen.ends[i] != time.free)
      return place + expected("its last row to have entered by cycle",
                              time.free, seen.ends[i]);
    for (int64_t r = 0; r < product.rows(); ++r, ++landed)
      for (int64_t c = 0; c < columns; ++c) {
        const Landing &landing = seen.landings[c][landed];
        std::string sum = place + "row " + std::to_string(r) + ", column " +
                          std::to_string(c) + ": ";
        int64_t row = product.accumulatorRow + r * product.accumulatorStride;
        if (landing.row != row)
          return sum + expected("accumulator row", row, landing.row);
        // The last sum ends the instruction; each other is as many cycles
        // earlier as it is rows and columns before.
        int64_t cycle = time.end - (product.rows() - 1 - r) - (columns - 1 - c);
        if (landing.cycle != cycle)
          return sum + expected("a sum by cycle", cycle, landing.cycle);
      }
  }
  return "";
}

/// What the simulator says when data come.
static Arrivals arrivalsOf(const Program &program, const ArrayProgram &array,
                           const Dependences &dependences,
                           const std::vector<InstructionTime> &times) {
  Arrivals arrivals;
  arrivals.fifoTiles = program.machine.fifoTiles;
  for (uint32_t push : dependences.pushes)
    arrivals.tiles.push_back(times[push].end);
  for (uint32_t index : array.productIndex) {
    int64_t ready = 0;
    for (const std::optional<Wait> &wait : program.instructions[index].waits)
      if (wait)
        ready = std::max(ready, times[dependences.producer(*wait)].end);
    arrivals.products.push_back(ready);
  }
  return arrivals;
}

static Playback timedPlay(ArrayModel &model, const ArrayProgram &array,
                          const Arrivals &arrivals, bool isSerial,
                          int64_t mostCycles, Effort &effort) {
  std::clock_t begin = std::clock();
  Playback seen = play(model, array, arrivals, isSerial, mostCycles);
  effort.seconds += double(std::clock() - begin) / CLOCKS_PER_SEC;
  ++effort.runs;
  effort.cycles += seen.cycles;
  effort.sums += array.rows() * model.size().columns;
  return seen;
}

std::string findDifference(ArrayModel &model, uint64_t seed,
                           WeightLoading loading, const Fault *fault,
                           Effort &effort) {
  std::string_view faultName = fault ? fault->name : "";
  bool isSerial = loading == WeightLoading::Serial;
  Program program = drawProgram(model.size(), seed);
  ArrayProgram array(program);
  applyToModel(faultName, array);
  SimulationOptions options;
  options.weightLoading = loading;
  applyToSimulator(faultName, program, options.weightLoading);

  SimulationResult simulated = Simulator(program).run({}, options);
  Dependences dependences(program);
  const Tensor &output = simulated.outputs.at("c");
  int64_t mostCycles = 2 * simulated.report.totalCycles;

  Playback seen = timedPlay(
      model, array, arrivalsOf(program, array, dependences, simulated.times),
      isSerial, mostCycles, effort);
  if (!seen.isComplete)
    return "expected the model to end, but got none of that in " +
           std::to_string(seen.cycles) + " cycles";
  std::string found = compareTimes(seen, array, simulated.times);
  if (found.empty())
    found = compareValues(model, program, output);
  if (!found.empty())
    return found;

  Arrivals early;
  early.tiles.resize(array.tiles.size());
  early.products.resize(array.products.size());
  seen = timedPlay(model, array, early, isSerial, mostCycles, effort);
  std::string place = "all data ready: ";
  if (!seen.isComplete)
    return place + "expected the model to end, but got none of that in " +
           std::to_string(seen.cycles) + " cycles";
  if (int64_t cycles = seen.lastLanding - seen.firstShift;
      cycles != simulated.report.arrayCycles)
    return place +
           expected("array cycles", simulated.report.arrayCycles, cycles);
  found = compareValues(model, program, output);
  return found.empty() ? found : place + found;
}

} // namespace tactus::rtl
