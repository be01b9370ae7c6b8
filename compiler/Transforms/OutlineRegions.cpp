//===- OutlineRegions.cpp - Regions of control flow become functions ------===//
#include "compiler/Transforms/Passes.h"
#include "compiler/Transforms/Prepared.h"
#include "dialects/Tactus/RegionCalls.h"
#include "mlir/Analysis/TopologicalSortUtils.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"

namespace tactus {
#define GEN_PASS_DEF_OUTLINEREGIONSPASS
#include "compiler/Transforms/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

/// The ops that `values`, which are prepared, are computed by, in order.
llvm::SetVector<Operation *> conesOf(ArrayRef<Value> values) {
  llvm::SetVector<Operation *> cone;
  for (Value value : values)
    cone.insert(value.getDefiningOp());
  for (size_t i = 0; i < cone.size(); ++i)
    for (Value operand : cone[i]->getOperands())
      cone.insert(operand.getDefiningOp());
  return topologicalSort(cone);
}

struct OutlineRegionsPass final
    : tactus::impl::OutlineRegionsPassBase<OutlineRegionsPass> {
  void runOnOperation() override {
    SmallVector<ir::ControlOpInterface> ops;
    // Inner ops first: their calls show what the regions around them capture.
    getOperation().walk<WalkOrder::PostOrder>(
        [&](ir::ControlOpInterface op) { ops.push_back(op); });
    SymbolTable symbols(getOperation());
    for (ir::ControlOpInterface op : ops) {
      for (auto [name, region] :
           llvm::zip(op.getRegionNames(), op->getRegions()))
        if (!ir::callOf(region))
          outline(op, region, name, symbols);
    }
  }

  void outline(Operation *op, Region &region, StringRef regionName,
               SymbolTable &symbols) {
    llvm::SetVector<Value> seen;
    getUsedValuesDefinedAbove(region, seen);
    SmallVector<Value> captured, prepared;
    for (Value value : seen)
      (isPrepared(value) ? prepared : captured).push_back(value);

    func::FuncOp function = makeFunction(op, regionName, symbols);
    Location loc = op->getLoc();
    Region &body = function.getBody();
    SmallVector<Type> types(region.getArgumentTypes());
    body.takeBody(region);
    copyInto(body, prepared);
    for (auto [i, value] : llvm::enumerate(captured)) {
      BlockArgument argument =
          body.insertArgument(unsigned(i), value.getType(), value.getLoc());
      replaceAllUsesInRegionWith(value, argument, body);
    }
    Operation *yield = body.front().getTerminator();
    OpBuilder builder(yield);
    func::ReturnOp::create(builder, yield->getLoc(), yield->getOperands());
    function.setFunctionType(builder.getFunctionType(body.getArgumentTypes(),
                                                     yield->getOperandTypes()));
    yield->erase();

    Block &block = region.emplaceBlock();
    block.addArguments(types, SmallVector<Location>(types.size(), loc));
    llvm::append_range(captured, block.getArguments());
    builder.setInsertionPointToEnd(&block);
    auto call = func::CallOp::create(builder, loc, function, captured);
    ir::YieldOp::create(builder, loc, call.getResults());
  }

  /// An empty function behind the one that `op` is in.
  func::FuncOp makeFunction(Operation *op, StringRef regionName,
                            SymbolTable &symbols) {
    std::string stem = (op->getName().stripDialect() + "_" + regionName).str();
    std::string name = stem;
    for (int i = 1; symbols.lookup(name); ++i)
      name = stem + '_' + std::to_string(i);
    OpBuilder builder(&getContext());
    builder.setInsertionPointAfter(op->getParentOfType<func::FuncOp>());
    auto function = func::FuncOp::create(builder, op->getLoc(), name,
                                         builder.getFunctionType({}, {}));
    function.setPrivate();
    symbols.insert(function);
    return function;
  }

  /// Parameters and what is computed of them alone is no argument of the
  /// function but part of it, where it can be packed, and leaves for `@prepare`
  /// with the rest.
  static void copyInto(Region &body, ArrayRef<Value> prepared) {
    llvm::SetVector<Operation *> cone = conesOf(prepared);
    OpBuilder builder = OpBuilder::atBlockBegin(&body.front());
    IRMapping mapping;
    for (Operation *op : cone)
      builder.clone(*op, mapping);
    for (Value value : prepared)
      replaceAllUsesInRegionWith(value, mapping.lookup(value), body);
    for (Operation *op : llvm::reverse(cone.getArrayRef()))
      if (isOpTriviallyDead(op))
        op->erase();
  }
};

} // namespace
} // namespace tactus
