//===- FusionRules.h - What a target runs as one kernel ---------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_FUSIONRULES_H
#define TACTUS_COMPILER_TRANSFORMS_FUSIONRULES_H

#include "compiler/Transforms/Prepared.h"
#include "dialects/Systolic/ModuleMachine.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include <optional>

namespace tactus {

/// What becomes one kernel: on a CPU, where the module names no systolic
/// machine, or on that machine.
class FusionRules {
public:
  /// Those of the module around `function`.
  explicit FusionRules(mlir::func::FuncOp function)
      : machine(systolic::findMachine(function)), prepared(function) {}

  /// What is computed at load. Asked of values that were in the function when
  /// this was made, and of results of ops that it was told of.
  const PreparedValues &preparedValues() const { return prepared; }
  void tellOf(ir::FusedOp made) { prepared.add(made); }

  /// Whether `op` joins no kernel of a machine, because it is computed at load,
  /// by the interpreter.
  bool isForPrepare(mlir::Operation *op) const;

  /// Whether the region `body` is a contraction with what rides on it that runs
  /// as one kernel.
  bool isContraction(mlir::Block &body) const;
  /// The same of two contractions, the second of what becomes of the first's
  /// rows.
  bool isAttention(mlir::Block &body) const;
  /// The same of elementwise ops, data movement and reductions.
  bool isLoops(mlir::Block &body) const;

private:
  std::optional<systolic::Machine> machine;
  PreparedValues prepared;
};

} // namespace tactus

#endif // TACTUS_COMPILER_TRANSFORMS_FUSIONRULES_H
