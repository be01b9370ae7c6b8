//===- VectorSquares.cpp - Matrices that are turned in registers ----------===//
#include "compiler/Conversion/Kernels/VectorSquares.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace tactus {

/// The columns of the square that has `rows` as its rows. Each stage puts the
/// elements of one half of the vectors between those of the other.
static SmallVector<Value> transposeSquare(OpBuilder &builder, Location loc,
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

FailureOr<SmallVector<Value>>
loadSquareByColumns(OpBuilder &builder, Location loc, VectorType type,
                    int64_t columns,
                    function_ref<FailureOr<Value>(int64_t column)> load) {
  SmallVector<Value> square(
      type.getNumElements(),
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type)));
  for (int64_t c = 0; c < columns; ++c) {
    FailureOr<Value> column = load(c);
    if (failed(column))
      return failure();
    square[c] = *column;
  }
  return transposeSquare(builder, loc, std::move(square));
}

} // namespace tactus
