//===- MachineJson.cpp - Machine descriptions as JSON ---------------------===//
#include "runtime/Systolic/MachineJson.h"
#include "runtime/Support/JsonObject.h"
#include "runtime/Support/JsonWriter.h"

using namespace tactus;
using namespace tactus::systolic;

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

namespace {
/// Reads one description. What a field may hold is findProblems' to say; here
/// only what findProblems could not represent is refused.
class Reader {
public:
  Reader(json::Value root, Diagnostics &diagnostics)
      : root(root), diagnostics(diagnostics), before(diagnostics.numErrors()) {}

  Machine read() {
    json::Object object(root, diagnostics);
    readVersion(object);
    if (auto name = object.required<std::string>("name"))
      machine.name = *name;
    integer(object, "clock_hz", machine.clockHz);
    if (auto array = object.required<json::Value>("array"))
      readArray(*array);
    if (auto value = object.required<json::Value>("unified_buffer")) {
      json::Object buffer(*value, diagnostics);
      integer(buffer, "bytes", machine.unifiedBufferBytes);
      integer(buffer, "banks", machine.unifiedBufferBanks);
      integer(buffer, "row_bytes", machine.unifiedBufferRowBytes);
      buffer.finish();
    }
    if (auto value = object.required<json::Value>("accumulators"))
      single(*value, "rows", machine.accumulatorRows);
    if (auto value = object.required<json::Value>("weight_fifo")) {
      json::Object fifo(*value, diagnostics);
      integer(fifo, "tiles", machine.fifoTiles);
      integer(fifo, "rows_per_cycle", machine.weightRowsPerCycle);
      fifo.finish();
    }
    if (auto value = object.required<json::Value>("activate"))
      single(*value, "depth", machine.activateDepth);
    if (auto value = object.required<json::Value>("vector"))
      single(*value, "depth", machine.vectorDepth);
    if (auto value = object.required<json::Value>("dram")) {
      json::Object dram(*value, diagnostics);
      integer(dram, "bytes", machine.dramBytes);
      readChannel(dram, machine.dram);
    }
    if (auto value = object.optional<json::Value>("host")) {
      json::Object host(*value, diagnostics);
      readChannel(host, machine.host.emplace());
    }
    object.finish();
    if (diagnostics.numErrors() == before)
      reportProblems();
    return machine;
  }

private:
  void readVersion(json::Object &object) {
    auto version = object.required<json::Value>("tactus_machine");
    if (!version)
      return;
    auto number = version->toInt64(diagnostics);
    if (number && *number != machineFormatVersion)
      version->report(diagnostics, "expected version " +
                                       std::to_string(machineFormatVersion) +
                                       ", but got " + std::to_string(*number));
  }

  void readArray(json::Value value) {
    json::Object array(value, diagnostics);
    integer(array, "rows", machine.rows);
    integer(array, "columns", machine.columns);
    if (auto dataflow = array.required<json::Value>("dataflow"))
      if (auto name = dataflow->toString(diagnostics)) {
        if (auto parsed = parseDataflow(*name))
          machine.dataflow = *parsed;
        else
          dataflow->report(diagnostics,
                           "expected dataflow 'weight-stationary', but got " +
                               dataflow->describe());
      }
    if (auto types = array.required<json::Value>("element_types"))
      if (types->expectKind(json::Kind::Array, diagnostics))
        for (json::Value element : *types)
          if (auto name = element.toString(diagnostics)) {
            if (auto type = parseDataType(*name))
              machine.elementTypes.push_back(*type);
            else
              element.report(diagnostics, "expected i8 or bf16, but got " +
                                              element.describe());
          }
    array.finish();
  }

  void readChannel(json::Object &object, Channel &channel) {
    integer(object, "bytes_per_second", channel.bytesPerSecond);
    integer(object, "latency", channel.latency);
    integer(object, "burst_bytes", channel.burstBytes);
    integer(object, "in_flight", channel.inFlight);
    object.finish();
  }

