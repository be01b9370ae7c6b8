//===- JsonGraph.cpp - The structure of a JSON graph ----------------------===//
#include "compiler/Import/JsonGraph.h"
#include "compiler/Graph/OpText.h"
#include "compiler/Import/NameTable.h"
#include "compiler/Import/NodeOrder.h"
#include "compiler/Import/TypeText.h"
#include "compiler/Import/UnusedValues.h"
#include "runtime/Support/JsonObject.h"
#include <unordered_set>

using namespace tactus;

namespace {
class StructureReader {
public:
  StructureReader(json::Value root, Diagnostics &diagnostics)
      : root(root), diagnostics(diagnostics), names(graph, diagnostics) {
    graph.regions.push_back({.value = root});
  }

  JsonGraph read() {
    json::Object object(root, diagnostics);
    if (!root.isObject() || !readVersion(object))
      return std::move(graph);
    if (auto name = object.optional<json::Value>("name"))
      graph.name = names.read(*name).value_or("");
    if (auto inputs = object.optional<json::Value>("inputs"))
      readPorts(*inputs, JsonGraph::SourceKind::Input, graph.inputs);
    if (auto parameters = object.optional<json::Value>("parameters"))
      readParameters(*parameters);
    auto nodes = object.optional<json::Value>("nodes");
    // Nodes refer to later ones, so all names come before any reference.
    if (nodes && nodes->expectKind(json::Kind::Array, diagnostics)) {
      declareNodes(*nodes, JsonGraph::top);
      readNodes(JsonGraph::top);
    }
    if (auto outputs = object.required<json::Value>("outputs"))
      readOutputs(*outputs);
    object.finish();
    sortNodes(graph, diagnostics);
    // A fault may be what leaves an input without a user.
    if (!diagnostics.hasErrors())
      warnOfUnused(graph, diagnostics);
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
        port.name = names.read(*name).value_or("");
      ports.push_back(port);
      if (!port.name.empty())
        names.declare(port.name, {kind, uint32_t(ports.size() - 1)}, *name);
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

  void declareNodes(json::Value array, uint32_t region) {
    for (json::Value node : array)
      declareNode(node, region);
  }

  void declareNode(json::Value value, uint32_t region) {
    uint32_t node = uint32_t(graph.nodes.size());
    graph.nodes.push_back({.region = region, .value = value});
    graph.regions[region].order.push_back(node);
    auto name = value.find("name");
    if (name && name->isString()) {
      std::string text = names.read(*name).value_or("");
      graph.nodes[node].name = text;
      if (!text.empty())
        names.declare(text, {JsonGraph::SourceKind::Node, node}, *name);
    }
    // The nesting of JSON bounds that of regions.
    if (auto regions = value.find("regions"); regions && regions->isObject())
      for (json::Value content : *regions)
        declareRegion(content, node);
  }

  void declareRegion(json::Value value, uint32_t node) {
    uint32_t region = uint32_t(graph.regions.size());
    graph.regions.push_back(
        {.node = node, .name = std::string(value.key()), .value = value});
    graph.nodes[node].regions.push_back(region);
    if (auto inputs = value.find("inputs"); inputs && inputs->isArray())
      for (json::Value input : *inputs)
        declareArgument(input, region);
    if (auto nodes = value.find("nodes"); nodes && nodes->isArray())
      declareNodes(*nodes, region);
  }

  void declareArgument(json::Value value, uint32_t region) {
    uint32_t argument = uint32_t(graph.arguments.size());
    std::string name = names.read(value).value_or("");
    graph.arguments.push_back({name, region, value});
    graph.regions[region].arguments.push_back(argument);
    if (!name.empty())
      names.declare(name, {JsonGraph::SourceKind::Argument, argument}, value);
  }

  void readNodes(uint32_t region) {
    for (uint32_t node : graph.regions[region].order)
      readNode(graph.nodes[node]);
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
    object.allow("regions");
    object.finish();
    if (op)
      findOp(node);
    if (inputs && inputs->expectKind(json::Kind::Array, diagnostics))
      for (json::Value operand : *inputs)
        node.operands.push_back(readOperand(operand, node.region));
    if (node.op) {
      checkOperandCount(node, inputs.value_or(node.value));
      checkRegions(node);
    }
    node.isPoisoned = scope.hasErrors();
    for (uint32_t region : node.regions)
      readRegion(region);
  }

  /// Whether the op has the regions of its kind, whatever is in them.
  void checkRegions(const JsonGraph::Node &node) {
    auto regions = node.value.find("regions");
    if (node.op->regions.empty()) {
      if (regions)
        regions->reportKey(diagnostics, "expected no regions of " +
                                            node.opName + ", but got " +
                                            regions->describe());
      return;
    }
    if (!regions) {
      node.value.report(diagnostics, "expected a key 'regions', but got none");
      return;
    }
    json::Object object(*regions, diagnostics);
    for (llvm::StringLiteral name : node.op->regions)
      object.required<json::Value>(std::string_view(name));
    object.finish();
  }

  void readRegion(uint32_t number) {
    size_t before = diagnostics.numErrors();
    json::Value value = graph.regions[number].value;
    json::Object object(value, diagnostics);
    if (auto inputs = object.optional<json::Value>("inputs"))
      inputs->expectKind(json::Kind::Array, diagnostics);
    auto nodes = object.optional<json::Value>("nodes");
    if (nodes)
      nodes->expectKind(json::Kind::Array, diagnostics);
    auto outputs = object.required<json::Value>("outputs");
    object.finish();
    bool hasErrors = diagnostics.numErrors() > before;
    readNodes(number);
    JsonGraph::Region &region = graph.regions[number];
    region.isPoisoned = hasErrors;
    if (!outputs || !outputs->expectKind(json::Kind::Array, diagnostics)) {
      region.isPoisoned = true;
      return;
    }
    for (json::Value output : *outputs) {
      JsonGraph::Result result{.value = output};
      if (output.expectKind(json::Kind::String, diagnostics))
        result.source = names.resolve(output, number);
      region.results.push_back(result);
    }
  }

  void findOp(JsonGraph::Node &node) {
    node.op = findGraphOp(node.opName);
    if (node.op)
      return;
    node.value.find("op")->report(
        diagnostics, "expected an op of tactus, but got '" + node.opName + "'" +
                         didYouMeanOp(node.opName));
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

  JsonGraph::Operand readOperand(json::Value value, uint32_t region) {
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
    auto source = names.resolve(value, region);
    operand.kind = source ? Kind::Reference : Kind::Broken;
    operand.source = source.value_or(JsonGraph::Source());
    return operand;
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
      auto source = names.resolve(*reference, JsonGraph::top);
      if (source && value.isString() &&
          value.asString().find(':') != std::string_view::npos) {
        value.report(diagnostics,
                     "expected {\"name\": ..., \"value\": ...}, as the name of "
                     "an output holds no ':', but got " +
                         value.describe());
        continue;
      }
      auto text = source ? names.read(*name) : std::nullopt;
      if (!text)
        continue;
      if (!taken.insert(*text).second)
        name->report(diagnostics,
                     "expected an output of another name, but got '" + *text +
                         "' again");
      graph.outputs.push_back({*text, *source, *reference});
    }
  }

  json::Value root;
  Diagnostics &diagnostics;
  JsonGraph graph;
  NameTable names;
};
} // namespace

JsonGraph tactus::readStructure(json::Value root, Diagnostics &diagnostics) {
  return StructureReader(root, diagnostics).read();
}
