//===- TactusOpt.cpp - Runs passes on MLIR text ---------------------------===//
#include "compiler/Conversion/Kernels/Passes.h"
#include "compiler/Conversion/Math/Passes.h"
#include "compiler/Conversion/ToLLVM/Passes.h"
#include "compiler/Pipelines/Phases.h"
#include "compiler/Transforms/Passes.h"
#include "compiler/Transforms/Systolic/Passes.h"
#include "dialects/Systolic/SystolicDialect.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  registry
      .insert<tactus::ir::TactusDialect, tactus::systolic::SystolicDialect>();
  tactus::registerLoweredDialects(registry);
  mlir::registerTransformsPasses();
  tactus::registerKernelsPasses();
  tactus::registerMathPasses();
  tactus::registerPipelines();
  tactus::registerTransformsPasses();
  tactus::registerSystolicPasses();
  tactus::registerToLLVMPasses();
  tactus::registerLowerToLLVMPipeline();
  return mlir::failed(
      mlir::MlirOptMain(argc, argv, "Tactus optimizer\n", registry));
}
