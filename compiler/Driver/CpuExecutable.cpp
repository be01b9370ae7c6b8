//===- CpuExecutable.cpp - Programs compiled for this processor -----------===//
#include "compiler/Driver/CpuExecutable.h"
#include "compiler/Conversion/ToLLVM/Passes.h"
#include "compiler/Driver/DumpPhases.h"
#include "compiler/Driver/OwnContext.h"
#include "compiler/Driver/PrepareRunner.h"
#include "compiler/Driver/PrepareText.h"
#include "compiler/Emit/StepListEmit.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "compiler/Transforms/Passes.h"
#include "dialects/Tactus/TactusDialect.h"
#include "runtime/Interpreter/TensorAttributes.h"
#include "runtime/JIT/KernelLibrary.h"
#include "runtime/JIT/ObjectCode.h"
#include "runtime/Support/Processors.h"
#include "tactus/Error.h"

using namespace mlir;

namespace tactus {

/// Variants to keep; each holds its code and its step list.
static constexpr size_t maxVariants = 16;

static bool isStatic(const std::vector<Port> &ports) {
  return llvm::all_of(ports,
                      [](const Port &port) { return port.type.isStatic(); });
}

CpuExecutable::CpuExecutable(const Program &source, CpuMachine cpu,
                             DriverOptions driverOptions)
    : machine(std::move(cpu)), options(std::move(driverOptions)),
      threads(numThreads(options.threads)), parameters(source.parameters),
      program(inOwnContext(source)), ranges(program) {
  DialectRegistry registry;
  registerLoweredDialects(registry);
  program.context->appendDialectRegistry(registry);
  program.context->loadAllAvailableDialects();
  inputs = inputPorts(program.main());
  outputs = outputPorts(program.main());
  if (std::string missing =
          missingFeature({machine.processor, machine.features});
      !missing.empty())
    throw Error("expected a processor that has what '" + machine.name +
                "' needs, but this one lacks '" + missing + "'");
  if (isStatic(inputs) && ranges.empty()) {
    std::vector<TensorType> types;
    for (const Port &port : inputs)
      types.push_back(port.type);
    (void)variant(types);
  }
}

//===----------------------------------------------------------------------===//
// Running
//===----------------------------------------------------------------------===//

static std::vector<TensorType> typesOf(std::span<const Tensor> tensors) {
  std::vector<TensorType> types;
  for (const Tensor &tensor : tensors)
    types.push_back(tensor.type());
  return types;
}

std::vector<Tensor> CpuExecutable::run(std::vector<Tensor> in) const {
  return runSteps(variantFor(in)->steps, in);
}

std::shared_ptr<const CpuVariant>
CpuExecutable::variantFor(std::span<const Tensor> in) const {
  return variant(typesOf(in), rangeSizesOf(in));
}

std::vector<int64_t>
CpuExecutable::rangeSizesOf(std::span<const Tensor> in) const {
  if (ranges.empty())
    return {};
  std::lock_guard lock(mutex);
  return ranges.of(in, options.maxMemory, options.maxIterations);
}

std::vector<TensorType>
CpuExecutable::outputTypes(std::span<const TensorType> inputTypes) const {
  return variant(inputTypes)->steps.outputs;
}

namespace {
struct BoundVariant final : BoundProgram {
  BoundVariant(std::shared_ptr<const CpuVariant> variant,
               std::span<const Tensor> inputs, std::span<Tensor> outputs)
      : variant(std::move(variant)),
        steps(this->variant->steps, inputs, outputs) {}

  void run() override { steps.run(); }

