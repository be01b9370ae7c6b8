//===- NodeNames.cpp - Names of the values of a graph ---------------------===//
#include "compiler/Import/NodeNames.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "compiler/Graph/OpTable.h"
#include "compiler/Import/TypeText.h"
#include "dialects/Tactus/TactusDialect.h"
#include "runtime/Interpreter/TensorAttributes.h"
#include <cmath>

using namespace mlir;

namespace tactus {

NodeNames::NodeNames(func::FuncOp main) {
  for (auto [port, argument] :
       llvm::zip(inputPorts(main), main.getArguments())) {
    arguments[argument] = port.name;
    taken.insert(port.name);
  }
  llvm::StringSet<> parameters;
  main.walk([&](ir::ParameterOp parameter) {
    StringRef name = parameter.getName();
    nodes[parameter] = name.str();
    if (parameters.insert(name).second && !taken.insert(name).second)
      throw Error(placeOf(parameter.getLoc()),
                  "expected an input and a parameter to have different names, "
                  "but both are '" +
                      name.str() + "'");
  });
  main.walk([&](Operation *op) { findInline(*op); });
  // The user's names come first, so that none is taken by one that is made.
  SmallVector<std::pair<Operation *, std::string>> unnamedNodes;
  SmallVector<std::pair<Value, std::string>> unnamedArguments;
  auto give = [&](auto thing, Location location, StringRef otherwise,
                  auto &named, auto &unnamed) {
    std::string name = placeOf(location).node;
    if (findNameProblem(name))
      unnamed.push_back({thing, otherwise.str()});
    else if (taken.insert(name).second)
      named[thing] = name;
    else
      unnamed.push_back({thing, name});
  };
  main.walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (op == main || isa<ir::ParameterOp>(op) || isInline(op) ||
        op->hasTrait<OpTrait::IsTerminator>())
      return;
    give(op, op->getLoc(), op->getName().stripDialect(), nodes, unnamedNodes);
    for (Region &region : op->getRegions())
      for (Value argument : region.getArguments())
        give(argument, argument.getLoc(), "arg", arguments, unnamedArguments);
  });
  for (auto &[op, name] : unnamedNodes)
    nodes[op] = makeUnique(name);
  for (auto &[argument, name] : unnamedArguments)
    arguments[argument] = makeUnique(name);
}

std::string NodeNames::makeUnique(std::string name) {
  std::string candidate = name;
  for (int i = 1; !taken.insert(candidate).second; ++i)
    candidate = name + "_" + std::to_string(i);
  return candidate;
}

/// An unnamed constant that JSON can hold as an operand: not empty, and no
/// string, which would be a name.
static bool couldBeInline(Operation *op) {
  auto constant = dyn_cast_or_null<ir::ConstantOp>(op);
  if (!constant || !op->hasOneUse() || !placeOf(op->getLoc()).node.empty())
    return false;
  Operation *user = *op->user_begin();
  if (user->hasTrait<OpTrait::IsTerminator>() ||
      user->getBlock() != op->getBlock())
    return false;
  auto value = dyn_cast<DenseElementsAttr>(constant.getValue());
  if (!value || value.getNumElements() == 0)
    return false;
  auto isFinite = [](const APFloat &number) { return number.isFinite(); };
  return value.getType().getRank() > 0 ||
         !isa<FloatType>(value.getElementType()) ||
         llvm::all_of(value.getValues<APFloat>(), isFinite);
}

SmallVector<Value> listedOperands(Operation *op) {
  SmallVector<Value> operands(op->getOperands());
  auto segments = op->getAttrOfType<DenseI32ArrayAttr>("operandSegmentSizes");
  const OpInfo *info = findGraphOp(op->getName().stripDialect());
  if (!segments || !info || info->isVariadic())
    return operands;
  SmallVector<Value> padded;
  size_t next = 0;
  for (int32_t size : segments.asArrayRef())
    padded.push_back(size ? operands[next++] : Value());
  while (!padded.empty() && !padded.back())
    padded.pop_back();
  return padded;
}

void NodeNames::findInline(Operation &user) {
  const OpInfo *info = isa_and_nonnull<ir::TactusDialect>(user.getDialect())
                           ? findGraphOp(user.getName().stripDialect())
                           : nullptr;
  if (!info)
    return;
  SmallVector<Value> operands = listedOperands(&user);
  SmallVector<std::optional<ElementType>> types;
  SmallVector<bool> isLiteral;
  for (Value operand : operands) {
    types.push_back(
        operand ? std::optional(elementTypeOf(getElementTypeOrSelf(operand)))
                : std::nullopt);
    isLiteral.push_back(operand && couldBeInline(operand.getDefiningOp()));
  }
  // A literal has the type that the reader gives it beside the others; one that
  // would get another type has a name, and is beside them too.
  for (bool changed = true; changed;) {
    changed = false;
    SmallVector<std::optional<ElementType>> named = types;
    for (auto [literal, type] : llvm::zip(isLiteral, named))
      if (literal)
        type = std::nullopt;
    for (size_t i = 0; i < operands.size(); ++i)
      if (isLiteral[i] && info->typeOfNumber(i, named) != types[i]) {
        isLiteral[i] = false;
        changed = true;
      }
  }
  for (auto [operand, literal] : llvm::zip(operands, isLiteral))
    if (literal)
      inlined.insert(operand.getDefiningOp());
}

std::string NodeNames::of(Value value) const {
  if (isa<BlockArgument>(value))
    return arguments.at(value);
  auto result = cast<OpResult>(value);
  std::string name = nodes.at(result.getOwner());
  if (result.getResultNumber() > 0)
    name += ":" + std::to_string(result.getResultNumber());
  return name;
}

} // namespace tactus
