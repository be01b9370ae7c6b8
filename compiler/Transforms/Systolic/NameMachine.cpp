//===- NameMachine.cpp - Which machine a module is for --------------------===//
#include "compiler/Transforms/Systolic/NameMachine.h"
#include "compiler/Transforms/Systolic/Passes.h"
#include "dialects/Systolic/ModuleMachine.h"

namespace tactus {
#define GEN_PASS_DEF_SYSTOLICNAMEMACHINEPASS
#include "compiler/Transforms/Systolic/Passes.h.inc"
} // namespace tactus

using namespace mlir;

namespace tactus {

FailureOr<systolic::Machine> systolic::nameMachine(ModuleOp module,
                                                   StringRef name) {
  if (!name.empty() && !module->hasAttr(machineAttributeName))
    module->setAttr(machineAttributeName,
                    StringAttr::get(module.getContext(), name));
  return machineOf(module->getAttr(machineAttributeName),
                   [&] { return module.emitError(); });
}

namespace {
struct SystolicNameMachinePass final
    : tactus::impl::SystolicNameMachinePassBase<SystolicNameMachinePass> {
  using SystolicNameMachinePassBase::SystolicNameMachinePassBase;

  void runOnOperation() override {
    if (machine == "cpu")
      getOperation()->removeAttr(systolic::machineAttributeName);
    else if (failed(systolic::nameMachine(getOperation(), machine)))
      signalPassFailure();
  }
};
} // namespace

} // namespace tactus
