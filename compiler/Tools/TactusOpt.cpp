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
#include "llvm/Support/Regex.h"
#include "llvm/Support/raw_ostream.h"

/// MLIR takes a filter that is no regular expression as one that nothing
/// matches, and says nothing.
static bool hasValidFilters(const mlir::MlirOptMainConfig &config) {
  bool areValid = true;
  auto check = [&](llvm::StringRef option, const std::string &filter) {
    std::string problem;
    if (filter.empty() || llvm::Regex(filter).isValid(problem))
      return;
    llvm::errs() << "tactus-opt: expected a regular expression after --"
                 << option << ", but got '" << filter << "' (" << problem
                 << ")\n";
    areValid = false;
  };
  check("remarks-filter", config.getRemarksAllFilter());
  check("remarks-filter-passed", config.getRemarksPassedFilter());
  check("remarks-filter-missed", config.getRemarksMissedFilter());
  check("remarks-filter-failed", config.getRemarksFailedFilter());
  return areValid;
}

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
  auto [input, output] = mlir::registerAndParseCLIOptions(
      argc, argv, "Tactus optimizer\n", registry);
  if (!hasValidFilters(mlir::MlirOptMainConfig::createFromCLOptions()))
    return 1;
  return mlir::failed(mlir::MlirOptMain(argc, argv, input, output, registry));
}
