//===- ModuleMachine.cpp - The machine of a module ------------------------===//
#include "dialects/Systolic/ModuleMachine.h"
#include "mlir/IR/Builders.h"

using namespace mlir;

namespace tactus::systolic {
namespace {

/// Calls `visit(name, field)` for each field that is a number.
template <typename M, typename Visitor>
void visitNumbers(M &machine, Visitor visit) {
  visit("rows", machine.rows);
  visit("columns", machine.columns);
  visit("clock_hz", machine.clockHz);
  visit("unified_buffer_bytes", machine.unifiedBufferBytes);
  visit("unified_buffer_banks", machine.unifiedBufferBanks);
  visit("unified_buffer_row_bytes", machine.unifiedBufferRowBytes);
  visit("accumulator_rows", machine.accumulatorRows);
  visit("fifo_tiles", machine.fifoTiles);
  visit("dram_bytes", machine.dramBytes);
  visit("weight_rows_per_cycle", machine.weightRowsPerCycle);
  visit("activate_depth", machine.activateDepth);
  visit("vector_depth", machine.vectorDepth);
}

template <typename C, typename Visitor>
void visitChannel(C &channel, Visitor visit) {
  visit("bytes_per_second", channel.bytesPerSecond);
  visit("latency", channel.latency);
  visit("burst_bytes", channel.burstBytes);
  visit("in_flight", channel.inFlight);
}

DictionaryAttr channelAttribute(const Channel &channel, Builder &builder) {
  NamedAttrList fields;
  visitChannel(channel, [&](StringRef name, int64_t value) {
    fields.append(name, builder.getI64IntegerAttr(value));
  });
  return fields.getDictionary(builder.getContext());
}

/// Takes fields from a dictionary and remembers which.
class Reader {
public:
  explicit Reader(DictionaryAttr fields) : fields(fields) {}

  template <typename T> T get(StringRef name) {
    ++taken;
    auto attribute = fields.getAs<T>(name);
    if (!attribute && problem.empty())
      problem = ("expected field '" + name + "' of the machine").str();
    return attribute;
  }
  void number(StringRef name, int64_t &value) {
    if (auto attribute = get<IntegerAttr>(name))
      value = attribute.getInt();
  }
  bool has(StringRef name) const { return fields.contains(name); }
  /// What is wrong; empty where nothing is.
  std::string finish() {
    if (problem.empty() && taken != fields.size())
      problem = "expected " + std::to_string(taken) +
                " fields of the machine, but got " +
                std::to_string(fields.size());
    return problem;
  }

private:
  DictionaryAttr fields;
  std::string problem;
  size_t taken = 0;
};

std::string readChannel(DictionaryAttr fields, Channel &channel) {
  Reader reader(fields);
  visitChannel(channel, [&](StringRef name, int64_t &value) {
    reader.number(name, value);
  });
  return reader.finish();
}

std::string readTypes(ArrayAttr types, std::vector<DataType> &out) {
  for (Attribute each : types) {
    auto name = dyn_cast<StringAttr>(each);
    auto type = name ? parseDataType(name.getValue()) : std::nullopt;
    if (!type)
      return "expected names of element types";
    out.push_back(*type);
  }
  return "";
}

std::string readMachine(DictionaryAttr fields, Machine &machine) {
  Reader reader(fields);
  std::string problem;
  if (auto name = reader.get<StringAttr>("name"))
    machine.name = name.str();
  if (auto types = reader.get<ArrayAttr>("element_types"))
    problem = readTypes(types, machine.elementTypes);
  visitNumbers(machine, [&](StringRef name, int64_t &value) {
    reader.number(name, value);
  });
  if (auto channel = reader.get<DictionaryAttr>("dram");
      channel && problem.empty())
    problem = readChannel(channel, machine.dram);
  if (reader.has("host"))
    if (auto channel = reader.get<DictionaryAttr>("host");
        channel && problem.empty())
      problem = readChannel(channel, machine.host.emplace());
  return problem.empty() ? reader.finish() : problem;
}

} // namespace

Attribute attributeOf(const Machine &machine, MLIRContext *context) {
  Builder builder(context);
  const Machine *preset = findMachinePreset(machine.name);
  if (preset && *preset == machine)
    return builder.getStringAttr(machine.name);
  NamedAttrList fields;
  fields.append("name", builder.getStringAttr(machine.name));
  SmallVector<StringRef> types;
  for (DataType type : machine.elementTypes)
    types.push_back(toString(type));
  fields.append("element_types", builder.getStrArrayAttr(types));
  visitNumbers(machine, [&](StringRef name, int64_t value) {
    fields.append(name, builder.getI64IntegerAttr(value));
  });
  fields.append("dram", channelAttribute(machine.dram, builder));
  if (machine.host)
    fields.append("host", channelAttribute(*machine.host, builder));
  return fields.getDictionary(context);
}

FailureOr<Machine>
machineOf(Attribute attribute,
          llvm::function_ref<InFlightDiagnostic()> emitError) {
  if (auto name = dyn_cast_if_present<StringAttr>(attribute)) {
    if (const Machine *preset = findMachinePreset(name.getValue()))
      return *preset;
    std::string names;
    for (const Machine &preset : machinePresets())
      names += (names.empty() ? "" : ", ") + preset.name;
    return emitError() << "expected a machine of " << names << ", but got '"
                       << name.getValue() << "'";
  }
  auto fields = dyn_cast_if_present<DictionaryAttr>(attribute);
  if (!fields)
    return emitError() << "expected a module with '" << machineAttributeName
                       << "', a name or a dictionary, but got none";
  Machine machine;
  if (std::string problem = readMachine(fields, machine); !problem.empty())
    return emitError() << problem;
  for (const MachineProblem &problem : findProblems(machine))
    return emitError() << problem.field << ": " << problem.message;
  return machine;
}

std::optional<Machine> findMachine(Operation *op) {
  auto module = op->getParentOfType<ModuleOp>();
  if (!module)
    return std::nullopt;
  Attribute attribute = module->getAttr(machineAttributeName);
  if (auto name = dyn_cast_if_present<StringAttr>(attribute)) {
    const Machine *preset = findMachinePreset(name.getValue());
    return preset ? std::optional(*preset) : std::nullopt;
  }
  auto fields = dyn_cast_if_present<DictionaryAttr>(attribute);
  Machine machine;
  if (!fields || !readMachine(fields, machine).empty() ||
      !findProblems(machine).empty())
    return std::nullopt;
  return machine;
}

} // namespace tactus::systolic
