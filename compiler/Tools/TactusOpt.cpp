//===- TactusOpt.cpp - Runs passes on MLIR text ---------------------------===//
#include "compiler/Conversion/Kernels/Passes.h"
#include "compiler/Transforms/Passes.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  registry.insert<tactus::ir::TactusDialect, mlir::arith::ArithDialect,
                  mlir::func::FuncDialect>();
  mlir::registerTransformsPasses();
  tactus::registerKernelsPasses();
  tactus::registerTransformsPasses();
  return mlir::failed(
      mlir::MlirOptMain(argc, argv, "Tactus optimizer\n", registry));
}
