//===- RangeSizes.cpp - Sizes that a program computes ---------------------===//
#include "compiler/Driver/RangeSizes.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "dialects/Tactus/TactusDialect.h"
#include "runtime/Interpreter/Interpreter.h"

using namespace mlir;

namespace tactus {

static SmallVector<Value> rangesOfUnknownSize(func::FuncOp function) {
  SmallVector<Value> ranges;
  for (auto range : function.getBody().front().getOps<ir::RangeOp>())
    if (!range.getResult().getType().hasStaticShape())
      ranges.push_back(range.getResult());
  return ranges;
}

RangeSizes::RangeSizes(const Program &program)
    : parameters(program.parameters) {
  if (rangesOfUnknownSize(program.main()).empty())
    return;
  module = program.module.get().clone();
  auto main = module->lookupSymbol<func::FuncOp>("main");
  Block &body = main.getBody().front();
  body.getTerminator()->setOperands(rangesOfUnknownSize(main));
  // Ops have no effects, so what nothing reads is not run.
  SmallVector<Operation *> ops;
  for (Operation &op : body.without_terminator())
    ops.push_back(&op);
  for (Operation *op : llvm::reverse(ops))
    if (op->use_empty())
      op->erase();
  main.setResAttrsAttr(nullptr);
  main.setFunctionType(
      FunctionType::get(main.getContext(), body.getArgumentTypes(),
                        body.getTerminator()->getOperandTypes()));
}

std::vector<int64_t>
RangeSizes::of(ArrayRef<Tensor> inputs, std::optional<uint64_t> maxMemory,
               std::optional<uint64_t> maxIterations) const {
  DiagnosticCollector collector(module.get()->getContext());
  FailureOr<std::vector<Tensor>> ranges = interpretProgram(
      module.get(), inputs, parameters, {maxMemory, maxIterations});
  if (failed(ranges))
    throw collector.toError();
  std::vector<int64_t> sizes;
  for (const Tensor &range : *ranges)
    sizes.push_back(range.shape()[0]);
  return sizes;
}

} // namespace tactus
