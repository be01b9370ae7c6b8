//===- HoistPrepare.cpp - What depends on parameters alone ----------------===//
#include "compiler/Transforms/Passes.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/IR/IRMapping.h"

namespace tactus {
#define GEN_PASS_DEF_HOISTPREPAREPASS
#include "compiler/Transforms/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {
namespace {

struct HoistPreparePass final
    : tactus::impl::HoistPreparePassBase<HoistPreparePass> {
  void runOnOperation() override {
    auto main = getOperation().lookupSymbol<func::FuncOp>("main");
    if (!main || main.isExternal() || getOperation().lookupSymbol("prepare"))
      return;
    SmallVector<Operation *> hoisted = collect(main);
    if (hoisted.empty())
      return;

    OpBuilder builder(main);
    auto prepare = func::FuncOp::create(builder, main.getLoc(), "prepare",
                                        builder.getFunctionType({}, {}));
    Block *body = prepare.addEntryBlock();
    builder.setInsertionPointToEnd(body);
    IRMapping mapping;
    SmallVector<Value> results;
    for (Operation *op : hoisted) {
      builder.clone(*op, mapping);
      for (Value result : op->getResults())
        if (llvm::any_of(result.getUsers(), [&](Operation *user) {
              return !llvm::is_contained(hoisted, user);
            }))
          results.push_back(result);
    }
    SmallVector<Value> returned;
    for (Value result : results)
      returned.push_back(mapping.lookup(result));
    func::ReturnOp::create(builder, main.getLoc(), returned);
    prepare.setFunctionType(
        builder.getFunctionType({}, ValueRange(returned).getTypes()));
    passToMain(main, results);
    for (Operation *op : llvm::reverse(hoisted))
      op->erase();
  }

  /// The ops of `main`, in order, that no input reaches.
  static SmallVector<Operation *> collect(func::FuncOp main) {
    llvm::SmallPtrSet<Operation *, 16> known;
    SmallVector<Operation *> hoisted;
    for (Operation &op : main.getBody().front().without_terminator()) {
      bool depends = llvm::any_of(op.getOperands(), [&](Value operand) {
        return !operand.getDefiningOp() ||
               !known.contains(operand.getDefiningOp());
      });
      if (depends)
        continue;
      known.insert(&op);
      hoisted.push_back(&op);
    }
    return hoisted;
  }

  static void passToMain(func::FuncOp main, ArrayRef<Value> results) {
    auto marked = DictionaryAttr::get(
        main.getContext(),
        {NamedAttribute(StringAttr::get(main.getContext(), "tactus.prepared"),
                        UnitAttr::get(main.getContext()))});
    for (Value result : results) {
      unsigned position = main.getNumArguments();
      (void)main.insertArgument(position, result.getType(), marked,
                                result.getLoc());
      result.replaceUsesWithIf(main.getArgument(position),
                               [&](OpOperand &use) { return true; });
    }
  }
};

} // namespace
} // namespace tactus
