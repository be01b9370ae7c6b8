//===- Graph.cpp - Building graphs ----------------------------------------===//
#include "compiler/Graph/GraphState.h"
#include "dialects/Tactus/TactusDialect.h"
#include "runtime/Interpreter/TensorAttributes.h"
#include "runtime/Support/Names.h"
#include "runtime/Tensor/Shape.h"
#include "llvm/ADT/StringExtras.h"

namespace tactus {

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

Error::Place callerPlace(const std::source_location &where,
                         llvm::StringRef op) {
  Error::Place place;
  place.file = where.file_name();
  place.line = where.line();
  place.op = op.str();
  return place;
}

mlir::Location callerLocation(const GraphState &state,
                              const std::source_location &where,
                              llvm::StringRef node) {
  Error::Place place = callerPlace(where);
  place.node = node.str();
  return state.builder.location(place);
}

void checkTensorType(const TensorType &type, const Error::Place &place) {
  std::vector<int64_t> sizes;
  for (const Dimension &dimension : type.dimensions) {
    // A name that is empty makes a dimension of size -1.
    sizes.push_back(dimension.isStatic() ? dimension.size() : 1);
    if (dimension.isStatic())
      continue;
    if (auto problem = findNameProblem(dimension.name()))
      throw Error(place, *problem);
    // Types are written as `f32[batch,784]`.
    if (dimension.name().find_first_of("[], ") != std::string::npos ||
        llvm::isDigit(dimension.name()[0]))
      throw Error(place, "expected the name of a dimension, but got '" +
                             dimension.name() + "'");
  }
  try {
    checkedNumElements(type.elementType, sizes);
  } catch (const Error &error) {
    throw Error(place, error.message());
  }
}

void GraphState::takeName(const std::string &taken,
                          const std::source_location &where) {
  if (auto problem = findNameProblem(taken))
    throw Error(where, *problem);
  if (!names.insert(taken).second)
    throw Error(where,
                "expected a name of its own, but got '" + taken + "' again");
}

GraphState &GraphAccess::stateOf(const Graph &graph,
                                 const std::source_location &where) {
  if (!graph.state)
    throw Error(where, "expected a graph, but it was moved from");
  return *graph.state;
}

Value GraphAccess::makeValue(std::shared_ptr<GraphState> state,
                             mlir::Value value) {
  Value made;
  made.graph = std::move(state);
  made.value = value.getAsOpaquePointer();
  return made;
}

//===----------------------------------------------------------------------===//
// Value
//===----------------------------------------------------------------------===//

static std::string nodeName(mlir::Location location) {
  auto named = mlir::dyn_cast<mlir::NameLoc>(location);
  return named ? named.getName().str() : "";
}

std::string Value::name() const {
  return graph ? nodeName(GraphAccess::valueOf(*this).getLoc()) : "";
}

TensorType Value::type() const {
  if (!graph)
    throw Error("expected a value of a graph, but got an empty one");
  mlir::Value value = GraphAccess::valueOf(*this);
  if (auto argument = mlir::dyn_cast<mlir::BlockArgument>(value);
      argument && graph->builder.isAtTop(value))
    return graph->inputs[argument.getArgNumber()].type;
  auto tensor = mlir::cast<mlir::RankedTensorType>(value.getType());
  TensorType type{elementTypeOf(tensor.getElementType()), {}};
  for (int64_t size : tensor.getShape())
    type.dimensions.push_back(
        mlir::ShapedType::isDynamic(size) ? Dimension("?") : Dimension(size));
  return type;
}

static mlir::Location renamed(GraphState &state, mlir::Location location,
                              const std::string &name) {
  if (auto named = mlir::dyn_cast<mlir::NameLoc>(location)) {
    state.names.erase(named.getName().str());
    location = named.getChildLoc();
  }
  return mlir::NameLoc::get(mlir::StringAttr::get(location.getContext(), name),
                            location);
}

Value Value::named(std::string name, const std::source_location &where) const {
  if (!graph)
    throw Error(where, "expected a value to name '" + name +
                           "', but got an empty one");
  mlir::Value value = GraphAccess::valueOf(*this);
  mlir::Operation *op = value.getDefiningOp();
  std::string old = this->name();
  bool isInput = !op && graph->builder.isAtTop(value);
  if (isInput || mlir::isa_and_nonnull<ir::ParameterOp>(op))
    throw Error(where, "expected a node to name '" + name + "', but '" + old +
                           "' is " + (op ? "a parameter" : "an input"));
  if (!old.empty() && name == old)
    return *this;
  graph->takeName(name, where);
  if (op)
    op->setLoc(renamed(*graph, op->getLoc(), name));
  else
    value.setLoc(renamed(*graph, value.getLoc(), name));
  return *this;
}

//===----------------------------------------------------------------------===//
// Graph
//===----------------------------------------------------------------------===//

Graph::Graph(std::string name, const std::source_location &where) {
  if (!name.empty())
    if (auto problem = findNameProblem(name))
      throw Error(where, *problem);
  state = std::make_shared<GraphState>(std::move(name));
}

Graph::Graph(Graph &&) noexcept = default;
Graph &Graph::operator=(Graph &&) noexcept = default;
Graph::~Graph() = default;

const std::string &Graph::name() const {
  return GraphAccess::stateOf(*this, std::source_location::current()).name;
}

Value Graph::input(std::string name, const TensorType &type,
                   const std::source_location &where) {
  GraphState &graph = GraphAccess::stateOf(*this, where);
  Error::Place place = callerPlace(where);
  place.node = name;
  checkTensorType(type, place);
  graph.takeName(name, where);
  graph.inputs.push_back({name, type});
  return GraphAccess::makeValue(
      state,
      graph.builder.addInput(name, type, callerLocation(graph, where, name)));
}

Value Graph::parameter(const std::string &name, const ParameterStore &store,
                       const std::source_location &where) {
  GraphState &graph = GraphAccess::stateOf(*this, where);
  Tensor tensor;
  try {
    tensor = store.get(name);
  } catch (const Error &error) {
    throw Error(where, error.message());
  }
  auto known = graph.parameters.find(name);
  if (known == graph.parameters.end()) {
    graph.takeName(name, where);
    mlir::Value value = graph.builder.addParameter(
        name, tensor.type(), callerLocation(graph, where, name));
    known = graph.parameters
                .try_emplace(name,
                             GraphState::Parameter{value, tensor.type(), store})
                .first;
  } else if (known->second.store.get(name).rawData() != tensor.rawData()) {
    throw Error(where, "expected one parameter of the name '" + name +
                           "', but got that of another store");
  }
  return GraphAccess::makeValue(state, known->second.value);
}

Value Graph::constant(const Tensor &tensor, const std::source_location &where) {
  GraphState &graph = GraphAccess::stateOf(*this, where);
  return GraphAccess::makeValue(
      state, graph.builder.addConstant(tensor, callerLocation(graph, where)));
}

void Graph::output(const std::string &name, const Value &value,
                   const std::source_location &where) {
  GraphState &graph = GraphAccess::stateOf(*this, where);
  if (GraphAccess::stateOf(value) != state)
    throw Error(where, GraphAccess::stateOf(value)
                           ? "expected a value of this graph as output '" +
                                 name + "', but got one of another"
                           : "expected a value as output '" + name +
                                 "', but got an empty one");
  if (!graph.builder.isAtTop(GraphAccess::valueOf(value)))
    throw Error(where, "expected a value of the graph as output '" + name +
                           "', but got one of a region");
  if (auto problem = findNameProblem(name))
    throw Error(where, *problem);
  if (!graph.outputs.insert(name).second)
    throw Error(where, "expected an output of another name, but got '" + name +
                           "' again");
  mlir::Value result = GraphAccess::valueOf(value);
  graph.builder.addOutput(name, result);
  // A name that something else has stays with that.
  if (value.name().empty() && graph.names.insert(name).second)
    result.getDefiningOp()->setLoc(
        renamed(graph, result.getDefiningOp()->getLoc(), name));
}

} // namespace tactus
