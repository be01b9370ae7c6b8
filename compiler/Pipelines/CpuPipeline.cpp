//===- CpuPipeline.cpp - The way down to a processor ----------------------===//
#include "compiler/Conversion/Kernels/Passes.h"
#include "compiler/Conversion/Math/Passes.h"
#include "compiler/Conversion/ToLLVM/Passes.h"
#include "compiler/Pipelines/Phases.h"
#include "compiler/Transforms/Passes.h"
#include "compiler/Transforms/Systolic/Passes.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

namespace tactus {

static void specialize(OpPassManager &pm, ArrayRef<std::string> dims) {
  // Also what was written for a systolic machine runs here.
  SystolicNameMachinePassOptions machine;
  machine.machine = "cpu";
  pm.addPass(createSystolicNameMachinePass(machine));
  SpecializeShapesPassOptions options;
  options.dims.assign(dims.begin(), dims.end());
  pm.addPass(createSpecializeShapesPass(options));
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  pm.addNestedPass<func::FuncOp>(createLegalizeForTargetPass());
}

/// The options of a pass that asks how large tiles are.
template <typename Options>
static Options processorOf(const CpuMachine &machine) {
  Options options;
  options.vectorBits = machine.vectorBits;
  options.vectorRegisters = machine.vectorRegisters;
  options.byteProducts = machine.byteProducts;
  options.l1Bytes = machine.l1Bytes;
  options.l2Bytes = machine.l2Bytes;
  return options;
}

static void fuse(OpPassManager &pm, const CpuMachine &machine) {
  pm.addPass(createOutlineRegionsPass());
  pm.addNestedPass<func::FuncOp>(createMoveReshapesPass());
  pm.addNestedPass<func::FuncOp>(
      createFuseAttentionPass(processorOf<FuseAttentionPassOptions>(machine)));
  pm.addNestedPass<func::FuncOp>(createFuseActivationsPass(
      processorOf<FuseActivationsPassOptions>(machine)));
  auto elementwise = processorOf<FuseElementwisePassOptions>(machine);
  pm.addNestedPass<func::FuncOp>(createFuseElementwisePass(elementwise));
  // What several kernels read, and what contractions do, is known only now.
  pm.addNestedPass<func::FuncOp>(
      createFuseProducersPass(processorOf<FuseProducersPassOptions>(machine)));
}

static void layOut(OpPassManager &pm, const CpuMachine &machine) {
  pm.addNestedPass<func::FuncOp>(
      createAssignLayoutsPass(processorOf<AssignLayoutsPassOptions>(machine)));
  pm.addPass(createHoistPreparePass());
  // What the layouts added is no part of a fused region yet.
  pm.addNestedPass<func::FuncOp>(createFuseElementwisePass(
      processorOf<FuseElementwisePassOptions>(machine)));
}

static void tile(OpPassManager &pm, const CpuMachine &machine) {
  pm.addPass(createTileKernelsPass());
  auto options = processorOf<LowerContractionsPassOptions>(machine);
  options.fma = machine.fma;
  pm.addPass(createLowerContractionsPass(options));
}

static void bufferize(OpPassManager &pm, const CpuMachine &machine) {
  ExpandMathPassOptions options;
  options.fma = machine.fma;
  options.avx512 = machine.vectorBits == 512;
  options.halfFloats = machine.halfFloats;
  pm.addPass(createExpandMathPass(options));
  pm.addPass(createPlanMemoryPass());
}

std::vector<Phase> cpuPhases(const CpuMachine &machine,
                             ArrayRef<std::string> dims) {
  std::vector<std::string> sizes(dims.begin(), dims.end());
  return {
      {"1", "graph", [](OpPassManager &) {}},
      {"2", "specialized",
       [sizes](OpPassManager &pm) { specialize(pm, sizes); }},
      {"3", "fused", [machine](OpPassManager &pm) { fuse(pm, machine); }},
      {"3b", "laid-out", [machine](OpPassManager &pm) { layOut(pm, machine); }},
      {"3c", "outlined",
       [](OpPassManager &pm) { pm.addPass(createOutlineKernelsPass()); }},
      {"4c", "tiled", [machine](OpPassManager &pm) { tile(pm, machine); }},
      {"5c", "bufferized",
       [machine](OpPassManager &pm) { bufferize(pm, machine); }},
      {"6c", "llvm", addLowerToLLVM},
  };
}

} // namespace tactus
