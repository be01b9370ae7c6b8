//===- StepCheck.cpp - Compiled kernels beside the interpreter ------------===//
#include "compiler/Bisect/StepCheck.h"
#include "compiler/Bisect/Cut.h"
#include "compiler/Driver/Bounds.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "dialects/Tactus/TactusDialect.h"
#include "runtime/Interpreter/Interpreter.h"
#include "runtime/Interpreter/TensorAttributes.h"
#include <cstring>

using namespace mlir;

namespace tactus {

StepCheck::StepCheck(ModuleOp outlined, std::vector<Dispatched> expected,
                     const BoundSteps &steps)
    : module(outlined), expected(std::move(expected)), steps(steps) {}

std::vector<Tensor> StepCheck::read(const KernelStep &step, size_t first,
                                    TypeRange types) const {
  std::vector<Tensor> tensors;
  for (auto [i, type] : llvm::enumerate(types)) {
    Tensor tensor = Tensor::zeros(tensorTypeOf(cast<RankedTensorType>(type)));
    if (tensor.byteSize() != 0)
      std::memcpy(tensor.mutableRawData(),
                  steps.dataOf(step.buffers[first + i]),
                  size_t(tensor.byteSize()));
    tensors.push_back(std::move(tensor));
  }
  return tensors;
}

struct Difference {
  size_t index;
  std::string report;
};

/// The first of `actual` that is beyond its bound.
static std::optional<Difference> findDifference(ArrayRef<Tensor> actual,
                                                ArrayRef<Tensor> expected,
                                                StringRef what) {
  for (size_t i = 0; i < expected.size(); ++i) {
    Comparison found =
        compare(actual[i], expected[i], wholeProgramBound(expected[i]));
    if (!found.equal())
      return Difference{i, what.str() + " " + std::to_string(i) + ": " +
                               found.report};
  }
  return std::nullopt;
}

ir::KernelOp StepCheck::kernelOf(const Step &step) {
  auto *kernel = std::get_if<KernelStep>(&step);
  return kernel && !fault ? module.lookupSymbol<ir::KernelOp>(kernel->kernel)
                          : nullptr;
}

void StepCheck::begin(const Step &step) {
  ir::KernelOp op = kernelOf(step);
  if (!op)
    return;
  const auto &kernel = std::get<KernelStep>(step);
  operands = read(kernel, 0, op.getBody().front().getArgumentTypes());
  // Steps that nothing is left to do for are not in the list.
  while (next < expected.size() && expected[next].kernel != kernel.kernel)
    ++next;
  if (next == expected.size())
    return;
  if (auto found =
          findDifference(operands, expected[next++].operands, "operand"))
    fault = {kernel.kernel, operands, found->index, found->report};
}

void StepCheck::end(const Step &step) {
  ir::KernelOp op = kernelOf(step);
  if (!op)
    return;
  const auto &kernel = std::get<KernelStep>(step);
  std::vector<Tensor> inputs;
  Cut cut = cutOut(op, operands, inputs);
  DiagnosticCollector collector(cut.program.context.get());
  auto law = interpretProgram(*cut.program.module, inputs, {});
  if (failed(law))
    throw collector.toError();
  TypeRange types = op.getBody().front().getTerminator()->getOperandTypes();
  auto found =
      findDifference(read(kernel, operands.size(), types), *law, "result");
  if (found)
    fault = {kernel.kernel, operands, std::nullopt, found->report};
}

} // namespace tactus