  std::shared_ptr<const CpuVariant> variant;
  BoundSteps steps;
};
} // namespace

std::unique_ptr<BoundProgram>
CpuExecutable::bindTo(std::vector<Tensor> in, std::vector<Tensor> out) const {
  return std::make_unique<BoundVariant>(variant(typesOf(in)), in, out);
}

//===----------------------------------------------------------------------===//
// Compiling
//===----------------------------------------------------------------------===//

std::shared_ptr<const CpuVariant>
CpuExecutable::variant(std::span<const TensorType> inputTypes,
                       const std::vector<int64_t> &rangeSizes) const {
  std::lock_guard lock(mutex);
  for (auto it = variants.begin(); it != variants.end(); ++it)
    if (it->rangeSizes == rangeSizes &&
        std::equal(inputTypes.begin(), inputTypes.end(), it->inputTypes.begin(),
                   it->inputTypes.end())) {
      variants.splice(variants.begin(), variants, it);
      return variants.front().variant;
    }
  auto made = compile(inputTypes, rangeSizes);
  variants.push_front(
      {{inputTypes.begin(), inputTypes.end()}, rangeSizes, made});
  if (variants.size() > maxVariants)
    variants.pop_back();
  return made;
}

/// The bytes of parameters that no constant is: packed copies stand beside
/// them.
static uint64_t bytesBeside(std::span<const Tensor> constants,
                            const Program &program,
                            const ParameterStore &parameters) {
  uint64_t bytes = 0;
  program.module.get()->walk([&](ir::ParameterOp op) {
    if (!parameters.contains(op.getName().str()))
      return;
    Tensor tensor = parameters.get(op.getName().str());
    bool isConstant = llvm::any_of(constants, [&](const Tensor &constant) {
      return constant.rawData() == tensor.rawData();
    });
    bytes += isConstant ? 0 : uint64_t(tensor.byteSize());
  });
  return bytes;
}

std::shared_ptr<const CpuVariant>
CpuExecutable::compile(std::span<const TensorType> inputTypes,
                       const std::vector<int64_t> &rangeSizes) const {
  MemoryLimit limit(options.maxMemory);
  DiagnosticCollector collector(program.context.get());
  OwningOpRef<ModuleOp> module(program.module.get().clone());
  DumpPhases dump(dumped ? std::filesystem::path() : options.dumpPhases);
  dumped = true;
  auto afterPhase = [&](const Phase &phase, ModuleOp level) {
    if (options.afterPhase)
      options.afterPhase(phase, level);
    dump.write(phase, level);
  };

  std::vector<Phase> phases = cpuPhases(machine);
  afterPhase(phases.front(), *module);
  SmallVector<RankedTensorType> types;
  for (const TensorType &type : inputTypes)
    types.push_back(toMlirType(program.context.get(), type));
  auto main = module->lookupSymbol<func::FuncOp>("main");
  ArrayRef<Phase> lowering = ArrayRef(phases).drop_front().drop_back();
  if (failed(specializeShapes(main, types, rangeSizes)) ||
      failed(runPhases(*module, lowering, afterPhase)))
    throw collector.toError();

  // Code for @prepare is only needed where its results are not known yet.
  std::string text = textOfPrepare(*module);
  Prepared &known = prepared[text];
  OwningOpRef<ModuleOp> code(module->clone());
  if (known)
    dropPrepare(*code);
  if (failed(runPhases(*code, ArrayRef(phases).take_back(), afterPhase)))
    throw collector.toError();

  auto made = std::make_shared<CpuVariant>();
  made->library = linkKernels(*code, machine);
  if (!known) {
    std::vector<Tensor> tensors;
    if (!text.empty()) {
      auto results =
          runPrepare(*module, *made->library, parameters, limit, threads);
      if (failed(results))
        throw collector.toError();
      tensors = std::move(*results);
    }
    known = std::make_shared<const std::vector<Tensor>>(std::move(tensors));
  }
  FailureOr<StepList> steps =
      emitSteps(module->lookupSymbol<func::FuncOp>("main"), *known);
  if (failed(steps))
    throw collector.toError();
  made->steps = std::move(*steps);
  made->steps.maxIterations = options.maxIterations;
  made->steps.threads = threads;
  MemoryUse use = made->steps.memoryUse();
  use.parameters += bytesBeside(made->steps.constants, program, parameters);
  limit.check(use);
  connectKernels(made->steps, *made->library);
  return made;
}

} // namespace tactus
