//===- HostKernels.cpp - What a machine leaves to the host ----------------===//
#include "compiler/Driver/HostKernels.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "compiler/Import/MlirReader.h"
#include "dialects/Tactus/TactusDialect.h"
#include "runtime/Interpreter/Interpreter.h"
#include "runtime/Interpreter/TensorAttributes.h"
#include "tactus/Error.h"

using namespace mlir;

namespace tactus {

/// Places in the text mean nothing to who reads the message.
[[noreturn]] static void refuse(const Error &error) {
  throw Error(error.message());
}

/// A kernel's ops stand in @main, and nothing beside it.
static void checkKernel(const Program &program) {
  auto body = ModuleOp(program.module.get()).getBody();
  if (!llvm::hasSingleElement(*body))
    throw Error("expected a host function of @main alone, but got more");
  program.main().walk([](Operation *op) {
    if (isa<ir::ControlOpInterface, ir::ParameterOp>(op))
      throw Error("expected a host function of one kernel, but got '" +
                  op->getName().getStringRef().str() + "'");
  });
}

static void checkTypes(func::FuncOp main,
                       const systolic::HostFunction &function) {
  auto expect = [](Type type, const TensorType &expected) {
    TensorType actual = tensorTypeOf(cast<RankedTensorType>(type));
    if (actual != expected)
      throw Error("expected a host function on " + expected.str() +
                  ", but got " + actual.str());
  };
  size_t inputs = function.inputs.size();
  if (main.getNumArguments() != inputs || main.getNumResults() != 1)
    throw Error("expected a host function of " + std::to_string(inputs) +
                " inputs and one output, but got " +
                std::to_string(main.getNumArguments()) + " and " +
                std::to_string(main.getNumResults()));
  for (Type type : main.getArgumentTypes())
    if (!cast<RankedTensorType>(type).hasStaticShape())
      throw Error("expected a host function on static types");
  if (!cast<RankedTensorType>(main.getResultTypes()[0]).hasStaticShape())
    throw Error("expected a host function on static types");
  for (size_t i = 0; i < inputs; ++i)
    expect(main.getArgumentTypes()[i], function.inputs[i].type);
  expect(main.getResultTypes()[0], function.output);
}

const Program &HostKernels::programFor(const systolic::HostFunction &function) {
  auto found = programs.find(function.text);
  if (found == programs.end()) {
    Diagnostics diagnostics;
    std::optional<Program> program =
        readMlirGraph(function.text, "host function", {}, diagnostics);
    diagnostics.throwIfErrors();
    checkKernel(*program);
    found = programs.emplace(function.text, std::move(*program)).first;
  }
  checkTypes(found->second.main(), function);
  return found->second;
}

Tensor HostKernels::run(const systolic::HostFunction &function,
                        std::span<const Tensor> inputs) {
  std::lock_guard lock(mutex);
  try {
    const Program &program = programFor(function);
    DiagnosticCollector collector(program.context.get());
    FailureOr<std::vector<Tensor>> results = interpretProgram(
        *program.module, ArrayRef(inputs.data(), inputs.size()),
        program.parameters, {memory, iterations});
    if (failed(results))
      throw collector.toError();
    return std::move(results->front());
  } catch (const Error &error) {
    refuse(error);
  }
}

systolic::Host hostOf(HostKernels &kernels) {
  return [&kernels](const systolic::HostFunction &function,
                    std::span<const Tensor> inputs) {
    return kernels.run(function, inputs);
  };
}

} // namespace tactus
