//===- ProgramPlan.h - What a program keeps where ---------------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PROGRAMPLAN_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PROGRAMPLAN_H

#include "compiler/Transforms/Systolic/ProductPlan.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace tactus::systolic {

/// One result of a kernel that the host computes: whole tensors in DRAM to one
/// that lies in order.
struct PlannedHostCall {
  llvm::SmallVector<Storage *> inputs;
  View result;
  int64_t kernelResult = 0;
};

/// One thing that the program does, in order: a kernel, a call of the host, or
/// a copy between two views.
struct PlannedStep {
  mlir::Operation *op = nullptr;
  /// At most one of the two; none for a copy.
  std::optional<PlacedKernel> placed;
  std::optional<PlannedHostCall> host;
  /// How a product runs, which `choosePlans` fills in.
  std::optional<ProductPlan> product;
  /// Of a copy.
  View from, to;
  llvm::SmallVector<int64_t> shape;
  std::string layer;
};

/// A function of dispatches as steps on storages.
struct ProgramPlan {
  std::vector<std::unique_ptr<Storage>> storages;
  std::vector<PlannedStep> steps;
  struct Port {
    Storage *storage;
    RoleKind role;
    mlir::StringAttr name;
    int64_t index = 0;
  };
  /// Inputs, outputs and constants, in order.
  std::vector<Port> ports;
};

/// Gives every tensor of `main` a place: what only moves data is a view of what
/// it moves wherever that can be, and results stay in the unified buffer as
/// long as rows last, of which `share` are given out. Kernels that the machine
/// cannot run are the host's. Fails after a diagnostic.
mlir::FailureOr<ProgramPlan> planProgram(mlir::func::FuncOp main,
                                         const Machine &machine, double share);

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_PROGRAMPLAN_H
