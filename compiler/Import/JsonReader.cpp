//===- JsonReader.cpp - Graphs from JSON ----------------------------------===//
//
// Knows no op: what nodes may say stands in the generated table, and what it
// means is for each op to verify. A value that could not be built is null, and
// what uses it is passed over, so that one fault is one message.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/JsonReader.h"
#include "compiler/Graph/GraphBuilder.h"
#include "compiler/Import/JsonAttributes.h"
#include "compiler/Import/JsonElements.h"
#include "compiler/Import/JsonGraph.h"
#include "compiler/Import/Parameters.h"
#include "runtime/Interpreter/TensorAttributes.h"

using namespace mlir;

namespace tactus {
namespace {
class GraphReader {
public:
  GraphReader(const JsonGraph &graph, Diagnostics &diagnostics)
      : graph(graph), diagnostics(diagnostics), builder(graph.name) {}

  Program read(const std::filesystem::path &directory) {
    for (const JsonGraph::Port &port : graph.inputs)
      inputs.push_back(port.isPoisoned ? Value()
                                       : builder.addInput(port.name, port.type,
                                                          locationOf(port)));
    for (const JsonGraph::Port &port : graph.parameters)
      parameters.push_back(
          port.isPoisoned
              ? Value()
              : builder.addParameter(port.name, port.type, locationOf(port)));
    ParameterStore store = openStore(directory);
    operations.resize(graph.nodes.size());
    arguments.resize(graph.arguments.size());
    buildNodes(graph.regions[JsonGraph::top]);
    for (const JsonGraph::Output &output : graph.outputs)
      if (Value value = valueOf(output.source, output.value))
        builder.addOutput(output.name, value);
    Program program = builder.finish();
    program.parameters = std::move(store);
    if (graph.parameterFile) {
      program.parameterFile = graph.parameterFile->asString();
      // So that printed modules can be read again.
      program.module.get()->setAttr(
          parametersAttribute,
          StringAttr::get(builder.context(), program.parameterFile));
    }
    return program;
  }

private:
  Location locationOf(const JsonGraph::Port &port) {
    return locationOf(port.value, port.name);
  }

  Location locationOf(json::Value value, const std::string &name) {
    Error::Place place = value.place();
    place.node = name;
    return builder.location(place);
  }

  ParameterStore openStore(const std::filesystem::path &directory) {
    if (!graph.parameterFile)
      return {};
    auto store =
        openParameters(directory, std::string(graph.parameterFile->asString()),
                       graph.parameterFile->place(), diagnostics);
    if (!store)
      return {};
    for (const JsonGraph::Port &port : graph.parameters)
      if (!port.isPoisoned && diagnostics.keepsErrors())
        checkParameter(*store, port.name, port.type, port.value.place(),
                       diagnostics);
    return *store;
  }

  /// Null where it was not built, or has no such result, which is reported.
  Value valueOf(JsonGraph::Source source, json::Value reference) {
    switch (source.kind) {
    case JsonGraph::SourceKind::Input:
      return inputs[source.index];
    case JsonGraph::SourceKind::Parameter:
      return parameters[source.index];
    case JsonGraph::SourceKind::Argument:
      return arguments[source.index];
    case JsonGraph::SourceKind::Node:
      break;
    }
    Operation *op = operations[source.index];
    if (!op)
      return {};
    if (source.result < op->getNumResults())
      return op->getResult(source.result);
    reference.report(diagnostics, "expected the number of a result below " +
                                      std::to_string(op->getNumResults()) +
                                      ", but got " + reference.describe());
    return {};
  }

  void buildNodes(const JsonGraph::Region &region) {
    for (uint32_t node : region.order)
      operations[node] = buildNode(graph.nodes[node]);
  }

  Operation *buildNode(const JsonGraph::Node &node) {
    NodeScope scope(node, diagnostics);
    std::optional<NamedAttrList> attributes;
    std::optional<SmallVector<Value>> operands;
    if (node.op) {
      attributes =
          readAttributes(node.value, *node.op, builder.context(), diagnostics);
      operands = readOperands(node);
    }
    bool isRight =
        attributes && operands && !node.isPoisoned && !scope.hasErrors();
    // A place takes time to work out.
    Location location =
        isRight ? locationOf(node.value, node.name) : builder.location({});
    GraphBuilder::Regions regions(node.op ? node.op->regions.size() : 0);
    // What stands in regions is judged whether or not the node can be built.
    for (uint32_t number : node.regions) {
      const JsonGraph::Region &region = graph.regions[number];
      std::optional<SmallVector<Type>> types;
      size_t position = node.op ? positionOf(region, *node.op) : 0;
      if (isRight)
        types = typesOfArguments(node, region, unsigned(position), *operands,
                                 *attributes, location);
      std::unique_ptr<Region> content = buildRegion(region, types);
      if (position < regions.size())
        regions[position] = std::move(content);
    }
    if (!isRight || !llvm::all_of(regions, [](const auto &r) { return !!r; }))
      return nullptr;
    Diagnostics refusal;
    Operation *op =
        builder.addOp(node.op->name, *operands, std::move(*attributes),
                      location, refusal, std::move(regions));
    report(refusal, node.value);
    return op;
  }

