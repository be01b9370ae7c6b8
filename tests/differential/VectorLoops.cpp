//===- VectorLoops.cpp - Innermost loops are vector loops -----------------===//
#include "tests/differential/VectorLoops.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace tactus::differential {

/// How many times a loop runs; the loop over a kernel's iterations as often as
/// the kernel has.
static int64_t iterationsOf(scf::ForOp loop) {
  std::optional<int64_t> lower = getConstantIntValue(loop.getLowerBound());
  std::optional<int64_t> upper = getConstantIntValue(loop.getUpperBound());
  std::optional<int64_t> step = getConstantIntValue(loop.getStep());
  if (lower && upper && step)
    return (*upper - *lower + *step - 1) / *step;
  auto extent =
      loop->getParentOfType<func::FuncOp>()->getAttrOfType<IntegerAttr>(
          "tactus.extent");
  auto begin = dyn_cast<BlockArgument>(loop.getLowerBound());
  // A merge begins where a loop around it is, and takes as many steps as its
  // runs have elements, each of which needs the one before it.
  bool isWhole = begin && isa<func::FuncOp>(begin.getOwner()->getParentOp());
  return extent && isWhole ? extent.getInt() : 0;
}

static bool usesVectors(scf::ForOp loop) {
  return loop
      ->walk([](Operation *op) {
        bool isVector =
            llvm::any_of(op->getOperandTypes(), llvm::IsaPred<VectorType>) ||
            llvm::any_of(op->getResultTypes(), llvm::IsaPred<VectorType>);
        return isVector ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

std::string findScalarLoop(ModuleOp module) {
  std::string found;
  module.walk([&](scf::ForOp loop) {
    bool isInnermost =
        !loop.getBody()
             ->walk([](scf::ForOp) { return WalkResult::interrupt(); })
             .wasInterrupted();
    int64_t iterations = iterationsOf(loop);
    // Each step of a running sum along a row alone needs the one before it.
    bool isSequential =
        loop->hasAttr("tactus.sequential") && loop.getNumRegionIterArgs() == 1;
    if (!isInnermost || iterations < 16 || usesVectors(loop) || isSequential)
      return WalkResult::advance();
    found = loop->getParentOfType<func::FuncOp>().getName().str() +
            " has a loop over " + std::to_string(iterations) +
            " elements that is no vector loop";
    return WalkResult::interrupt();
  });
  return found;
}

} // namespace tactus::differential
