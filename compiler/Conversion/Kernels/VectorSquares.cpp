//===- VectorSquares.cpp - Matrices that are turned in registers ----------===//
#include "compiler/Conversion/Kernels/VectorSquares.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace tactus {

bool liesAlong(Value value, const IndexMap &map, unsigned along,
               unsigned across) {
  auto access = accessOf(value, map);
  return access && access->second.coefficients[along] == 1 &&
         access->second.coefficients[across] > 1;
}

/// Each stage puts the elements of one half of the vectors between those of the
/// other.
SmallVector<Value> transposeSquare(OpBuilder &builder, Location loc,
                                   SmallVector<Value> rows) {
  auto size = int64_t(rows.size());
  SmallVector<int64_t> low, high;
  for (int64_t i = 0; i < size / 2; ++i) {
    low.append({i, size + i});
    high.append({size / 2 + i, size + size / 2 + i});
  }
  for (int64_t stage = 1; stage < size; stage *= 2) {
    SmallVector<Value> next;
    for (int64_t i = 0; i < size / 2; ++i)
      for (ArrayRef<int64_t> half : {ArrayRef(low), ArrayRef(high)})
        next.push_back(vector::ShuffleOp::create(builder, loc, rows[i],
                                                 rows[i + size / 2], half));
    rows = std::move(next);
  }
  return rows;
}

} // namespace tactus
