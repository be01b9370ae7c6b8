//===- Cut.cpp - Parts of a program as programs ---------------------------===//
#include "compiler/Bisect/Cut.h"
#include "compiler/Driver/OwnContext.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;

namespace tactus {

/// What `op` reads, its regions too.
static SetVector<Value> valuesUsedBy(Operation *op) {
  SetVector<Value> used(op->operand_begin(), op->operand_end());
  if (op->getNumRegions() != 0)
    getUsedValuesDefinedAbove(op->getRegions(), used);
  return used;
}

Cut cutOut(ArrayRef<Operation *> ops, ArrayRef<Value> outputs) {
  MLIRContext *context = outputs.front().getContext();
  Cut cut;
  SmallVector<Operation *> copied;
  SetVector<Value> inputs;
  DenseSet<Value> computed;
  auto use = [&](Value value) {
    if (computed.contains(value))
      return;
    Operation *op = value.getDefiningOp();
    if (!isa_and_present<ir::ConstantOp>(op)) {
      inputs.insert(value);
      return;
    }
    copied.push_back(op);
    computed.insert(value);
  };
  for (Operation *op : ops) {
    for (Value value : valuesUsedBy(op))
      use(value);
    copied.push_back(op);
    computed.insert(op->result_begin(), op->result_end());
  }
  for (Value value : outputs)
    use(value);

  Location loc = UnknownLoc::get(context);
  OwningOpRef<ModuleOp> module(ModuleOp::create(loc));
  OpBuilder builder(module->getBodyRegion());
  cut.inputs = llvm::to_vector(inputs);
  auto type = builder.getFunctionType(ValueRange(cut.inputs).getTypes(),
                                      ValueRange(outputs).getTypes());
  auto main = func::FuncOp::create(builder, loc, "main", type);
  builder.setInsertionPointToStart(main.addEntryBlock());
  IRMapping map;
  map.map(cut.inputs, main.getArguments());
  for (Operation *op : copied)
    builder.clone(*op, map);
  SmallVector<Value> results;
  for (Value value : outputs)
    results.push_back(map.lookup(value));
  func::ReturnOp::create(builder, loc, results);
  auto name = [&](char letter, size_t i) {
    return builder.getStringAttr(letter + std::to_string(i));
  };
  for (size_t i = 0; i < cut.inputs.size(); ++i)
    main.setArgAttr(unsigned(i), nameAttribute, name('x', i));
  for (size_t i = 0; i < outputs.size(); ++i)
    main.setResultAttr(unsigned(i), nameAttribute, name('y', i));

  // The context stays with the program that was cut.
  Program borrowed;
  borrowed.context =
      std::shared_ptr<MLIRContext>(std::shared_ptr<void>(), context);
  borrowed.module = std::move(module);
  cut.program = inOwnContext(borrowed);
  return cut;
}

Cut cutOut(ir::KernelOp kernel, ArrayRef<Tensor> operands,
           std::vector<Tensor> &inputs) {
  Block &body = kernel.getBody().front();
  SmallVector<Operation *> ops;
  for (Operation &op : body.without_terminator())
    ops.push_back(&op);
  Cut cut = cutOut(ops, llvm::to_vector(body.getTerminator()->getOperands()));
  for (Value value : cut.inputs)
    inputs.push_back(operands[cast<BlockArgument>(value).getArgNumber()]);
  return cut;
}

} // namespace tactus
