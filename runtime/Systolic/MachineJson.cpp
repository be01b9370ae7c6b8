//===- MachineJson.cpp - Machine descriptions as JSON ---------------------===//
#include "runtime/Systolic/MachineJson.h"
#include "dialects/Systolic/MachineFields.h"
#include "runtime/Support/JsonObject.h"
#include "runtime/Support/JsonWriter.h"

using namespace tactus;
using namespace tactus::systolic;

// The groups that hold more than numbers.
static constexpr std::string_view arrayGroup = "array", dramGroup = "dram";

/// The objects of a description, in order.
static std::vector<std::string_view> groups() {
  std::vector<std::string_view> found;
  for (const Field<Machine> &field : machineFields())
    if (!field.group.empty() && (found.empty() || found.back() != field.group))
      found.push_back(field.group);
  return found;
}

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
    readNumbers(object, "");
    for (std::string_view group : groups())
      if (auto value = object.required<json::Value>(group))
        readGroup(*value, group);
    if (auto value = object.optional<json::Value>("host")) {
      json::Object host(*value, diagnostics);
      readChannel(host, machine.host.emplace());
      host.finish();
    }
    object.finish();
    if (diagnostics.numErrors() == before)
      reportProblems();
    return machine;
  }

private:
  void readGroup(json::Value value, std::string_view group) {
    json::Object object(value, diagnostics);
    readNumbers(object, group);
    if (group == arrayGroup)
      readArray(object);
    if (group == dramGroup)
      readChannel(object, machine.dram);
    object.finish();
  }

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

  void readArray(json::Object &array) {
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
  }

  void readNumbers(json::Object &object, std::string_view group) {
    for (const Field<Machine> &field : machineFields())
      if (field.group == group)
        if (auto value = object.required<int64_t>(field.key))
          machine.*field.member = *value;
  }

  void readChannel(json::Object &object, Channel &channel) {
    for (const Field<Channel> &field : channelFields())
      if (auto value = object.required<int64_t>(field.key))
        channel.*field.member = *value;
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

static void writeNumbers(json::Writer &writer, const Machine &machine,
                         std::string_view group) {
  for (const Field<Machine> &field : machineFields())
    if (field.group == group)
      writer.member(field.key, machine.*field.member);
}

static void writeChannel(json::Writer &writer, const Channel &channel) {
  for (const Field<Channel> &field : channelFields())
    writer.member(field.key, channel.*field.member);
}

void systolic::writeMachine(json::Writer &writer, const Machine &machine) {
  using Layout = json::Writer::Layout;
  writer.beginObject()
      .member("tactus_machine", machineFormatVersion)
      .member("name", machine.name);
  writeNumbers(writer, machine, "");
  for (std::string_view group : groups()) {
    bool isLarge = group == arrayGroup || group == dramGroup;
    writer.key(group).beginObject(isLarge ? Layout::Block : Layout::Inline);
    writeNumbers(writer, machine, group);
    if (group == arrayGroup) {
      writer.member("dataflow", toString(machine.dataflow));
      writer.key("element_types").beginArray();
      for (DataType type : machine.elementTypes)
        writer.value(toString(type));
      writer.endArray();
    }
    if (group == dramGroup)
      writeChannel(writer, machine.dram);
    writer.endObject();
  }
  if (machine.host) {
    writer.key("host").beginObject();
    writeChannel(writer, *machine.host);
    writer.endObject();
  }
  writer.endObject();
}

std::string systolic::toJson(const Machine &machine) {
  json::Writer writer;
  writeMachine(writer, machine);
  return writer.take();
}
