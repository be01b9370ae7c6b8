//===- OpCall.cpp - One op that the API adds to a graph -------------------===//
#include "compiler/Graph/OpCall.h"
#include "compiler/Graph/GraphState.h"
#include "compiler/Graph/OpTable.h"
#include "compiler/Graph/ScalarConstant.h"
#include "mlir/IR/Builders.h"
#include "runtime/Interpreter/TensorAttributes.h"
#include "runtime/Support/Assert.h"

using namespace mlir;

namespace tactus {

static StringRef withoutDialect(StringRef name) {
  return name.split('.').second;
}

/// The graph that all operands are of; throws where there is none or two.
static std::shared_ptr<GraphState>
commonState(StringRef mnemonic, ArrayRef<const Operand *> operands) {
  std::shared_ptr<GraphState> common;
  const std::source_location &where = operands.front()->where();
  auto refuse = [&](const std::string &message) {
    throw Error(callerPlace(where, mnemonic), message);
  };
  size_t number = 0;
  for (const Operand *operand : operands) {
    if (operand && operand->value()) {
      const auto &state = GraphAccess::stateOf(*operand->value());
      if (!state)
        refuse("expected a value, but operand " + std::to_string(number) +
               " is empty");
      if (common && common != state)
        refuse("expected operands of one graph, but operand " +
               std::to_string(number) + " is of another");
      if (!state->builder.isVisible(GraphAccess::valueOf(*operand->value())))
        refuse("expected a value that is seen here, but operand " +
               std::to_string(number) + " belongs to a region that has ended");
      common = state;
    }
    ++number;
  }
  if (!common)
    refuse("expected a value among the operands, but got numbers alone");
  return common;
}

OpCall::OpCall(StringRef name, ArrayRef<const Operand *> arguments)
    : mnemonic(withoutDialect(name)), state(commonState(mnemonic, arguments)),
      where(arguments.front()->where()) {
  const OpInfo *info = findGraphOp(mnemonic);
  TACTUS_ASSERT(info, "the API offers ops of the table");
  SmallVector<std::optional<ElementType>> types;
  for (const Operand *argument : arguments)
    types.push_back(argument && argument->value()
                        ? std::optional(argument->value()->type().elementType)
                        : std::nullopt);
  for (auto [i, argument] : llvm::enumerate(arguments)) {
    if (!argument)
      operands.push_back(nullptr);
    else if (const Value *value = argument->value())
      operands.push_back(GraphAccess::valueOf(*value));
    else
      operands.push_back(state->builder.addConstant(
          tensorOfScalar(*argument->scalar(), *info->typeOfNumber(i, types),
                         callerPlace(argument->where(), mnemonic)),
          callerLocation(*state, argument->where())));
  }
}

OpCall::OpCall(StringRef name, Graph &graph, const std::source_location &where)
    : mnemonic(withoutDialect(name)),
      state(GraphAccess::sharedStateOf(graph, where)), where(where) {}

MLIRContext *OpCall::context() const {
  return state->builder.context();
}

OpCall &&OpCall::set(StringRef name, Attribute attribute) && {
  attributes.set(name, attribute);
  return std::move(*this);
}

OpCall &&OpCall::set(StringRef name, double value) && {
  return std::move(*this).set(name, Builder(context()).getF64FloatAttr(value));
}

OpCall &&OpCall::set(StringRef name, int64_t value) && {
  return std::move(*this).set(name,
                              Builder(context()).getI64IntegerAttr(value));
}

OpCall &&OpCall::set(StringRef name, bool value) && {
  return std::move(*this).set(name, Builder(context()).getBoolAttr(value));
}

OpCall &&OpCall::set(StringRef name, ElementType type) && {
  return std::move(*this).set(name, TypeAttr::get(toMlirType(context(), type)));
}

OpCall &&OpCall::set(StringRef name, const TensorType &type) && {
  checkTensorType(type, callerPlace(where, mnemonic));
  return std::move(*this).set(name, TypeAttr::get(toMlirType(context(), type)));
}

OpCall &&OpCall::set(StringRef name, const std::vector<int64_t> &values) && {
  return std::move(*this).set(name,
                              Builder(context()).getDenseI64ArrayAttr(values));
}

SmallVector<Type> OpCall::regionArguments(unsigned region) const {
  Diagnostics diagnostics;
  auto types = state->builder.regionArguments(
      mnemonic, operands, attributes, region, callerLocation(*state, where),
      diagnostics);
  diagnostics.throwIfErrors();
  return *types;
}

OpCall &&OpCall::region(std::unique_ptr<Region> region) && {
  regions.push_back(std::move(region));
  return std::move(*this);
}

Operation *OpCall::add() {
  Diagnostics diagnostics;
  Operation *op = state->builder.addOp(mnemonic, operands, attributes,
                                       callerLocation(*state, where),
                                       diagnostics, std::move(regions));
  diagnostics.throwIfErrors();
  return op;
}

Value OpCall::value() && {
  return GraphAccess::makeValue(state, add()->getResult(0));
}

std::vector<Value> OpCall::values() && {
  std::vector<Value> results;
  for (mlir::Value result : add()->getResults())
    results.push_back(GraphAccess::makeValue(state, result));
  return results;
}

} // namespace tactus
