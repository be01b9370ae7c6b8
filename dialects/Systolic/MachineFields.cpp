//===- MachineFields.cpp - The numbers of a machine's description ---------===//
//
// docs/generate.py reads these tables as text: each row is the initializer of
// one Field, of literals alone.
//
//===----------------------------------------------------------------------===//
#include "dialects/Systolic/MachineFields.h"

using namespace tactus;
using namespace tactus::systolic;

using enum FieldRule;

static constexpr int64_t one = 1;

static constexpr Field<Machine> ofMachines[] = {
    {"", "clock_hz", &Machine::clockHz, 1'000'000, 100'000'000'000, Any,
     "Cycles a second."},
    {"array", "rows", &Machine::rows, 1, 4096, Any,
     "Rows of cells: the products that a column sums."},
    {"array", "columns", &Machine::columns, 1, 4096, Any,
     "Columns of cells: the sums of a row of inputs."},
    {"unified_buffer", "bytes", &Machine::unifiedBufferBytes, 1, one << 36, Any,
     "Its size: whole rows in each bank, and at least one tile."},
    {"unified_buffer", "banks", &Machine::unifiedBufferBanks, 1, 65536, Any,
     "Runs of rows that units use at one time without a stall."},
    {"unified_buffer", "row_bytes", &Machine::unifiedBufferRowBytes, 1,
     one << 20, MultipleOf4,
     "The unit of its addresses, wide enough for a row of the array's "
     "operands."},
    {"accumulators", "rows", &Machine::accumulatorRows, 2, one << 24, Even,
     "Rows of one 4-byte sum a column, in two halves."},
    {"weight_fifo", "tiles", &Machine::fifoTiles, 1, 1024, Any,
     "Weight tiles that wait between memory and the array."},
    {"weight_fifo", "rows_per_cycle", &Machine::weightRowsPerCycle, 1, 4,
     PowerOfTwo, "Rows of a tile that shift into the array each cycle."},
    {"activate", "depth", &Machine::activateDepth, 0, 100'000, Any,
     "Cycles from a row's entry to its result."},
    {"vector", "depth", &Machine::vectorDepth, 0, 100'000, Any,
     "Cycles from a row's entry to its result."},
    {"dram", "bytes", &Machine::dramBytes, 1, one << 40, Any, "Its size."},
};

static constexpr Field<Channel> ofChannels[] = {
    {"", "bytes_per_second", &Channel::bytesPerSecond, 1'000,
     1'000'000'000'000'000, Any, "What it moves at most."},
    {"", "latency", &Channel::latency, 0, 1'000'000, Any,
     "Cycles from a request to its first byte."},
    {"", "burst_bytes", &Channel::burstBytes, 1, 65536, PowerOfTwo,
     "Bytes that move at a time; requests are rounded out to these."},
    {"", "in_flight", &Channel::inFlight, 1, one << 20, Any,
     "Bursts that may be under way at once."},
};

std::span<const Field<Machine>> systolic::machineFields() {
  return ofMachines;
}

std::span<const Field<Channel>> systolic::channelFields() {
  return ofChannels;
}
