//===- Trace.cpp - Runs as Chrome and Perfetto show them ------------------===//
#include "runtime/Support/JsonWriter.h"
#include "runtime/Systolic/Report.h"

using namespace tactus;
using namespace tactus::systolic;

using Layout = json::Writer::Layout;

static void nameTrack(json::Writer &writer, int track, std::string_view name) {
  writer.beginObject(Layout::Inline)
      .member("name", "thread_name")
      .member("ph", "M")
      .member("pid", 1)
      .member("tid", track);
  writer.key("args").beginObject(Layout::Inline).member("name", name);
  writer.endObject().endObject();
}

std::string systolic::makeTrace(const Program &program,
                                const std::vector<InstructionTime> &times) {
  json::Writer writer;
  writer.beginObject().member("displayTimeUnit", "ns");
  writer.key("traceEvents").beginArray(Layout::Block);
  for (int q = 0; q < numQueues; ++q)
    nameTrack(writer, q, toString(Queue(q)));
  nameTrack(writer, numQueues, "barriers");

  // The format counts in microseconds.
  double microseconds = 1e6 / double(program.machine.clockHz);
  for (size_t i = 0; i < program.instructions.size(); ++i) {
    const Instruction &instruction = program.instructions[i];
    const InstructionTime &time = times[i];
    if (!time.isScheduled())
      continue;
    writer.beginObject(Layout::Inline)
        .member("name", toString(instruction.opcode()))
        .member("cat", program.layers[instruction.layer])
        .member("ph", "X")
        .member("pid", 1)
        .member("tid",
                instruction.isBarrier() ? numQueues : int(instruction.queue))
        .member("ts", double(time.start) * microseconds)
        .member("dur", double(time.free - time.start) * microseconds);
    writer.key("args")
        .beginObject(Layout::Inline)
        .member("instruction", i)
        .member("start", time.start)
        .member("free", time.free)
        .member("end", time.end)
        .member("text", disassemble(instruction))
        .endObject()
        .endObject();
  }
  writer.endArray().endObject();
  return writer.take();
}
