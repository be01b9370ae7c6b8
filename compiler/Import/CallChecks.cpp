//===- CallChecks.cpp - Which calls a program may hold --------------------===//
#include "compiler/Import/CallChecks.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "dialects/Tactus/RegionCalls.h"
#include "runtime/Support/Limits.h"

using namespace mlir;

namespace tactus {
namespace {

struct Caller {
  func::CallOp call;
  func::FuncOp function;
};

/// How deep `call` is in regions, counting those of the callers; more than the
/// limit where functions call each other in a circle.
int depthOf(Caller caller, const DenseMap<func::FuncOp, Caller> &callers) {
  int depth = 0;
  for (; caller.call && depth <= limits::maxRegionNesting; ++depth)
    caller = callers.lookup(caller.function);
  return depth;
}

} // namespace

void checkCalls(ModuleOp module, Diagnostics &diagnostics) {
  DenseMap<func::FuncOp, Caller> callers;
  SmallVector<Caller> calls;
  module->walk([&](func::CallOp call) {
    auto fail = [&](const std::string &message) {
      diagnostics.error(placeOf(call.getLoc()), message);
    };
    std::string name = "'@" + call.getCallee().str() + "'";
    Region &region = *call->getParentRegion();
    if (ir::callOf(region) != call)
      return fail("expected the call of " + name +
                  " and a yield of its results to be all of a region");
    func::FuncOp callee = ir::calleeOf(region);
    if (!callee)
      return fail("expected a function with a body, but got " + name);
    if (callee.getName() == "main" || callee.getName() == "prepare")
      return fail(
          "expected a function other than @main and @prepare, but got " + name);
    Caller caller{call, call->getParentOfType<func::FuncOp>()};
    if (!callers.try_emplace(callee, caller).second)
      return fail("expected a function that is called once, but got " + name +
                  " again");
    calls.push_back(caller);
  });
  for (Caller caller : calls)
    if (depthOf(caller, callers) > limits::maxRegionNesting) {
      diagnostics.error(placeOf(caller.call->getLoc()),
                        "expected functions that call each other at most " +
                            std::to_string(limits::maxRegionNesting) +
                            " deep and in no circle, but got '@" +
                            caller.call.getCallee().str() + "'");
      return;
    }
}

} // namespace tactus
