//===- AttributeChecks.cpp - Which attributes ops may have ----------------===//
#include "compiler/Import/AttributeChecks.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "compiler/Graph/Program.h"
#include "compiler/Transforms/Ranges.h"
#include "dialects/Systolic/ModuleMachine.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "runtime/Support/Suggest.h"

using namespace mlir;

namespace tactus {

using Names = std::vector<std::string_view>;

/// Reports the attributes of `what` that are not among `known`.
static void checkNames(ArrayRef<NamedAttribute> attributes, const Names &known,
                       const std::string &what, Location location,
                       Diagnostics &diagnostics) {
  for (NamedAttribute attribute : attributes) {
    std::string name = attribute.getName().str();
    if (llvm::is_contained(known, std::string_view(name)))
      continue;
    diagnostics.error(
        placeOf(location),
        (known.empty()
             ? "expected no attributes of "
             : "expected one of the attributes " + quotedList(known) + " of ") +
            what + ", but got '" + name + "'" + didYouMean(name, known));
  }
}

/// The names that an op declares and a user may write.
static Names inherentNames(Operation *op) {
  Names names;
  for (StringAttr name : op->getName().getAttributeNames())
    if (name != "operandSegmentSizes" && name != "resultSegmentSizes")
      names.push_back(std::string_view(name.getValue()));
  return names;
}

/// Reports attributes of one side of a function, which are dictionaries.
static void checkPorts(ArrayAttr ports, const std::string &side,
                       const Names &known, Location location,
                       Diagnostics &diagnostics) {
  if (!ports)
    return;
  for (auto [i, port] : llvm::enumerate(ports))
    if (auto attributes = dyn_cast<DictionaryAttr>(port))
      checkNames(attributes.getValue(), known,
                 "its " + side + " " + std::to_string(i), location,
                 diagnostics);
}

void checkAttributes(Operation *op, Diagnostics &diagnostics) {
  // The discardable attributes are those that the op does not declare; an op
  // that declares none keeps all it has there.
  SmallVector<NamedAttribute> discardable(op->getDiscardableAttrs());
  Names known = inherentNames(op);
  if (isa<ModuleOp>(op))
    known = {"sym_name", parametersAttribute, systolic::machineAttributeName};
  if (isa<ir::MatmulOp>(op))
    known.push_back(rangesAttribute);
  if (isa<func::FuncOp>(op))
    known = {"sym_visibility"};
  checkNames(discardable, known, op->getName().getStringRef().str(),
             op->getLoc(), diagnostics);
  if (auto function = dyn_cast<func::FuncOp>(op)) {
    // Levels that were dumped are read back; what @prepare gives is marked.
    const Names names = {dimsAttribute, nameAttribute, "tactus.prepared"};
    checkPorts(function.getArgAttrsAttr(), "input", names, op->getLoc(),
               diagnostics);
    checkPorts(function.getResAttrsAttr(), "output", names, op->getLoc(),
               diagnostics);
  }
}

} // namespace tactus
