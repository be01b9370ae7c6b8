//===- Report.cpp - What a run cost ---------------------------------------===//
#include "runtime/Systolic/Report.h"
#include "runtime/Support/JsonWriter.h"
#include <algorithm>
#include <cstdarg>
#include <cstdio>

using namespace tactus;
using namespace tactus::systolic;

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

Report systolic::makeReport(const Program &program,
                            const Dependences &dependences,
                            const Timing &timing, WeightLoading loading) {
  Report report;
  report.machine = program.machine;
  report.weightLoading = loading;
  report.totalCycles = timing.totalCycles();
  report.arrayCycles = arrayCycles(program, dependences, loading);
  report.stalls = timing.stalls();
  report.instructions = program.instructions.size();
  report.folds = dependences.switches.size();
  report.layers.resize(program.layers.size());
  for (size_t i = 0; i < program.layers.size(); ++i)
    report.layers[i].name = program.layers[i];

  std::vector<bool> isBegun(program.layers.size());
  for (uint32_t i = 0; i < program.instructions.size(); ++i) {
    const Instruction &instruction = program.instructions[i];
    if (auto *call = std::get_if<HostCall>(&instruction.operands))
      report.hostCalls.push_back({i, call->function, int64_t(call->bytes)});
    if (instruction.isBarrier())
      continue;
    LayerReport &layer = report.layers[instruction.layer];
    const InstructionTime &time = timing.times()[i];
    layer.begin = isBegun[instruction.layer] ? std::min(layer.begin, time.start)
                                             : time.start;
    isBegun[instruction.layer] = true;
    layer.end = std::max(layer.end, time.end);
    int64_t bytes = timing.burstBytes(i);
    switch (instruction.opcode()) {
    case Opcode::DmaLoad:
      layer.loadedBytes += bytes;
      break;
    case Opcode::DmaStore:
      layer.storedBytes += bytes;
      break;
    case Opcode::LoadWeights:
      layer.weightBytes += bytes;
      break;
    case Opcode::Matmul: {
      const Matmul &op = std::get<Matmul>(instruction.operands);
      uint32_t push = dependences.pushes[dependences.tile[i]];
      auto &tile = std::get<LoadWeights>(program.instructions[push].operands);
      layer.activeCycles += op.rows();
      layer.usefulMacs += op.rows() * op.k * tile.n;
      break;
    }
    default:
      break;
    }
  }
  for (const LayerReport &layer : report.layers) {
    report.activeCycles += layer.activeCycles;
    report.usefulMacs += layer.usefulMacs;
    report.weightBytes += layer.weightBytes;
    report.loadedBytes += layer.loadedBytes;
    report.storedBytes += layer.storedBytes;
  }
  return report;
}

double Report::seconds() const {
  return double(totalCycles) / double(machine.clockHz);
}

double Report::utilization() const {
  double cells = double(machine.rows) * double(machine.columns);
  return totalCycles ? double(usefulMacs) / (cells * double(totalCycles)) : 0;
}

double Report::operationsPerSecond() const {
  return totalCycles ? 2 * double(usefulMacs) / seconds() : 0;
}

double Report::intensity() const {
  return weightBytes ? 2 * double(usefulMacs) / double(weightBytes) : 0;
}

