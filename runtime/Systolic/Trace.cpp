//===- Trace.cpp - Runs as Chrome and Perfetto show them ------------------===//
#include "runtime/Support/JsonWriter.h"
#include "runtime/Systolic/Report.h"
#include <map>

using namespace tactus;
using namespace tactus::systolic;

using Layout = json::Writer::Layout;

static constexpr int barrierTrack = numQueues;

static void nameTrack(json::Writer &writer, std::string_view kind, int track,
                      std::string_view name) {
  writer.beginObject(Layout::Inline)
      .member("name", kind)
      .member("ph", "M")
      .member("pid", 1)
      .member("tid", track);
  writer.key("args").beginObject(Layout::Inline).member("name", name);
  writer.endObject().endObject();
}

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

static void writeSlice(json::Writer &writer, const Program &program,
                       size_t index, const InstructionTime &time,
                       double microseconds) {
  const Instruction &instruction = program.instructions[index];
  writer.beginObject(Layout::Inline)
      .member("name", toString(instruction.opcode()))
      .member("cat", program.layers[instruction.layer])
      .member("ph", "X")
      .member("pid", 1)
      .member("tid",
              instruction.isBarrier() ? barrierTrack : int(instruction.queue))
      .member("ts", double(time.start) * microseconds)
      .member("dur", double(time.free - time.start) * microseconds);
  writer.key("args")
      .beginObject(Layout::Inline)
      .member("layer", program.layers[instruction.layer])
      .member("instruction", index)
      .member("start", time.start)
      .member("free", time.free)
      .member("end", time.end);
  writeDetails(writer, program, instruction);
  writer.member("text", disassemble(instruction)).endObject().endObject();
}

/// Bytes that were asked for and have not arrived, over time.
static void writeCounter(json::Writer &writer, const Program &program,
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
    writer.beginObject(Layout::Inline)
        .member("name", "DRAM bytes in flight")
        .member("ph", "C")
        .member("pid", 1)
        .member("ts", double(time) * microseconds);
    writer.key("args").beginObject(Layout::Inline).member("bytes", inFlight);
    writer.endObject().endObject();
  }
}

std::string systolic::makeTrace(const Program &program,
                                const std::vector<InstructionTime> &times) {
  json::Writer writer;
  writer.beginObject().member("displayTimeUnit", "ns");
  writer.key("traceEvents").beginArray(Layout::Block);
  nameTrack(writer, "process_name", 0, "systolic:" + program.machine.name);
  for (int q = 0; q < numQueues; ++q)
    nameTrack(writer, "thread_name", q, toString(Queue(q)));
  nameTrack(writer, "thread_name", barrierTrack, "barriers");

  // The format counts in microseconds.
  double microseconds = 1e6 / double(program.machine.clockHz);
  for (size_t i = 0; i < program.instructions.size(); ++i)
    if (times[i].isScheduled())
      writeSlice(writer, program, i, times[i], microseconds);
  writeCounter(writer, program, times, microseconds);
  writer.endArray().endObject();
  return writer.take();
}