  /// The place in the file is more than a location holds: it has a pointer.
  void report(const Diagnostics &refusal, json::Value value) {
    for (const tactus::Diagnostic &diagnostic : refusal.all())
      value.report(diagnostics, diagnostic.message);
  }

  /// Which of the op's regions it is; their number where it is none.
  static size_t positionOf(const JsonGraph::Region &region, const OpInfo &op) {
    return size_t(llvm::find(op.regions, StringRef(region.name)) -
                  op.regions.begin());
  }

  /// Nothing where they cannot be told, or are not as many as the file names.
  std::optional<SmallVector<Type>>
  typesOfArguments(const JsonGraph::Node &node, const JsonGraph::Region &region,
                   unsigned position, ArrayRef<Value> operands,
                   const NamedAttrList &attributes, Location location) {
    // What is wrong with the operands is said once.
    Diagnostics refusal;
    auto types = builder.regionArguments(node.op->name, operands, attributes,
                                         position, location, refusal);
    if (!types) {
      if (position == 0)
        report(refusal, node.value);
      return std::nullopt;
    }
    if (types->size() == region.arguments.size())
      return types;
    if (!region.isPoisoned)
      region.value.find("inputs")
          .value_or(region.value)
          .report(diagnostics, "expected " + std::to_string(types->size()) +
                                   (types->size() == 1 ? " input" : " inputs") +
                                   " of region '" + region.name +
                                   "', but got " +
                                   std::to_string(region.arguments.size()));
    return std::nullopt;
  }

  /// Builds what stands in a region; null where it is not whole. Without types
  /// its arguments are not known.
  std::unique_ptr<Region>
  buildRegion(const JsonGraph::Region &region,
              const std::optional<SmallVector<Type>> &types) {
    SmallVector<Location> locations;
    if (types)
      for (uint32_t argument : region.arguments)
        locations.push_back(locationOf(graph.arguments[argument].value,
                                       graph.arguments[argument].name));
    SmallVector<Value> values = builder.beginRegion(
        types ? ArrayRef<Type>(*types) : ArrayRef<Type>(), locations);
    for (auto [argument, value] : llvm::zip(region.arguments, values))
      arguments[argument] = value;
    buildNodes(region);
    SmallVector<Value> results;
    for (const JsonGraph::Result &result : region.results)
      results.push_back(result.source ? valueOf(*result.source, result.value)
                                      : Value());
    if (types && !region.isPoisoned &&
        llvm::all_of(results, [](Value value) { return value != nullptr; }))
      return builder.endRegion(results, locationOf(region.value, ""));
    builder.dropRegion();
    return nullptr;
  }

  /// One value for each operand of the op; nothing where one is not known.
  std::optional<SmallVector<Value>> readOperands(const JsonGraph::Node &node) {
    using Kind = JsonGraph::Operand::Kind;
    SmallVector<Value> values(
        std::max(node.operands.size(), node.op->operands.size()));
    SmallVector<std::optional<ElementType>> types(values.size());
    bool isComplete = true;
    for (auto [value, type, operand] :
         llvm::zip(values, types, node.operands)) {
      if (operand.kind == Kind::Broken)
        isComplete = false;
      if (operand.kind != Kind::Reference)
        continue;
      value = valueOf(operand.source, operand.value);
      if (!value)
        isComplete = false;
      else
        type = elementTypeOf(getElementTypeOrSelf(value.getType()));
    }
    if (!isComplete)
      return std::nullopt;
    for (auto [i, operand] : llvm::enumerate(node.operands)) {
      if (operand.kind != Kind::Literal)
        continue;
      Value &value = values[i];
      value = buildLiteral(operand.value, node.op->typeOfNumber(i, types));
      if (!value)
        return std::nullopt;
    }
    return values;
  }

  Value buildLiteral(json::Value value, std::optional<ElementType> type) {
    if (!type) {
      value.report(diagnostics, "expected a named operand beside the literal "
                                "that gives it an element type, but got none");
      return {};
    }
    auto shape = elementsShape(value, diagnostics);
    if (!shape)
      return {};
    auto tensor = readElements(value, {*type, {shape->begin(), shape->end()}},
                               diagnostics);
    // It has no name, by which the writer knows that it stood inline.
    return tensor ? builder.addConstant(*tensor, locationOf(value, ""))
                  : Value();
  }

  const JsonGraph &graph;
  Diagnostics &diagnostics;
  GraphBuilder builder;
  std::vector<Value> inputs;
  std::vector<Value> parameters;
  std::vector<Operation *> operations;
  /// Of regions.
  std::vector<Value> arguments;
};
} // namespace

std::optional<Program> readJsonGraph(const json::Document &document,
                                     const std::filesystem::path &directory,
                                     Diagnostics &diagnostics) {
  JsonGraph graph = readStructure(document.root(), diagnostics);
  if (!document.root().isObject())
    return std::nullopt;
  Program program = GraphReader(graph, diagnostics).read(directory);
  if (diagnostics.hasErrors())
    return std::nullopt;
  return program;
}

} // namespace tactus