double Report::roofline() const {
  double peak = 2 * double(machine.rows) * double(machine.columns) *
                double(machine.clockHz);
  if (!weightBytes)
    return peak;
  return std::min(peak,
                  intensity() * double(machine.weightChannel().bytesPerSecond));
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

__attribute__((format(printf, 2, 3))) static void
print(std::string &out, const char *format, ...) {
  char buffer[512];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(buffer, sizeof(buffer), format, arguments);
  va_end(arguments);
  out.append(buffer, std::clamp<int>(length, 0, sizeof(buffer) - 1));
}

static double percent(int64_t part, int64_t whole) {
  return whole ? 100.0 * double(part) / double(whole) : 0;
}

std::string Report::str() const {
  std::string out;
  auto ll = [](int64_t value) { return static_cast<long long>(value); };
  out += "machine " + machine.name;
  print(out, ", %lld x %lld cells, %.6g MHz\n", ll(machine.rows),
        ll(machine.columns), double(machine.clockHz) / 1e6);
  print(out, "total cycles      %14lld  %.6g us (DMA, ACT and VEC modeled)\n",
        ll(totalCycles), seconds() * 1e6);
  print(out, "array cycles      %14lld  exact, %s weight loading, %lld folds\n",
        ll(arrayCycles),
        weightLoading == WeightLoading::Serial ? "serial" : "overlapped",
        ll(folds));
  print(out, "useful MACs       %14lld  %.2f%% of all cells and cycles\n",
        ll(usefulMacs), 100 * utilization());
  print(out, "unused MACs       %14lld  of %lld while the array was active\n",
        ll(arrayMacs() - usefulMacs), ll(arrayMacs()));
  print(out, "throughput        %14.6g  GOPS of %.6g GOPS roofline",
        operationsPerSecond() / 1e9, roofline() / 1e9);
  print(out, " at %.6g operations per weight byte\n", intensity());
  out += "cycles by cause\n";
  print(out, "  array active    %14lld  %6.2f%%\n", ll(activeCycles),
        percent(activeCycles, totalCycles));
  for (int i = 0; i < numStalls; ++i)
    print(out, "  %-15s %14lld  %6.2f%%\n",
          std::string(toString(Stall(i))).c_str(), ll(stalls[i]),
          percent(stalls[i], totalCycles));
  print(out,
        "DRAM bytes        %14lld  weights %lld, loads %lld, stores %lld\n",
        ll(weightBytes + loadedBytes + storedBytes), ll(weightBytes),
        ll(loadedBytes), ll(storedBytes));
  print(out, "unified buffer    %14lld  of %lld rows\n", ll(unifiedBufferRows),
        ll(machine.unifiedBufferRows()));
  print(out, "accumulators      %14lld  of %lld rows\n", ll(accumulatorRows),
        ll(machine.accumulatorRows));
  for (const LayerReport &layer : layers) {
    out += "layer " + layer.name;
    print(out,
          ": %lld cycles, %lld active, %lld MACs, weights %lld, loads %lld, "
          "stores %lld bytes\n",
          ll(layer.cycles()), ll(layer.activeCycles), ll(layer.usefulMacs),
          ll(layer.weightBytes), ll(layer.loadedBytes), ll(layer.storedBytes));
  }
  for (const HostCallReport &call : hostCalls)
    print(out,
          "host call: instruction %u calls function %u on %lld bytes, at no "
          "cycles\n",
          call.instruction, call.function, ll(call.bytes));
  return out;
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

std::string Report::json() const {
  using Layout = json::Writer::Layout;
  json::Writer writer;
  writer.beginObject()
      .member("machine", machine.name)
      .member("rows", machine.rows)
      .member("columns", machine.columns)
      .member("clock_hz", machine.clockHz)
      .member("weight_loading",
              weightLoading == WeightLoading::Serial ? "serial" : "overlapped")
      .member("total_cycles", totalCycles)
      .member("seconds", seconds())
      .member("array_cycles", arrayCycles)
      .member("active_cycles", activeCycles);
  writer.key("stalls").beginObject();
  for (int i = 0; i < numStalls; ++i) {
    std::string name(toString(Stall(i)));
    std::replace(name.begin(), name.end(), ' ', '_');
    writer.member(name, stalls[i]);
  }
  writer.endObject()
      .member("instructions", instructions)
      .member("folds", folds)
      .member("useful_macs", usefulMacs)
      .member("array_macs", arrayMacs())
      .member("utilization", utilization())
      .member("operations_per_second", operationsPerSecond())
      .member("operations_per_weight_byte", intensity())
      .member("roofline", roofline())
      .member("weight_bytes", weightBytes)
      .member("loaded_bytes", loadedBytes)
      .member("stored_bytes", storedBytes)
      .member("unified_buffer_rows", unifiedBufferRows)
      .member("accumulator_rows", accumulatorRows);
  writer.key("layers").beginArray(Layout::Block);
  for (const LayerReport &layer : layers)
    writer.beginObject(Layout::Inline)
        .member("name", layer.name)
        .member("begin", layer.begin)
        .member("end", layer.end)
        .member("active_cycles", layer.activeCycles)
        .member("useful_macs", layer.usefulMacs)
        .member("weight_bytes", layer.weightBytes)
        .member("loaded_bytes", layer.loadedBytes)
        .member("stored_bytes", layer.storedBytes)
        .endObject();
  writer.endArray();
  writer.key("host_calls").beginArray(Layout::Block);
  for (const HostCallReport &call : hostCalls)
    writer.beginObject(Layout::Inline)
        .member("instruction", call.instruction)
        .member("function", call.function)
        .member("bytes", call.bytes)
        .endObject();
  writer.endArray().endObject();
  return writer.take();
}
