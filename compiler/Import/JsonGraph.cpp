//===- JsonGraph.cpp - The structure of a JSON graph ----------------------===//
#include "compiler/Import/JsonGraph.h"
#include "compiler/Import/NodeOrder.h"
#include "compiler/Import/TypeText.h"
#include "runtime/Support/JsonObject.h"
#include "runtime/Support/Suggest.h"
#include "llvm/ADT/StringExtras.h"
#include <unordered_map>
#include <unordered_set>

using namespace tactus;

namespace {
class StructureReader {
public:
  StructureReader(json::Value root, Diagnostics &diagnostics)
      : root(root), diagnostics(diagnostics) {}

  JsonGraph read() {
    json::Object object(root, diagnostics);
    if (!root.isObject() || !readVersion(object))
      return std::move(graph);
    if (auto name = object.optional<json::Value>("name"))
      graph.name = readName(*name).value_or("");
    if (auto inputs = object.optional<json::Value>("inputs"))
      readPorts(*inputs, JsonGraph::SourceKind::Input, graph.inputs);
    if (auto parameters = object.optional<json::Value>("parameters"))
      readParameters(*parameters);
    auto nodes = object.optional<json::Value>("nodes");
    // Nodes refer to later ones, so all names come before any reference.
    if (nodes && nodes->expectKind(json::Kind::Array, diagnostics)) {
      for (json::Value node : *nodes)
        declareNode(node);
      for (JsonGraph::Node &node : graph.nodes)
        readNode(node);
    }
    if (auto outputs = object.required<json::Value>("outputs"))
      readOutputs(*outputs);
    object.finish();
    graph.order = sortNodes(graph, diagnostics);
    // A fault may be what leaves an input without a user.
    if (!diagnostics.hasErrors())
      warnOfUnused();
    return std::move(graph);
  }

private:
  bool readVersion(json::Object &object) {
    auto version = object.required<json::Value>("tactus");
    if (!version)
      return false;
    auto number = version->toInt64(diagnostics);
    if (!number)
      return false;
    // Another version may have other keys, so nothing else is judged.
    if (*number != graphFormatVersion) {
      version->report(diagnostics, "expected version " +
                                       std::to_string(graphFormatVersion) +
                                       ", but got " + std::to_string(*number));
      return false;
    }
    return true;
  }

  std::optional<std::string> readName(json::Value value) {
    auto name = value.toString(diagnostics);
    if (!name)
      return std::nullopt;
    if (auto problem = findNameProblem(*name)) {
      value.report(diagnostics, *problem);
      return std::nullopt;
    }
    return std::string(*name);
  }

  /// Makes a name known; reports where it is taken.
  void declare(const std::string &name, JsonGraph::Source source,
               json::Value value) {
    auto [place, isNew] = names.try_emplace(name, source);
    if (!isNew)
      value.report(diagnostics, "expected a name of its own, but got '" + name +
                                    "' again, which " +
                                    pointerOf(place->second) + " has");
  }

  std::string pointerOf(JsonGraph::Source source) const {
    switch (source.kind) {
    case JsonGraph::SourceKind::Input:
      return graph.inputs[source.index].value.pointer();
    case JsonGraph::SourceKind::Parameter:
      return graph.parameters[source.index].value.pointer();
    case JsonGraph::SourceKind::Node:
      return graph.nodes[source.index].value.pointer();
    }
    return "";
  }

  void readPorts(json::Value array, JsonGraph::SourceKind kind,
                 std::vector<JsonGraph::Port> &ports) {
    if (!array.expectKind(json::Kind::Array, diagnostics))
      return;
    for (json::Value value : array) {
      JsonGraph::Port port{"", {}, value, /*isPoisoned=*/true};
      json::Object object(value, diagnostics);
      auto name = object.required<json::Value>("name");
      if (auto type = object.required<json::Value>("type"))
        if (auto read = readType(*type, kind)) {
          port.type = std::move(*read);
          port.isPoisoned = false;
        }
      object.finish();
      if (name)
        port.name = readName(*name).value_or("");
      ports.push_back(port);
      if (!port.name.empty())
        declare(port.name, {kind, uint32_t(ports.size() - 1)}, *name);
    }
  }

