//===- SystolicPipeline.cpp - The way down to a systolic machine ----------===//
#include "compiler/Pipelines/Phases.h"
#include "compiler/Transforms/Passes.h"
#include "compiler/Transforms/Systolic/Passes.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

namespace tactus {

std::vector<Phase> systolicPhases(StringRef machine, ArrayRef<std::string> dims,
                                  int64_t plan) {
  std::vector<std::string> sizes(dims.begin(), dims.end());
  std::string name = machine.str();
  return {
      {"1", "graph", [](OpPassManager &) {}},
      {"2", "specialized",
       [sizes, name](OpPassManager &pm) {
         SystolicNameMachinePassOptions machine;
         machine.machine = name;
         pm.addPass(createSystolicNameMachinePass(machine));
         SpecializeShapesPassOptions options;
         options.dims.assign(sizes.begin(), sizes.end());
         pm.addPass(createSpecializeShapesPass(options));
         pm.addPass(createCanonicalizerPass());
         pm.addPass(createCSEPass());
         pm.addNestedPass<func::FuncOp>(createLegalizeForTargetPass());
         // What several contractions read is rounded once.
         pm.addPass(createCSEPass());
       }},
      {"3", "fused",
       [](OpPassManager &pm) {
         pm.addNestedPass<func::FuncOp>(createMoveReshapesPass());
         pm.addNestedPass<func::FuncOp>(createFuseActivationsPass());
         pm.addNestedPass<func::FuncOp>(createFuseElementwisePass());
       }},
      // The array reads tensors as they lie in DRAM.
      {"3b", "laid-out",
       [](OpPassManager &pm) { pm.addPass(createHoistPreparePass()); }},
      {"3c", "outlined",
       [](OpPassManager &pm) { pm.addPass(createOutlineKernelsPass()); }},
      {"4s", "tiled",
       [plan](OpPassManager &pm) {
         SystolicTileKernelsPassOptions options;
         options.plan = plan;
         pm.addPass(createSystolicTileKernelsPass(options));
       }},
      {"5s", "scheduled",
       [](OpPassManager &pm) {
         auto &program = pm.nest<systolic::ProgramOp>();
         // Loads run ahead as far as the rows that they go to are free.
         program.addPass(createSystolicAllocatePass());
         program.addPass(createSystolicSchedulePass());
         program.addPass(createSystolicAssignSemaphoresPass());
       }},
  };
}

} // namespace tactus
