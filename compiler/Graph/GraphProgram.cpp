//===- GraphProgram.cpp - Programs of graphs of the API -------------------===//
#include "compiler/Graph/GraphState.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/DenseSet.h"

using namespace mlir;

namespace tactus {

/// Gives a program the parameters that it refers to. Throws where one has
/// become another type since the graph named it.
static void addParameters(Program &program, const GraphState &state,
                          const std::source_location &where) {
  std::set<std::filesystem::path> files;
  program.module->walk([&](ir::ParameterOp op) {
    std::string name = op.getName().str();
    const GraphState::Parameter &parameter = state.parameters.at(name);
    Tensor tensor = parameter.store.get(name);
    if (tensor.type() != parameter.type) {
      Error::Place place = callerPlace(where);
      place.node = name;
      throw Error(place, "expected a parameter of type " +
                             parameter.type.str() + ", but got " +
                             tensor.type().str());
    }
    files.insert(parameter.store.file());
    program.parameters.set(name, tensor);
  });
  if (files.size() == 1)
    program.parameterFile = files.begin()->string();
}

Program programOf(const Graph &graph, const std::source_location &where) {
  GraphState &state = GraphAccess::stateOf(graph, where);
  if (state.outputs.empty())
    throw Error(where, "expected one output or more, but got none");
  Program program = state.builder.finish();
  addParameters(program, state, where);
  return program;
}

/// The ops that `value` depends on. Throws where an input is among them.
static llvm::DenseSet<Operation *>
dependencesOf(mlir::Value value, const GraphState &state,
              const std::source_location &where) {
  llvm::DenseSet<Operation *> found;
  SmallVector<mlir::Value> pending = {value};
  while (!pending.empty()) {
    mlir::Value next = pending.pop_back_val();
    if (!state.builder.isAtTop(next))
      continue;
    if (auto argument = dyn_cast<BlockArgument>(next))
      throw Error(where, "expected a value without inputs to evaluate, but it "
                         "depends on input '" +
                             state.inputs[argument.getArgNumber()].name + "'");
    // What regions of it use counts too.
    if (found.insert(next.getDefiningOp()).second)
      next.getDefiningOp()->walk([&](Operation *op) {
        llvm::append_range(pending, op->getOperands());
      });
  }
  return found;
}

Program programOf(const Value &value, const std::source_location &where) {
  if (!GraphAccess::stateOf(value))
    throw Error(where, "expected a value to evaluate, but got an empty one");
  const GraphState &state = *GraphAccess::stateOf(value);
  mlir::Value result = GraphAccess::valueOf(value);
  if (!state.builder.isAtTop(result))
    throw Error(where, "expected a value of the graph to evaluate, but got one "
                       "of a region");
  llvm::DenseSet<Operation *> needed = dependencesOf(result, state, where);

  Program program;
  program.context = state.builder.sharedContext();
  Location location = callerLocation(state, where);
  program.module = ModuleOp::create(location);
  OpBuilder builder = OpBuilder::atBlockEnd(program.module->getBody());
  auto main =
      func::FuncOp::create(builder, location, "main",
                           builder.getFunctionType({}, {result.getType()}));
  main.setResultAttr(0, nameAttribute, builder.getStringAttr("value"));
  builder.setInsertionPointToStart(main.addEntryBlock());
  IRMapping mapping;
  for (Operation &op : *result.getParentBlock())
    if (needed.contains(&op))
      builder.clone(op, mapping);
  func::ReturnOp::create(builder, location, mapping.lookup(result));
  addParameters(program, state, where);
  return program;
}

} // namespace tactus
