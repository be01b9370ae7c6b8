//===- NodeNames.cpp - Names of the values of a graph ---------------------===//
#include "compiler/Import/NodeNames.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "compiler/Import/TypeText.h"
#include "dialects/Tactus/TactusDialect.h"
#include "runtime/Interpreter/TensorAttributes.h"
#include <cmath>

using namespace mlir;

namespace tactus {

NodeNames::NodeNames(func::FuncOp main) {
  Block &body = main.getBody().front();
  for (const Port &port : inputPorts(main)) {
    inputs.push_back(port.name);
    taken.insert(port.name);
  }
  llvm::StringSet<> parameters;
  for (auto parameter : body.getOps<ir::ParameterOp>()) {
    StringRef name = parameter.getName();
    nodes[parameter] = name.str();
    if (parameters.insert(name).second && !taken.insert(name).second)
      throw Error(placeOf(parameter.getLoc()),
                  "expected an input and a parameter to have different names, "
                  "but both are '" +
                      name.str() + "'");
  }
  findInline(body);
  // The user's names come first, so that none is taken by one that is made.
  SmallVector<Operation *> unnamed;
  for (Operation &op : body) {
    if (isa<ir::ParameterOp, func::ReturnOp>(op) || isInline(&op))
      continue;
    std::string name = placeOf(op.getLoc()).node;
    if (findNameProblem(name) || !taken.insert(name).second)
      unnamed.push_back(&op);
    else
      nodes[&op] = name;
  }
  for (Operation *op : unnamed) {
    std::string name = placeOf(op->getLoc()).node;
    if (findNameProblem(name))
      name = op->getName().stripDialect().str();
    nodes[op] = makeUnique(name);
  }
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
  if (!constant || !op->hasOneUse() || isa<func::ReturnOp>(*op->user_begin()) ||
      !placeOf(op->getLoc()).node.empty())
    return false;
  auto value = dyn_cast<DenseElementsAttr>(constant.getValue());
  if (!value || value.getNumElements() == 0)
    return false;
  auto isFinite = [](const APFloat &number) { return number.isFinite(); };
  return value.getType().getRank() > 0 ||
         !isa<FloatType>(value.getElementType()) ||
         llvm::all_of(value.getValues<APFloat>(), isFinite);
}

void NodeNames::findInline(Block &body) {
  for (Operation &user : body) {
    // The reader takes the element type of the first operand that has a name.
    Type elementType;
    for (Value operand : user.getOperands())
      if (!elementType && !couldBeInline(operand.getDefiningOp()))
        elementType = getElementTypeOrSelf(operand);
    if (!elementType)
      continue;
    for (Value operand : user.getOperands())
      if (couldBeInline(operand.getDefiningOp()) &&
          getElementTypeOrSelf(operand) == elementType)
        inlined.insert(operand.getDefiningOp());
  }
}

std::string NodeNames::of(Value value) const {
  if (auto argument = dyn_cast<BlockArgument>(value))
    return inputs[argument.getArgNumber()];
  auto result = cast<OpResult>(value);
  std::string name = nodes.at(result.getOwner());
  if (result.getResultNumber() > 0)
    name += ":" + std::to_string(result.getResultNumber());
  return name;
}

} // namespace tactus
