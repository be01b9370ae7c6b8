//===- KernelNotes.cpp - What passes left for steps -----------------------===//
#include "compiler/Emit/KernelNotes.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "runtime/Interpreter/TensorAttributes.h"

using namespace mlir;

namespace tactus {

std::string nodeName(Location loc) {
  std::string name;
  loc->walk([&](Location inner) {
    auto named = dyn_cast<NameLoc>(inner);
    if (!named)
      return WalkResult::advance();
    name = named.getName().str();
    return WalkResult::interrupt();
  });
  return name;
}

/// Nothing where the level was written by hand.
static KernelWork workOf(func::FuncOp kernel) {
  KernelWork work;
  auto note = kernel->getAttrOfType<DictionaryAttr>("tactus.work");
  if (!note)
    return work;
  if (auto ops = note.getAs<StringAttr>("ops"))
    work.ops = ops.str();
  if (auto shape = note.getAs<StringAttr>("shape"))
    work.shape = shape.str();
  if (auto flops = note.getAs<IntegerAttr>("flops"))
    work.flops = flops.getInt();
  if (auto type = note.getAs<TypeAttr>("type"))
    work.type = elementTypeOf(type.getValue());
  if (auto bytes = note.getAs<DenseI64ArrayAttr>("bytes"))
    work.bytes = bytes.asArrayRef();
  return work;
}

void readNotes(KernelStep &step, func::FuncOp kernel) {
  step.extent = kernel->getAttrOfType<IntegerAttr>("tactus.extent").getInt();
  step.scratchBytes =
      kernel->getAttrOfType<IntegerAttr>("tactus.scratch").getInt();
  step.work = workOf(kernel);
  // Kernels that were written by hand say nothing, and stay on one thread.
  if (auto cost = kernel->getAttrOfType<IntegerAttr>("tactus.cost"))
    step.cost = cost.getInt();
}

std::vector<IndexCheck> checksOf(ir::DispatchOp dispatch, func::FuncOp kernel) {
  std::vector<IndexCheck> checks;
  auto pairs = kernel->getAttrOfType<DenseI64ArrayAttr>("tactus.checks");
  auto places = dispatch->getAttrOfType<ArrayAttr>("tactus.indexing");
  for (int64_t i = 0; pairs && i + 1 < pairs.size(); i += 2) {
    IndexCheck check{tactus::placeOf(dispatch.getLoc()), pairs[i + 1]};
    auto entry = places && size_t(pairs[i]) < places.size()
                     ? dyn_cast<ArrayAttr>(places[pairs[i]])
                     : ArrayAttr();
    if (entry && entry.size() == 2 && isa<StringAttr>(entry[0]) &&
        isa<LocationAttr>(entry[1])) {
      check.place = tactus::placeOf(cast<LocationAttr>(entry[1]));
      check.place.op = cast<StringAttr>(entry[0]).str();
    }
    checks.push_back(std::move(check));
  }
  return checks;
}

} // namespace tactus
