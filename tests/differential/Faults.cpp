//===- Faults.cpp - Changes that break a program --------------------------===//
#include "tests/differential/Faults.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace tactus::differential {

bool shortenLoop(ModuleOp module) {
  return changeFirst<scf::ForOp>(module, [](scf::ForOp loop) {
    std::optional<int64_t> lower = getConstantIntValue(loop.getLowerBound());
    std::optional<int64_t> upper = getConstantIntValue(loop.getUpperBound());
    std::optional<int64_t> step = getConstantIntValue(loop.getStep());
    if (!lower || !upper || !step || *upper - *lower <= *step)
      return false;
    OpBuilder builder(loop);
    loop.setUpperBound(
        arith::ConstantIndexOp::create(builder, loop.getLoc(), *upper - *step));
    return true;
  });
}

bool dropStore(ModuleOp module) {
  return changeFirst<vector::StoreOp>(module, [](vector::StoreOp store) {
    store.erase();
    return true;
  });
}

bool narrowMask(ModuleOp module) {
  return changeFirst<vector::MaskedStoreOp>(
      module, [](vector::MaskedStoreOp store) {
        OpBuilder builder(store);
        auto type = cast<VectorType>(store.getMask().getType());
        store.getMaskMutable().assign(arith::ConstantOp::create(
            builder, store.getLoc(), DenseElementsAttr::get(type, false)));
        return true;
      });
}

bool overlapArena(ModuleOp module) {
  return changeFirst<ir::DispatchOp>(module, [](ir::DispatchOp dispatch) {
    auto offsets = dispatch->getAttrOfType<DenseI64ArrayAttr>("offsets");
    if (!offsets || offsets.size() != 1 || offsets[0] <= 0)
      return false;
    dispatch->setAttr("offsets", DenseI64ArrayAttr::get(dispatch.getContext(),
                                                        ArrayRef<int64_t>(0)));
    return true;
  });
}

} // namespace tactus::differential
