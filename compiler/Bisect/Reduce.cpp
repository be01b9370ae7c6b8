//===- Reduce.cpp - The least graph that shows a fault --------------------===//
#include "compiler/Bisect/Reduce.h"
#include "compiler/Bisect/Cut.h"
#include "compiler/Driver/Bounds.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "dialects/Tactus/TactusDialect.h"
#include "runtime/Interpreter/Interpreter.h"
#include "tactus/Error.h"

using namespace mlir;

namespace tactus {

using Tensors = std::map<std::string, Tensor>;

std::string differenceOn(const Target &target, const Program &program,
                         const Tensors &inputs, const DriverOptions &options) {
  Tensors expected =
      compileProgram(program, Target::parse("interpreter"), options)
          .run(inputs);
  Tensors actual = compileProgram(program, target, options).run(inputs);
  for (const auto &[name, tensor] : expected) {
    Comparison found =
        compare(actual.at(name), tensor, wholeProgramBound(tensor));
    if (!found.equal())
      return name + ": " + found.report;
  }
  return "";
}

namespace {

class Reducer {
public:
  Reducer(const Target &target, const DriverOptions &options)
      : target(target), options(options) {}

  /// Runs the program once, and keeps what each op of @main runs on.
  LogicalResult trace(ModuleOp module, ArrayRef<Tensor> inputs,
                      const ParameterStore &parameters) {
    auto main = module.lookupSymbol<func::FuncOp>("main");
    for (Operation &op : main.getBody().front().without_terminator())
      ops.push_back(&op);
    size_t next = 0;
    auto observe = [&](Operation *op, ArrayRef<Tensor> operands) {
      auto function = dyn_cast<func::FuncOp>(op->getParentOp());
      if (!function || function.getName() != "main")
        return;
      for (auto [value, tensor] :
           llvm::zip(ops[next++]->getOperands(), operands))
        values[value] = tensor;
    };
    // What regions see is seen by no op of @main itself.
    for (auto [argument, tensor] : llvm::zip(main.getArguments(), inputs))
      values[argument] = tensor;
    return success(
        succeeded(interpretProgram(module, inputs, parameters, {}, observe)));
  }

  std::optional<FaultyGraph> run() {
    for (size_t i = 0; i < ops.size(); ++i)
      if (auto found = attempt(i, i + 1))
        return found;
    size_t end = 2;
    while (end <= ops.size() && !attempt(0, end))
      ++end;
    for (size_t begin = end - 1; begin-- > 0 && end <= ops.size();)
      if (auto found = attempt(begin, end))
        return found;
    return std::nullopt;
  }

private:
  /// Ops [begin, end) alone, but for parameters, which become inputs.
  std::optional<FaultyGraph> attempt(size_t begin, size_t end) {
    SmallVector<Operation *> part;
    for (Operation *op : ArrayRef(ops).slice(begin, end - begin))
      if (!isa<ir::ParameterOp>(op))
        part.push_back(op);
    if (part.empty() || part.back() != ops[end - 1])
      return std::nullopt;
    Cut cut =
        cutOut(part, llvm::to_vector_of<Value>(part.back()->getResults()));
    FaultyGraph graph;
    for (auto [i, value] : llvm::enumerate(cut.inputs)) {
      auto found = values.find(value);
      if (found == values.end())
        return std::nullopt;
      graph.inputs.emplace("x" + std::to_string(i), found->second);
    }
    try {
      graph.report = differenceOn(target, cut.program, graph.inputs, options);
    } catch (const Error &) {
      // An op that stands only at a lower level, say.
      return std::nullopt;
    }
    if (graph.report.empty())
      return std::nullopt;
    graph.program = std::move(cut.program);
    graph.numOps = int64_t(part.size());
    return graph;
  }

  const Target &target;
  const DriverOptions &options;
  SmallVector<Operation *> ops;
  DenseMap<Value, Tensor> values;
};

} // namespace

std::optional<FaultyGraph> reduce(ModuleOp module, ArrayRef<Tensor> inputs,
                                  const ParameterStore &parameters,
                                  const Target &target,
                                  const DriverOptions &options) {
  DiagnosticCollector collector(module.getContext());
  Reducer reducer(target, options);
  if (failed(reducer.trace(module, inputs, parameters)))
    throw collector.toError();
  return reducer.run();
}

} // namespace tactus