  void single(json::Value value, const char *key, int64_t &field) {
    json::Object object(value, diagnostics);
    integer(object, key, field);
    object.finish();
  }

  void integer(json::Object &object, const char *key, int64_t &field) {
    if (auto value = object.required<int64_t>(key))
      field = *value;
  }

  void reportProblems() {
    for (const MachineProblem &problem : findProblems(machine)) {
      json::Value value = root;
      for (std::string_view path = problem.field; !path.empty();) {
        size_t slash = std::min(path.find('/'), path.size());
        if (auto member = value.find(path.substr(0, slash)))
          value = *member;
        path.remove_prefix(std::min(slash + 1, path.size()));
      }
      value.report(diagnostics, problem.message);
    }
  }

  json::Value root;
  Diagnostics &diagnostics;
  size_t before;
  Machine machine;
};

Machine readDocument(const json::Document &document) {
  Diagnostics diagnostics;
  Machine machine = readMachine(document.root(), diagnostics);
  diagnostics.throwIfErrors();
  return machine;
}
} // namespace

Machine systolic::readMachine(json::Value value, Diagnostics &diagnostics) {
  return Reader(value, diagnostics).read();
}

Machine systolic::parseMachineJson(std::string text, std::string file) {
  return readDocument(json::Document::parse(std::move(text), std::move(file)));
}

Machine systolic::readMachineJson(const std::filesystem::path &file) {
  return readDocument(json::Document::read(file));
}

Machine systolic::resolveMachine(std::string_view name) {
  if (const Machine *preset = findMachinePreset(name))
    return *preset;
  if (name.ends_with(".json"))
    return readMachineJson(std::filesystem::path(name));
  std::string known;
  for (const Machine &machine : machinePresets())
    known += machine.name + ", ";
  throw Error("expected a machine of " + known + "or a .json file, but got '" +
              std::string(name) + "'");
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

static void writeChannel(json::Writer &writer, const Channel &channel) {
  writer.member("bytes_per_second", channel.bytesPerSecond)
      .member("latency", channel.latency)
      .member("burst_bytes", channel.burstBytes)
      .member("in_flight", channel.inFlight)
      .endObject();
}

void systolic::writeMachine(json::Writer &writer, const Machine &machine) {
  using Layout = json::Writer::Layout;
  writer.beginObject()
      .member("tactus_machine", machineFormatVersion)
      .member("name", machine.name)
      .member("clock_hz", machine.clockHz);
  writer.key("array")
      .beginObject()
      .member("rows", machine.rows)
      .member("columns", machine.columns)
      .member("dataflow", toString(machine.dataflow));
  writer.key("element_types").beginArray();
  for (DataType type : machine.elementTypes)
    writer.value(toString(type));
  writer.endArray().endObject();
  writer.key("unified_buffer")
      .beginObject(Layout::Inline)
      .member("bytes", machine.unifiedBufferBytes)
      .member("banks", machine.unifiedBufferBanks)
      .member("row_bytes", machine.unifiedBufferRowBytes)
      .endObject();
  writer.key("accumulators")
      .beginObject(Layout::Inline)
      .member("rows", machine.accumulatorRows)
      .endObject();
  writer.key("weight_fifo")
      .beginObject(Layout::Inline)
      .member("tiles", machine.fifoTiles)
      .member("rows_per_cycle", machine.weightRowsPerCycle)
      .endObject();
  writer.key("activate")
      .beginObject(Layout::Inline)
      .member("depth", machine.activateDepth)
      .endObject();
  writer.key("vector")
      .beginObject(Layout::Inline)
      .member("depth", machine.vectorDepth)
      .endObject();
  writer.key("dram").beginObject().member("bytes", machine.dramBytes);
  writeChannel(writer, machine.dram);
  if (machine.host) {
    writer.key("host").beginObject();
    writeChannel(writer, *machine.host);
  }
  writer.endObject();
}

std::string systolic::toJson(const Machine &machine) {
  json::Writer writer;
  writeMachine(writer, machine);
  return writer.take();
}
