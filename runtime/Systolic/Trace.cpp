//===- Trace.cpp - Runs as Chrome and Perfetto show them ------------------===//
#include "runtime/Support/TraceEvents.h"
#include "runtime/Systolic/Report.h"
#include <map>

using namespace tactus;
using namespace tactus::systolic;

static constexpr int barrierTrack = numQueues;

/// What an instruction works on, by name.
static void writeDetails(json::Writer &writer, const Program &program,
                         const Instruction &instruction) {
  const Operands &operands = instruction.operands;
  if (auto *op = std::get_if<Matmul>(&operands))
    writer.member("rows", op->rows()).member("k", op->k);
  else if (auto *weights = std::get_if<LoadWeights>(&operands))
    writer.member("k", weights->k).member("n", weights->n);
  else if (auto *drain = std::get_if<Activate>(&operands))
    writer.member("function", toString(drain->function))
        .member("rows", drain->rows)
        .member("columns", drain->columns);
  else if (auto *vec = std::get_if<Vec>(&operands))
    writer.member("operation", toString(vec->operation))
        .member("rows", vec->rows)
        .member("columns", vec->columns);
  else if (auto *call = std::get_if<HostCall>(&operands))
    writer.member("kernel", program.hostFunctions[call->function].name)
        .member("bytes", call->bytes);
  if (int64_t bytes = burstBytes(program.machine, operands))
    writer.member("dram_bytes", bytes);
}

static void writeSlice(TraceEvents &events, const Program &program,
                       size_t index, const InstructionTime &time,
                       double microseconds) {
  const Instruction &instruction = program.instructions[index];
  const std::string &layer = program.layers[instruction.layer];
  json::Writer &writer = events.beginSlice(
      toString(instruction.opcode()), layer,
      instruction.isBarrier() ? barrierTrack : int(instruction.queue),
      double(time.start) * microseconds,
      double(time.free - time.start) * microseconds);
  writer.member("layer", layer)
      .member("instruction", index)
      .member("start", time.start)
      .member("free", time.free)
      .member("end", time.end);
  writeDetails(writer, program, instruction);
  writer.member("text", disassemble(instruction));
  events.endEvent();
}

/// Bytes that were asked for and have not arrived, over time.
static void writeCounter(TraceEvents &events, const Program &program,
                         const std::vector<InstructionTime> &times,
                         double microseconds) {
  std::map<int64_t, int64_t> changes;
  for (size_t i = 0; i < program.instructions.size(); ++i)
    if (int64_t bytes =
            burstBytes(program.machine, program.instructions[i].operands);
        bytes && times[i].isScheduled()) {
      changes[times[i].start] += bytes;
      changes[times[i].end] -= bytes;
    }
  int64_t inFlight = 0;
  for (auto [time, change] : changes) {
    if (!change)
      continue;
    inFlight += change;
    events.beginCounter("DRAM bytes in flight", double(time) * microseconds)
        .member("bytes", inFlight);
    events.endEvent();
  }
}

std::string systolic::makeTrace(const Program &program,
                                const std::vector<InstructionTime> &times) {
  TraceEvents events("systolic:" + program.machine.name);
  for (int q = 0; q < numQueues; ++q)
    events.nameTrack(q, toString(Queue(q)));
  events.nameTrack(barrierTrack, "barriers");

  // The format counts in microseconds.
  double microseconds = 1e6 / double(program.machine.clockHz);
  for (size_t i = 0; i < program.instructions.size(); ++i)
    if (times[i].isScheduled())
      writeSlice(events, program, i, times[i], microseconds);
  writeCounter(events, program, times, microseconds);
  return events.take();
}
