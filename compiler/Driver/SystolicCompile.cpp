//===- SystolicCompile.cpp - From a graph to a machine's program ----------===//
#include "compiler/Driver/SystolicCompile.h"
#include "compiler/Conversion/ToLLVM/Passes.h"
#include "compiler/Driver/DumpPhases.h"
#include "compiler/Driver/PrepareRunner.h"
#include "compiler/Emit/SystolicEmit.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "compiler/Transforms/Passes.h"
#include "dialects/Systolic/ModuleMachine.h"
#include "runtime/Interpreter/TensorAttributes.h"
#include "tactus/Error.h"

using namespace mlir;

namespace tactus {

static void checkStatic(func::FuncOp main) {
  for (const Port &port : inputPorts(main))
    if (!port.type.isStatic())
      throw Error("expected static shapes for a systolic machine, but input '" +
                  port.name + "' has type " + port.type.str());
}

systolic::Program compileToSystolic(Program program,
                                    const systolic::Machine &machine,
                                    const DriverOptions &options,
                                    std::span<const TensorType> inputTypes) {
  refuseKernels(program, "systolic:" + machine.name);
  MLIRContext *context = program.context.get();
  DialectRegistry registry;
  registerLoweredDialects(registry);
  registry.insert<systolic::SystolicDialect>();
  context->appendDialectRegistry(registry);
  context->loadAllAvailableDialects();
  if (inputTypes.empty())
    checkStatic(program.main());

  enableRemarks(*context, options.remarks);
  DiagnosticCollector collector(context);
  ModuleOp module = program.module.get();
  module->setAttr(systolic::machineAttributeName,
                  systolic::attributeOf(machine, context));
  DumpPhases dump(options.dumpPhases);
  std::vector<Tensor> prepared;
  for (const Phase &phase : systolicPhases("", {}, options.plan)) {
    if (failed(runPhases(module, phase)))
      throw collector.toError();
    if (options.afterPhase)
      options.afterPhase(phase, module);
    dump.write(phase, module);
    if (phase.word == "graph" && !inputTypes.empty()) {
      SmallVector<RankedTensorType> types;
      for (const TensorType &type : inputTypes)
        types.push_back(toMlirType(context, type));
      if (failed(specializeShapes(program.main(), types)))
        throw collector.toError();
      checkStatic(program.main());
    }
    if (phase.word == "outlined") {
      FailureOr<std::vector<Tensor>> results = interpretPrepare(
          module, program.parameters, MemoryLimit(options.maxMemory));
      if (failed(results))
        throw collector.toError();
      prepared = std::move(*results);
    }
  }
  auto op = module.lookupSymbol<systolic::ProgramOp>("main");
  FailureOr<systolic::Program> emitted = systolic::emitProgram(op, prepared);
  if (failed(emitted))
    throw collector.toError();
  dump.writeText("6s.encoded.txt", systolic::disassemble(*emitted));
  return std::move(*emitted);
}

} // namespace tactus
