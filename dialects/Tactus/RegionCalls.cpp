//===- RegionCalls.cpp - Regions that call a function ---------------------===//
#include "dialects/Tactus/RegionCalls.h"

using namespace mlir;

namespace tactus::ir {

func::CallOp callOf(Region &region) {
  if (!region.hasOneBlock())
    return nullptr;
  Block &block = region.front();
  if (!llvm::hasNItems(block, 2))
    return nullptr;
  auto call = dyn_cast<func::CallOp>(block.front());
  bool isAll = call && isa<YieldOp>(block.back()) &&
               call->getResults() == block.back().getOperands();
  return isAll ? call : nullptr;
}

func::FuncOp calleeOf(Region &region) {
  func::CallOp call = callOf(region);
  if (!call)
    return nullptr;
  auto function = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
      call, call.getCalleeAttr());
  return function && !function.isExternal() ? function : nullptr;
}

SmallVector<func::CallOp> regionCalls(func::FuncOp function) {
  SmallVector<func::CallOp> calls;
  for (auto control : function.getOps<ControlOpInterface>())
    for (Region &region : control->getRegions())
      if (func::CallOp call = callOf(region))
        calls.push_back(call);
  return calls;
}

} // namespace tactus::ir
