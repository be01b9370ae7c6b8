//===- PrepareRunner.cpp - What @prepare computes -------------------------===//
#include "compiler/Driver/PrepareRunner.h"
#include "compiler/Emit/StepListEmit.h"
#include "mlir/IR/OwningOpRef.h"
#include "runtime/Core/BoundSteps.h"
#include "runtime/Interpreter/Interpreter.h"
#include "runtime/JIT/KernelLibrary.h"
#include "runtime/JIT/ObjectCode.h"
#include "tactus/Error.h"

using namespace mlir;

namespace tactus {

template <typename T> static T valueOf(llvm::Expected<T> result) {
  if (!result)
    throw Error(toString(result.takeError()));
  return std::move(*result);
}

void connectKernels(StepList &list, const KernelLibrary &library) {
  forEachKernel(list, [&](KernelStep &step) {
    step.entry = valueOf(library.lookup(step.kernel));
  });
}

std::shared_ptr<const KernelLibrary> linkKernels(ModuleOp module,
                                                 const CpuMachine &machine) {
  std::string object = valueOf(compileToObject(
      module, {machine.processor, machine.features, machine.vectorBits}));
  return valueOf(KernelLibrary::load(StringRef(object)));
}

std::shared_ptr<const KernelLibrary> linkKernels(ArrayRef<KernelText> texts,
                                                 ArrayRef<KernelCode> codes) {
  SmallVector<StringRef> objects;
  KernelLibrary::Symbols symbols;
  llvm::SmallDenseSet<StringRef> known;
  for (auto [kernel, code] : llvm::zip(texts, codes)) {
    symbols[kernel.name] = code.symbol;
    if (known.insert(code.symbol).second)
      objects.push_back(code.object);
  }
  return valueOf(KernelLibrary::load(objects, std::move(symbols)));
}

FailureOr<std::vector<Tensor>> runPrepare(ModuleOp module,
                                          const KernelLibrary &library,
                                          const ParameterStore &parameters,
                                          MemoryLimit limit, int64_t threads) {
  auto function = module.lookupSymbol<func::FuncOp>("prepare");
  SmallVector<PreparedResult> results;
  FailureOr<StepList> list = emitPrepareSteps(function, parameters, results);
  if (failed(list))
    return failure();
  list->threads = threads;
  limit.check(list->memoryUse());
  connectKernels(*list, library);
  std::vector<Tensor> computed = runSteps(*list, {});
  std::vector<Tensor> tensors;
  for (PreparedResult &result : results)
    tensors.push_back(result.index < 0 ? result.shared
                                       : computed[result.index]);
  return tensors;
}

FailureOr<std::vector<Tensor>>
interpretPrepare(ModuleOp outlined, const ParameterStore &parameters,
                 MemoryLimit limit) {
  OwningOpRef<ModuleOp> module(outlined.clone());
  auto prepare = module->lookupSymbol<func::FuncOp>("prepare");
  if (!prepare)
    return std::vector<Tensor>();
  for (auto function :
       llvm::make_early_inc_range(module->getOps<func::FuncOp>()))
    if (function != prepare)
      function.erase();
  prepare.setName("main");
  return interpretProgram(*module, {}, parameters, {limit, {}});
}

} // namespace tactus
