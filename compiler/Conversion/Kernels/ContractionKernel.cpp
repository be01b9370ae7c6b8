//===- ContractionKernel.cpp - Kernels around a matrix product ------------===//
//
// What a kernel around a contraction may hold. How it is computed is in
// ContractionEmitter.h.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Kernels/ContractionKernel.h"
#include "compiler/Conversion/Kernels/IndexMap.h"

using namespace mlir;

namespace tactus {

ir::MatmulOp findContraction(Block &body) {
  auto ops = body.getOps<ir::MatmulOp>();
  return ops.empty() ? ir::MatmulOp() : *ops.begin();
}

/// The places that values are known to be read at.
using Reads = DenseMap<Value, SmallVector<IndexMap, 1>>;

/// Whether the ops from `value` down to the kernel's arguments only read places
/// that are linear in the loops. What `known` has is not looked at again.
static bool isLinear(Value value, const IndexMap &map, ir::MatmulOp contraction,
                     Reads &known) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return true;
  if (op == contraction)
    return map == identityMap(map.size());
  SmallVector<IndexMap, 1> &maps = known[value];
  if (llvm::is_contained(maps, map))
    return true;
  maps.push_back(map);
  if (auto constant = dyn_cast<ir::ConstantOp>(op))
    return isa<SplatElementsAttr>(constant.getValue());
  if (isa<ir::IotaOp>(op))
    return true;
  if (op->getNumOperands() == 0)
    return false;
  for (unsigned i = 0; i < op->getNumOperands(); ++i) {
    FailureOr<IndexMap> read = mapOfOperand(op, i, map);
    if (failed(read) || !isLinear(op->getOperand(i), *read, contraction, known))
      return false;
  }
  return true;
}

static ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

bool isContractionKernel(Block &body) {
  ir::MatmulOp contraction = findContraction(body);
  if (!contraction || llvm::range_size(body.getOps<ir::MatmulOp>()) != 1)
    return false;
  Reads known;
  auto isOperandLinear = [&](Value operand) {
    if (auto unpack = operand.getDefiningOp<ir::UnpackOp>())
      return isa<BlockArgument>(unpack.getInput());
    return isLinear(operand, identityMap(shapeOf(operand).size()), nullptr,
                    known);
  };
  if (!isOperandLinear(contraction.getLhs()) ||
      !isOperandLinear(contraction.getRhs()) ||
      contraction.getLhs().getDefiningOp<ir::UnpackOp>())
    return false;
  return llvm::all_of(body.getTerminator()->getOperands(), [&](Value result) {
    return shapeOf(result) == shapeOf(contraction.getResult()) &&
           isLinear(result, identityMap(shapeOf(result).size()), contraction,
                    known);
  });
}

} // namespace tactus
