//===- HoistPrepare.cpp - What depends on parameters alone ----------------===//
#include "compiler/Transforms/Passes.h"
#include "compiler/Transforms/Prepared.h"
#include "dialects/Tactus/RegionCalls.h"
#include "mlir/IR/IRMapping.h"

namespace tactus {
#define GEN_PASS_DEF_HOISTPREPAREPASS
#include "compiler/Transforms/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

/// Ops that no argument of their function reaches, and those of their results
/// that other ops read.
struct Hoisted {
  llvm::SetVector<Operation *> ops;
  SmallVector<Value> results;
};

/// Whether computing it may fail where the program would not have.
bool mayFail(Operation &op) {
  return op
      .walk([](ir::IndexingOpInterface) { return WalkResult::interrupt(); })
      .wasInterrupted();
}

/// `always`: whether each of the ops runs whenever the program does.
Hoisted collect(func::FuncOp function, bool always) {
  Hoisted hoisted;
  for (Operation &op : function.getBody().front().without_terminator()) {
    bool depends = llvm::any_of(op.getOperands(), [&](Value operand) {
      return !hoisted.ops.contains(operand.getDefiningOp());
    });
    if (!depends && !seesAround(&op) && (always || !mayFail(op)))
      hoisted.ops.insert(&op);
  }
  for (Operation *op : hoisted.ops)
    for (Value result : op->getResults())
      if (llvm::any_of(result.getUsers(), [&](Operation *user) {
            return !hoisted.ops.contains(user);
          }))
        hoisted.results.push_back(result);
  return hoisted;
}

/// Makes copies at `builder`; gives those of the results.
SmallVector<Value> copy(const Hoisted &hoisted, OpBuilder &builder) {
  IRMapping mapping;
  for (Operation *op : hoisted.ops)
    builder.clone(*op, mapping);
  return llvm::map_to_vector(
      hoisted.results, [&](Value result) { return mapping.lookup(result); });
}

/// Reads the results from new arguments behind the others.
void readFromArguments(func::FuncOp function, const Hoisted &hoisted,
                       DictionaryAttr attributes) {
  unsigned first = function.getNumArguments();
  SmallVector<Type> types(ValueRange(hoisted.results).getTypes());
  SmallVector<unsigned> positions(types.size(), first);
  SmallVector<DictionaryAttr> all(types.size(), attributes);
  SmallVector<Location> locations = llvm::map_to_vector(
      hoisted.results, [](Value result) { return result.getLoc(); });
  // At once, since each change makes a list of all.
  (void)function.insertArguments(positions, types, all, locations);
  for (auto [result, argument] :
       llvm::zip(hoisted.results, function.getArguments().drop_front(first)))
    Value(result).replaceAllUsesWith(argument);
  for (Operation *op : llvm::reverse(hoisted.ops.getArrayRef()))
    op->erase();
}

struct HoistPreparePass final
    : tactus::impl::HoistPreparePassBase<HoistPreparePass> {
  void runOnOperation() override {
    auto main = getOperation().lookupSymbol<func::FuncOp>("main");
    if (!main || main.isExternal() || getOperation().lookupSymbol("prepare"))
      return;
    hoistFromRegions(main);
    Hoisted hoisted = collect(main, /*always=*/true);
    if (hoisted.ops.empty())
      return;

    OpBuilder builder(main);
    auto prepare = func::FuncOp::create(builder, main.getLoc(), "prepare",
                                        builder.getFunctionType({}, {}));
    builder.setInsertionPointToEnd(prepare.addEntryBlock());
    SmallVector<Value> returned = copy(hoisted, builder);
    func::ReturnOp::create(builder, main.getLoc(), returned);
    prepare.setFunctionType(
        builder.getFunctionType({}, ValueRange(returned).getTypes()));
    readFromArguments(main, hoisted,
                      builder.getDictionaryAttr(builder.getNamedAttr(
                          "tactus.prepared", builder.getUnitAttr())));
  }

  /// Moves what stands in the functions that regions of `function` call to
  /// `function`, from the innermost on.
  static void hoistFromRegions(func::FuncOp function) {
    for (func::CallOp call : ir::regionCalls(function)) {
      func::FuncOp callee = ir::calleeOf(*call->getParentRegion());
      if (!callee)
        continue;
      hoistFromRegions(callee);
      Hoisted hoisted = collect(callee, /*always=*/false);
      OpBuilder builder(call->getParentOp());
      SmallVector<Value> values = copy(hoisted, builder);
      call.getOperandsMutable().append(values);
      readFromArguments(callee, hoisted, nullptr);
    }
  }
};

} // namespace
} // namespace tactus