  std::optional<TensorType> readType(json::Value value,
                                     JsonGraph::SourceKind kind) {
    auto text = value.toString(diagnostics);
    if (!text)
      return std::nullopt;
    std::string problem;
    auto type = parseTensorType(*text, problem);
    if (type && kind == JsonGraph::SourceKind::Parameter && !type->isStatic()) {
      problem = "expected a parameter's dimensions to be sizes, but got '" +
                type->str() + "'";
      type = std::nullopt;
    }
    if (!type)
      value.report(diagnostics, problem);
    return type;
  }

  void readParameters(json::Value value) {
    json::Object object(value, diagnostics);
    if (auto file = object.required<json::Value>("file"))
      if (file->expectKind(json::Kind::String, diagnostics))
        graph.parameterFile = *file;
    if (auto tensors = object.required<json::Value>("tensors"))
      readPorts(*tensors, JsonGraph::SourceKind::Parameter, graph.parameters);
    object.finish();
  }

  void declareNode(json::Value value) {
    JsonGraph::Node node{.value = value};
    auto name = value.find("name");
    if (name && name->isString())
      node.name = readName(*name).value_or("");
    graph.nodes.push_back(node);
    if (!node.name.empty())
      declare(node.name,
              {JsonGraph::SourceKind::Node, uint32_t(graph.nodes.size() - 1)},
              *name);
  }

  void readNode(JsonGraph::Node &node) {
    if (auto op = node.value.find("op"); op && op->isString())
      node.opName = op->asString();
    NodeScope scope(node, diagnostics);
    json::Object object(node.value, diagnostics);
    object.required<std::string>("name");
    auto op = object.required<std::string>("op");
    auto inputs = object.optional<json::Value>("inputs");
    object.allow("attributes");
    object.finish();
    if (op)
      findOp(node);
    if (inputs && inputs->expectKind(json::Kind::Array, diagnostics))
      for (json::Value operand : *inputs)
        node.operands.push_back(readOperand(operand));
    if (node.op)
      checkOperandCount(node, inputs.value_or(node.value));
    node.isPoisoned = scope.hasErrors();
  }

  void findOp(JsonGraph::Node &node) {
    node.op = findGraphOp(node.opName);
    if (node.op)
      return;
    std::vector<std::string_view> known;
    for (const OpInfo &info : graphOps())
      known.push_back(info.name);
    node.value.find("op")->report(
        diagnostics, "expected an op of tactus, but got '" + node.opName + "'" +
                         didYouMean(node.opName, known));
  }

  void checkOperandCount(const JsonGraph::Node &node, json::Value place) {
    size_t least = node.op->leastOperands(), most = node.op->operands.size();
    size_t count = node.operands.size();
    if (count < least || (count > most && !node.op->isVariadic())) {
      std::string range = std::to_string(least);
      if (node.op->isVariadic())
        range += " or more";
      else if (most != least)
        range += " to " + std::to_string(most);
      std::string names = node.op->describeOperands();
      place.report(diagnostics, "expected " + range +
                                    (range == "1" ? " operand" : " operands") +
                                    (names.empty() ? "" : " (" + names + ")") +
                                    ", but got " + std::to_string(count));
    }
    for (size_t i = 0; i < count && most > 0; ++i) {
      // The last operand stands for all further ones of an op that takes any
      // number.
      if (i >= most && !node.op->isVariadic())
        break;
      const OperandInfo &operand = node.op->operands[std::min(i, most - 1)];
      if (node.operands[i].kind == JsonGraph::Operand::Kind::Absent &&
          !operand.isOptional)
        node.operands[i].value.report(
            diagnostics, "expected operand '" + operand.name.str() +
                             "', which is not optional, but got null");
    }
  }

  JsonGraph::Operand readOperand(json::Value value) {
    using Kind = JsonGraph::Operand::Kind;
    JsonGraph::Operand operand{.value = value};
    if (value.isNull())
      return operand;
    operand.kind = Kind::Literal;
    if (value.isObject()) {
      value.report(diagnostics,
                   "expected the name of a value, a number, an array or "
                   "null, but got an object");
      operand.kind = Kind::Broken;
    }
    if (!value.isString())
      return operand;
    auto source = resolve(value);
    operand.kind = source ? Kind::Reference : Kind::Broken;
    operand.source = source.value_or(JsonGraph::Source());
    return operand;
  }

