//===- VectorPlanner.h - From ops to steps of the vector unit ---*- C++ -*-===//
#ifndef TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_VECTORPLANNER_H
#define TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_VECTORPLANNER_H

#include "compiler/Transforms/Systolic/VectorProgram.h"

namespace tactus::systolic {

/// A value by number, or a constant.
struct VectorOperand {
  unsigned value = 0;
  std::optional<float> constant;
};

/// Writes the values of a kernel's body as steps, from the result back.
class VectorPlanner {
public:
  VectorPlanner(
      llvm::ArrayRef<int64_t> sizes,
      llvm::function_ref<void(mlir::Operation *, const llvm::Twine &)> refuse)
      : sizes(sizes), numLoops(sizes.size()), refuse(refuse) {}

  mlir::FailureOr<VectorOperand> visit(mlir::Value value, const IndexMap &map);
  mlir::FailureOr<unsigned> materialize(VectorOperand operand, Form form);
  void seed(const Seed &seed, const IndexMap &map) {
    known.push_back({seed.value, map, {addValue(Form::Full, seed.type), {}}});
    plan.values.back().isProduct = true;
  }

  VectorProgram plan;

private:
  struct Known {
    mlir::Value value;
    IndexMap map;
    VectorOperand operand;
  };

  unsigned addValue(Form form, ElementKind type) {
    plan.values.push_back({});
    plan.values.back().form = form;
    plan.values.back().type = type;
    return plan.values.size() - 1;
  }
  unsigned addStep(VectorStep step, Form form, ElementKind type) {
    step.result = addValue(form, type);
    plan.steps.push_back(step);
    return step.result;
  }
  mlir::FailureOr<VectorOperand> refused(mlir::Operation *op,
                                         const llvm::Twine &why) {
    refuse(op, why);
    return mlir::failure();
  }

  mlir::FailureOr<VectorOperand> visitNew(mlir::Value value,
                                          const IndexMap &map);
  mlir::FailureOr<VectorOperand>
  visitReduction(mlir::Operation *op, const IndexMap &map, VectorKind kind,
                 mlir::Value input,
                 std::optional<llvm::ArrayRef<int64_t>> axes);
  mlir::FailureOr<VectorOperand> visitElementwise(mlir::Operation *op,
                                                  const IndexMap &map);
  mlir::FailureOr<VectorOperand> combine(VectorKind kind, VectorOperand lhs,
                                         VectorOperand rhs, Form form,
                                         bool commutes);
  mlir::FailureOr<VectorOperand> subtract(VectorOperand lhs, VectorOperand rhs,
                                          Form form);
  mlir::FailureOr<VectorOperand> apply(VectorStep step, VectorOperand input,
                                       Form form);
  mlir::FailureOr<VectorOperand> convert(mlir::Operation *op,
                                         VectorOperand input, Form form,
                                         ElementKind type,
                                         int64_t zeroPoint = 0);
  unsigned leftOf(VectorOperand operand, Form form);

  /// Of the kernel's loops.
  llvm::ArrayRef<int64_t> sizes;
  unsigned numLoops;
  llvm::function_ref<void(mlir::Operation *, const llvm::Twine &)> refuse;
  std::vector<Known> known;
};

} // namespace tactus::systolic

#endif // TACTUS_COMPILER_TRANSFORMS_SYSTOLIC_VECTORPLANNER_H
