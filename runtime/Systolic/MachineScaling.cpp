//===- MachineScaling.cpp - Machines of other sizes -----------------------===//
#include "runtime/Systolic/MachineScaling.h"
#include <algorithm>

using namespace tactus;
using namespace tactus::systolic;

static int64_t ceilDiv(__int128 value, __int128 unit) {
  return int64_t((value + unit - 1) / unit);
}

static void scaleRows(const Machine &base, Machine &machine) {
  int64_t width = 1;
  for (DataType type : base.elementTypes)
    width = std::max(width, byteSize(type));
  int64_t side = std::max(machine.rows, machine.columns);
  int64_t bytes = ceilDiv(__int128(base.unifiedBufferRowBytes) * side,
                          std::max(base.rows, base.columns));
  machine.unifiedBufferRowBytes = ceilDiv(std::max(bytes, side * width), 4) * 4;
}

static void coverLatency(const Machine &machine, Channel &channel) {
  // Bytes that are under way at once: bandwidth x latency in seconds.
  int64_t bytes = ceilDiv(__int128(channel.bytesPerSecond) * channel.latency,
                          machine.clockHz);
  channel.inFlight =
      std::max(channel.inFlight, ceilDiv(bytes, channel.burstBytes));
}

Machine systolic::scaled(const Machine &base, const MachineChange &change) {
  Machine machine = base;
  machine.rows = change.rows.value_or(base.rows);
  machine.columns = change.columns.value_or(base.columns);
  if (change.rows || change.columns)
    scaleRows(base, machine);
  machine.unifiedBufferBytes =
      change.unifiedBufferBytes.value_or(base.unifiedBufferBytes);
  // What is smaller than one row a bank is left to findProblems, as is an array
  // without cells, whose rows have no bytes.
  int64_t unit = machine.unifiedBufferBanks * machine.unifiedBufferRowBytes;
  if (unit > 0 && machine.unifiedBufferBytes >= unit)
    machine.unifiedBufferBytes -= machine.unifiedBufferBytes % unit;
  if (change.bytesPerSecond) {
    machine.dram.bytesPerSecond = *change.bytesPerSecond;
    coverLatency(machine, machine.dram);
  }
  return machine;
}
