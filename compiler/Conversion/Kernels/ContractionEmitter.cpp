//===- ContractionEmitter.cpp - Lowers a matrix product -------------------===//
#include "compiler/Conversion/Kernels/ContractionEmitter.h"

using namespace mlir;

namespace tactus {

LogicalResult ContractionEmitter::run() {
  measure();
  bool isEmpty = m * n * numBatches == 0;
  if (!isEmpty) {
    chooseDepthBlocks();
    chooseTail();
    chooseLeft();
    chooseRowBlocks();
    keepLeft();
  }
  createFunction();
  if (!isEmpty && failed(emitIterations()))
    return failure();
  kernel.erase();
  return success();
}

LogicalResult ContractionEmitter::emitIterations() {
  if (depthBlock < numSteps)
    return emitRounds();
  return forEachIteration(function.begin, function.end,
                          [&](Width width) { return emitPanel(width); });
}

LogicalResult lowerContractionKernel(ir::KernelOp kernel,
                                     const VectorMachine &machine) {
  if (!isContractionKernel(kernel.getBody().front()))
    return kernel.emitOpError(
        "expected one contraction and elementwise ops of its shape");
  ir::MatmulOp matmul = findContraction(kernel.getBody().front());
  int64_t depth =
      depthOfProduct(machine, getElementTypeOrSelf(matmul.getLhs().getType()),
                     getElementTypeOrSelf(matmul.getRhs().getType()),
                     accumulatorType(getElementTypeOrSelf(matmul.getType())));
  if (auto unpack = matmul.getRhs().getDefiningOp<ir::UnpackOp>();
      unpack && int64_t(unpack.getDepth()) != depth)
    return kernel.emitOpError("expected a right operand packed with depth ")
           << depth << " for this machine, but got " << unpack.getDepth();
  if (auto unpack = matmul.getRhs().getDefiningOp<ir::UnpackOp>()) {
    Type sums = accumulatorType(getElementTypeOrSelf(matmul.getType()));
    int64_t columns = unpack.getInput().getType().getShape().back() / depth,
            lanes = machine.vectorBits / sums.getIntOrFloatBitWidth();
    if (columns % lanes != 0)
      return kernel.emitOpError("expected panels that are a multiple of ")
             << lanes << " columns wide for this machine, but got " << columns;
  }
  ContractionEmitter emitter(kernel, machine);
  if (failed(emitter.run()))
    return kernel.emitOpError(
        "expected values that are linear in the contraction's loops");
  return success();
}

} // namespace tactus
