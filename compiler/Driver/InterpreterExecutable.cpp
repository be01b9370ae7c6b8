//===- InterpreterExecutable.cpp - Programs that are interpreted ----------===//
#include "compiler/Driver/InterpreterExecutable.h"
#include "compiler/Driver/OwnContext.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "compiler/Transforms/Passes.h"
#include "runtime/Interpreter/Interpreter.h"
#include "runtime/Interpreter/TensorAttributes.h"

using namespace mlir;

namespace tactus {

InterpreterExecutable::InterpreterExecutable(const Program &source,
                                             DriverOptions options)
    : program(inOwnContext(source)), options(std::move(options)) {
  inputs = inputPorts(program.main());
  outputs = outputPorts(program.main());
}

std::vector<Tensor> InterpreterExecutable::run(std::vector<Tensor> in) const {
  std::lock_guard lock(mutex);
  DiagnosticCollector collector(program.context.get());
  FailureOr<std::vector<Tensor>> results =
      interpretProgram(*program.module, in, program.parameters,
                       {options.maxMemory, options.maxIterations});
  if (failed(results))
    throw collector.toError();
  return std::move(*results);
}

std::vector<TensorType> InterpreterExecutable::outputTypes(
    std::span<const TensorType> inputTypes) const {
  std::lock_guard lock(mutex);
  DiagnosticCollector collector(program.context.get());
  OwningOpRef<ModuleOp> module(program.module.get().clone());
  SmallVector<RankedTensorType> types;
  for (const TensorType &type : inputTypes)
    types.push_back(toMlirType(program.context.get(), type));
  auto main = module->lookupSymbol<func::FuncOp>("main");
  if (failed(specializeShapes(main, types)))
    throw collector.toError();
  std::vector<TensorType> results;
  for (Type type : main.getResultTypes())
    results.push_back(tensorTypeOf(cast<RankedTensorType>(type)));
  return results;
}

} // namespace tactus
