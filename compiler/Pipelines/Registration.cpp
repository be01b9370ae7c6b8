//===- Registration.cpp - The pipelines of tactus-opt ---------------------===//
#include "compiler/Pipelines/Phases.h"
#include "mlir/Pass/PassRegistry.h"
#include "tactus/Error.h"

using namespace mlir;

namespace tactus {
namespace {

struct CpuOptions : PassPipelineOptions<CpuOptions> {
  Option<std::string> from{*this, "from",
                           llvm::cl::desc("The level that the input is at")};
  Option<std::string> to{*this, "to", llvm::cl::desc("The level to stop at")};
  // Never the host, so that what is printed is the same on every machine.
  Option<std::string> target{*this, "target",
                             llvm::cl::desc("Processor to generate code for"),
                             llvm::cl::init("x86-64-v3")};
  ListOption<std::string> dims{
      *this, "dims", llvm::cl::desc("Sizes of named dimensions, name=size")};
};

LogicalResult buildCpuPipeline(OpPassManager &pm, const CpuOptions &options,
                               std::string &message) {
  CpuMachine machine;
  try {
    machine = resolveCpu(options.target.getValue());
  } catch (const Error &error) {
    message = error.what();
    return failure();
  }
  SmallVector<std::string> dims(options.dims.begin(), options.dims.end());
  std::vector<Phase> phases = cpuPhases(machine, dims);
  auto selected = selectPhases(phases, options.from, options.to);
  if (!selected) {
    message = toString(selected.takeError());
    return failure();
  }
  for (const Phase &phase : *selected)
    phase.addPasses(pm);
  return success();
}

} // namespace

void registerPipelines() {
  registerPassPipeline(
      "tactus-to-cpu", "Takes a program from one level to another for a CPU.",
      [](OpPassManager &pm, StringRef text,
         function_ref<LogicalResult(const Twine &)> errorHandler) {
        CpuOptions options;
        if (failed(options.parseFromString(text)))
          return failure();
        std::string message;
        if (failed(buildCpuPipeline(pm, options, message)))
          return errorHandler(message);
        return success();
      },
      [](function_ref<void(const detail::PassOptions &)> visit) {
        visit(CpuOptions());
      });
}

} // namespace tactus
