//===- KernelCost.cpp - About how long a kernel takes ---------------------===//
#include "compiler/Conversion/Kernels/KernelCost.h"
#include "compiler/Conversion/Kernels/KernelPlan.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;

namespace tactus {

// Picoseconds of one core with vectors of 512 bits.
static constexpr double costOfByte = 30, costOfProduct = 18, costOfCheap = 30,
                        costOfFunction = 300, costOfLongFunction = 1000,
                        costOfLookup = 1000, costOfComparison = 3000,
                        costOfScan = 1000;

static double numElements(Type type) {
  double count = 1;
  for (int64_t size : cast<RankedTensorType>(type).getShape())
    count *= double(size);
  return count;
}

static double bytesOf(Type type) {
  double bits = cast<RankedTensorType>(type).getElementTypeBitWidth();
  return numElements(type) * std::max(bits / 8, 1.0);
}

/// Of one element of the result.
static double costOfElement(Operation *op) {
  return TypeSwitch<Operation *, double>(op)
      .Case<ir::ConstantOp, ir::ReshapeOp, ir::BroadcastOp, ir::SliceOp,
            ir::ConcatOp, ir::UnpackOp>([](auto) { return 0.0; })
      .Case<ir::GatherOp, ir::GatherElementsOp, ir::GatherNdOp,
            ir::ScatterElementsOp, ir::ScatterNdOp>(
          [](auto) { return costOfLookup; })
      .Case<ir::PowOp, ir::ModOp, ir::GeluOp, ir::MishOp, ir::ErfOp, ir::ErfcOp,
            ir::SinOp, ir::CosOp, ir::TanOp, ir::AsinOp, ir::AcosOp, ir::AtanOp,
            ir::SinhOp, ir::CoshOp, ir::AsinhOp, ir::AcoshOp, ir::AtanhOp>(
          [](auto) { return costOfLongFunction; })
      .Default([](Operation *other) {
        return isCheap(other) ? costOfCheap : costOfFunction;
      });
}

static double costOf(Operation *op) {
  if (op->getNumResults() == 0 || op->getNumOperands() == 0)
    return 0;
  Type result = op->getResult(0).getType();
  Type input = op->getOperand(0).getType();
  if (auto matmul = dyn_cast<ir::MatmulOp>(op)) {
    double depth = matmul.getLhs().getType().getShape().back();
    double width = cast<RankedTensorType>(result).getElementTypeBitWidth();
    return numElements(result) * depth * costOfProduct *
           std::max(width / 32, 1.0);
  }
  if (isa<ir::SortOp, ir::TopKOp>(op))
    return numElements(input) * costOfComparison *
           std::log2(numElements(input) + 1);
  if (isa<ir::CumsumOp, ir::CumprodOp>(op))
    return numElements(input) * costOfScan;
  if (Reduction::of(op))
    return numElements(input) * costOfCheap;
  return numElements(result) * costOfElement(op);
}

int64_t estimateCost(ir::KernelOp kernel) {
  double cost = 0;
  for (Operation &op : kernel.getBody().front())
    cost += costOf(&op);
  for (TypeRange types : {TypeRange(kernel.getArgumentTypes()),
                          TypeRange(kernel.getResultTypes())})
    for (Type type : types)
      cost += bytesOf(type) * costOfByte;
  // Years are long enough, and fit the integer.
  return int64_t(std::min(cost / 1000, 1e18));
}

} // namespace tactus
