//===- SystolicPipeline.cpp - The way down to a systolic machine ----------===//
#include "compiler/Pipelines/Phases.h"
#include "compiler/Transforms/Passes.h"
#include "compiler/Transforms/Systolic/Passes.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

namespace tactus {

std::vector<Phase> systolicPhases(StringRef machine,
                                  ArrayRef<std::string> dims) {
  std::vector<std::string> sizes(dims.begin(), dims.end());
  std::string name = machine.str();
  return {
      {"1", "graph", [](OpPassManager &) {}},
      {"2", "specialized",
       [sizes, name](OpPassManager &pm) {
         SpecializeShapesPassOptions options;
         options.dims.assign(sizes.begin(), sizes.end());
         pm.addPass(createSpecializeShapesPass(options));
         pm.addPass(createCanonicalizerPass());
         pm.addPass(createCSEPass());
         LegalizeForTargetPassOptions legalize;
         legalize.machine = name;
         pm.addNestedPass<func::FuncOp>(createLegalizeForTargetPass(legalize));
       }},
      {"3", "fused",
       [](OpPassManager &pm) {
         pm.addNestedPass<func::FuncOp>(createFuseActivationsPass());
         pm.addNestedPass<func::FuncOp>(createFuseElementwisePass());
       }},
      // The array reads tensors as they lie in DRAM.
      {"3b", "laid-out",
       [](OpPassManager &pm) { pm.addPass(createHoistPreparePass()); }},
      {"3c", "outlined",
       [](OpPassManager &pm) { pm.addPass(createOutlineKernelsPass()); }},
      {"4s", "tiled",
       [name](OpPassManager &pm) {
         SystolicTileKernelsPassOptions options;
         options.machine = name;
         pm.addPass(createSystolicTileKernelsPass(options));
       }},
      {"5s", "scheduled",
       [](OpPassManager &pm) {
         auto &program = pm.nest<systolic::ProgramOp>();
         program.addPass(createSystolicSchedulePass());
         program.addPass(createSystolicAllocatePass());
         program.addPass(createSystolicAssignSemaphoresPass());
       }},
  };
}

} // namespace tactus
