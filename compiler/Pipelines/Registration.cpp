//===- Registration.cpp - The pipelines of tactus-opt ---------------------===//
#include "compiler/Pipelines/Phases.h"
#include "mlir/Pass/PassRegistry.h"
#include "tactus/Error.h"

using namespace mlir;

namespace tactus {
namespace {

struct WayOptions : PassPipelineOptions<WayOptions> {
  Option<std::string> from{*this, "from",
                           llvm::cl::desc("The level that the input is at")};
  Option<std::string> to{*this, "to", llvm::cl::desc("The level to stop at")};
  Option<std::string> target{*this, "target",
                             llvm::cl::desc("The machine to compile for")};
  ListOption<std::string> dims{
      *this, "dims", llvm::cl::desc("Sizes of named dimensions, name=size")};

  SmallVector<std::string> sizes() const {
    return SmallVector<std::string>(dims.begin(), dims.end());
  }
};

using MakePhases = std::vector<Phase> (*)(const WayOptions &options);

std::vector<Phase> makeCpuPhases(const WayOptions &options) {
  // Never the host, so that what is printed is the same on every machine.
  std::string name = options.target.getValue();
  return cpuPhases(resolveCpu(name.empty() ? "x86-64-v3" : name),
                   options.sizes());
}

std::vector<Phase> makeSystolicPhases(const WayOptions &options) {
  return systolicPhases(options.target.getValue(), options.sizes());
}

LogicalResult build(OpPassManager &pm, const WayOptions &options,
                    MakePhases makePhases, std::string &message) {
  std::vector<Phase> phases;
  try {
    phases = makePhases(options);
  } catch (const Error &error) {
    message = error.what();
    return failure();
  }
  auto selected = selectPhases(phases, options.from, options.to);
  if (!selected) {
    message = toString(selected.takeError());
    return failure();
  }
  for (const Phase &phase : *selected)
    phase.addPasses(pm);
  return success();
}

void registerWay(StringRef name, StringRef text, MakePhases makePhases) {
  registerPassPipeline(
      name, text,
      [makePhases](OpPassManager &pm, StringRef text,
                   function_ref<LogicalResult(const Twine &)> errorHandler) {
        WayOptions options;
        if (failed(options.parseFromString(text)))
          return failure();
        std::string message;
        if (failed(build(pm, options, makePhases, message)))
          return errorHandler(message);
        return success();
      },
      [](function_ref<void(const detail::PassOptions &)> visit) {
        visit(WayOptions());
      });
}

} // namespace

void registerPipelines() {
  registerWay("tactus-to-cpu",
              "Takes a program from one level to another for a CPU.",
              makeCpuPhases);
  registerWay("tactus-to-systolic",
              "Takes a program from one level to another for a systolic "
              "machine.",
              makeSystolicPhases);
}

} // namespace tactus