  /// Finds what `name` or `name:1` refers to.
  std::optional<JsonGraph::Source> resolve(json::Value value) {
    llvm::StringRef text = value.asString();
    auto [name, number] = text.split(':');
    auto found = names.find(name.str());
    if (found == names.end()) {
      std::vector<std::string_view> known;
      // Near names are dear, so only messages that are kept have them.
      if (diagnostics.keepsErrors())
        for (const auto &[other, source] : names)
          known.push_back(other);
      value.report(diagnostics,
                   "expected the name of an input, parameter or node, but "
                   "got " +
                       value.describe() +
                       didYouMean(std::string_view(name), known));
      return std::nullopt;
    }
    JsonGraph::Source source = found->second;
    if (name.size() == text.size())
      return source;
    bool isPlain = !number.empty() && llvm::all_of(number, llvm::isDigit) &&
                   (number == "0" || number[0] != '0');
    if (!isPlain || number.getAsInteger(10, source.result)) {
      value.report(diagnostics,
                   "expected the number of a result after ':', but got " +
                       value.describe());
      return std::nullopt;
    }
    if (source.kind != JsonGraph::SourceKind::Node && source.result > 0) {
      value.report(diagnostics, "expected a node before ':', but '" +
                                    name.str() + "' has one value");
      return std::nullopt;
    }
    return source;
  }

  void readOutputs(json::Value array) {
    if (!array.expectKind(json::Kind::Array, diagnostics))
      return;
    if (array.size() == 0)
      array.report(diagnostics, "expected one output or more, but got none");
    std::unordered_set<std::string> taken;
    for (json::Value value : array) {
      std::optional<json::Value> name = value, reference = value;
      if (value.isObject()) {
        json::Object object(value, diagnostics);
        name = object.required<json::Value>("name");
        reference = object.required<json::Value>("value");
        object.finish();
        if (!name || !reference)
          continue;
      }
      if (!reference->expectKind(json::Kind::String, diagnostics))
        continue;
      auto source = resolve(*reference);
      if (source && value.isString() &&
          value.asString().find(':') != std::string_view::npos) {
        value.report(diagnostics,
                     "expected {\"name\": ..., \"value\": ...}, as the name of "
                     "an output holds no ':', but got " +
                         value.describe());
        continue;
      }
      auto text = source ? readName(*name) : std::nullopt;
      if (!text)
        continue;
      if (!taken.insert(*text).second)
        name->report(diagnostics,
                     "expected an output of another name, but got '" + *text +
                         "' again");
      graph.outputs.push_back({*text, *source, *reference});
    }
  }

  void warnOfUnused() {
    using Kind = JsonGraph::SourceKind;
    std::vector<bool> inputs(graph.inputs.size()),
        parameters(graph.parameters.size()), nodes(graph.nodes.size());
    auto use = [&](JsonGraph::Source source) {
      (source.kind == Kind::Input       ? inputs
       : source.kind == Kind::Parameter ? parameters
                                        : nodes)[source.index] = true;
    };
    for (const JsonGraph::Node &node : graph.nodes)
      for (const JsonGraph::Operand &operand : node.operands)
        if (operand.kind == JsonGraph::Operand::Kind::Reference)
          use(operand.source);
    for (const JsonGraph::Output &output : graph.outputs)
      use(output.source);
    warnOfUnused("input", graph.inputs, inputs);
    warnOfUnused("parameter", graph.parameters, parameters);
    warnOfUnused("node", graph.nodes, nodes);
  }

  template <typename Things>
  void warnOfUnused(const char *kind, const Things &things,
                    const std::vector<bool> &isUsed) {
    // A place takes time to work out, and this many say enough.
    size_t left = 100;
    for (size_t i = 0; i < isUsed.size() && left > 0; ++i)
      if (!isUsed[i] && left--)
        diagnostics.warning(things[i].value.place(), std::string(kind) + " '" +
                                                         things[i].name +
                                                         "' is not used");
  }

  json::Value root;
  Diagnostics &diagnostics;
  JsonGraph graph;
  std::unordered_map<std::string, JsonGraph::Source> names;
};
} // namespace

JsonGraph tactus::readStructure(json::Value root, Diagnostics &diagnostics) {
  return StructureReader(root, diagnostics).read();
}
