//===- LegalizedProgram.cpp - What a machine computes, as ops -------------===//
#include "compiler/Driver/LegalizedProgram.h"
#include "compiler/Driver/OwnContext.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "compiler/Pipelines/Phases.h"
#include "compiler/Transforms/Passes.h"
#include "dialects/Systolic/ModuleMachine.h"
#include "runtime/Interpreter/TensorAttributes.h"
#include "runtime/Support/Assert.h"

using namespace mlir;

namespace tactus {

Program legalizedProgram(const Program &source,
                         const systolic::Machine &machine,
                         std::span<const TensorType> inputTypes) {
  Program program = inOwnContext(source);
  program.module.get()->setAttr(
      systolic::machineAttributeName,
      systolic::attributeOf(machine, program.context.get()));
  std::vector<Phase> phases = systolicPhases("");
  auto chosen = selectPhases(phases, "graph", "specialized");
  TACTUS_ASSERT(bool(chosen), "every way down has these levels");
  DiagnosticCollector collector(program.context.get());
  SmallVector<RankedTensorType> types;
  for (const TensorType &type : inputTypes)
    types.push_back(toMlirType(program.context.get(), type));
  if (!types.empty() && failed(specializeShapes(program.main(), types)))
    throw collector.toError();
  if (failed(runPhases(*program.module, *chosen)))
    throw collector.toError();
  return program;
}

} // namespace tactus
