//===- CpuExecutable.cpp - Programs compiled for this processor -----------===//
#include "compiler/Driver/CpuExecutable.h"
#include "compiler/Driver/DumpPhases.h"
#include "compiler/Driver/KernelAssembly.h"
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
    : machine(std::move(cpu)), phases(cpuPhases(machine)),
      options(std::move(driverOptions)), threads(numThreads(options.threads)),
      parameters(source.parameters), program(inOwnContext(source)),
      ranges(program) {
  enableRemarks(*program.context, options.remarks);
  auto folder =
      options.cacheFolder ? *options.cacheFolder : defaultCacheFolder();
  if (!folder.empty())
    cache.emplace(std::move(folder));
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

/// What is known of the memory of calls before they run: a constant is a
/// parameter itself, or was made of some by @prepare, or stands in the program.
/// Parameters that no constant is stand beside them.
static CallMemory memoryOf(std::span<const Tensor> constants,
                           size_t numPrepared, const Program &program,
                           const ParameterStore &parameters) {
  llvm::SmallPtrSet<const void *, 8> stored;
  CallMemory memory;
  program.module.get()->walk([&](ir::ParameterOp op) {
    if (!parameters.contains(op.getName().str()))
      return;
    Tensor tensor = parameters.get(op.getName().str());
    if (stored.insert(tensor.rawData()).second)
      memory.parameters += uint64_t(tensor.byteSize());
  });
  for (auto [i, constant] : llvm::enumerate(constants))
    if (!stored.contains(constant.rawData()))
      (i < numPrepared ? memory.prepared : memory.constants) +=
          uint64_t(constant.byteSize());
  return memory;
}

OwningOpRef<ModuleOp>
CpuExecutable::outline(std::span<const TensorType> inputTypes,
                       const std::vector<int64_t> &rangeSizes,
                       const AfterPhase &afterPhase) const {
  DiagnosticCollector collector(program.context.get());
  OwningOpRef<ModuleOp> module(program.module.get().clone());
  if (afterPhase)
    afterPhase(phases.front(), *module);
  SmallVector<RankedTensorType> types;
  for (const TensorType &type : inputTypes)
    types.push_back(toMlirType(program.context.get(), type));
  auto main = module->lookupSymbol<func::FuncOp>("main");
  if (failed(specializeShapes(main, types, rangeSizes)))
    throw collector.toError();
  lower(*module, "graph", "outlined", afterPhase);
  return module;
}

void CpuExecutable::lower(ModuleOp module, StringRef from, StringRef to,
                          const AfterPhase &afterPhase) const {
  DiagnosticCollector collector(program.context.get());
  if (failed(runPhases(module, llvm::cantFail(selectPhases(phases, from, to)),
                       afterPhase)))
    throw collector.toError();
}

std::string CpuExecutable::assembly(std::span<const Tensor> in,
                                    const std::string &kernel) const {
  std::vector<int64_t> rangeSizes = rangeSizesOf(in);
  std::lock_guard lock(mutex);
  OwningOpRef<ModuleOp> module = outline(typesOf(in), rangeSizes, {});
  lower(*module, "outlined", "llvm", {});
  return assemblyOf(*module, kernel, machine);
}

std::shared_ptr<const KernelLibrary>
CpuExecutable::compileByKernel(ModuleOp module) const {
  std::vector<KernelText> kernels = textsOfKernels(module);
  std::vector<std::string> texts;
  for (const KernelText &kernel : kernels)
    texts.push_back(kernel.text);
  auto codes =
      compileKernels(texts, machine, std::min(threads, usableProcessors()),
                     cache ? &*cache : nullptr);
  if (!codes)
    return nullptr;
  for (auto [kernel, code] : llvm::zip(kernels, *codes))
    declareKernel(module, kernel.name, code);
  // The rest of the way down to the level 5c concerns kernels alone.
  DiagnosticCollector collector(program.context.get());
  PassManager passes(program.context.get());
  passes.addPass(createPlanMemoryPass());
  if (failed(passes.run(module)))
    throw collector.toError();
  return linkKernels(kernels, *codes);
}

std::shared_ptr<const KernelLibrary>
CpuExecutable::compileWhole(ModuleOp module,
                            const AfterPhase &afterPhase) const {
  lower(module, "outlined", "bufferized", afterPhase);
  OwningOpRef<ModuleOp> code(module.clone());
  lower(*code, "bufferized", "llvm", afterPhase);
  return linkKernels(*code, machine);
}

std::shared_ptr<const CpuVariant>
CpuExecutable::compile(std::span<const TensorType> inputTypes,
                       const std::vector<int64_t> &rangeSizes) const {
  MemoryLimit limit(options.maxMemory);
  DumpPhases dump(dumped ? std::filesystem::path() : options.dumpPhases);
  dumped = true;
  AfterPhase afterPhase;
  if (options.afterPhase || dump.isWanted())
    afterPhase = [&](const Phase &phase, ModuleOp level) {
      if (options.afterPhase)
        options.afterPhase(phase, level);
      dump.write(phase, level);
    };
  OwningOpRef<ModuleOp> module = outline(inputTypes, rangeSizes, afterPhase);

  // Code for @prepare is only needed where its results are not known yet.
  std::string text = textOfPrepare(*module);
  Prepared &known = prepared[text];
  if (known)
    dropPrepare(*module);
  auto made = std::make_shared<CpuVariant>();
  // Whoever looks at the levels sees the whole program in each.
  if (!afterPhase)
    made->library = compileByKernel(*module);
  if (!made->library)
    made->library = compileWhole(*module, afterPhase);

  DiagnosticCollector collector(program.context.get());
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
  made->memory =
      memoryOf(made->steps.constants, known->size(), program, parameters);
  made->steps.threads = threads;
  MemoryUse use = made->steps.memoryUse();
  use.parameters =
      made->memory.parameters + made->memory.prepared + made->memory.constants;
  limit.check(use);
  connectKernels(made->steps, *made->library);
  return made;
}

const CpuExecutable &cpuProgram(const Executable &program) {
  (void)program.inputs(); // Throws where it was moved from.
  auto *cpu = dynamic_cast<const CpuExecutable *>(&program.implementation());
  if (!cpu)
    throw Error("expected a program compiled for a target 'cpu', but got one "
                "for another target");
  return *cpu;
}

} // namespace tactus
