//===- ContractionTranspose.cpp - Panels of a transposed operand ----------===//
//
// A right operand whose elements lie together along k, not along its columns,
// would be read one by one. Instead squares of it are read as it lies and
// turned in registers.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Kernels/ContractionEmitter.h"
#include "compiler/Conversion/Kernels/VectorSquares.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace tactus {

bool ContractionEmitter::isRightTransposed() const {
  if (isPacked || perStep > 1 || k < tile.lanes)
    return false;
  Value rhs = const_cast<ir::MatmulOp &>(matmul).getRhs();
  return liesAlong(rhs, operandMap(rhs, /*isLeft=*/false), unsigned(rank),
                   unsigned(rank - 1));
}

/// Asks for what the next squares but one read of the column at hand: as many
/// streams as a square has columns are more than a processor follows by itself.
void ContractionEmitter::fetchAhead(const IndexMap &map) {
  constexpr int64_t bytesAhead = 128;
  auto access = accessOf(matmul.getRhs(), map);
  if (!access)
    return;
  const Buffer &buffer = emitter.buffer(access->first);
  access->second.offset +=
      bytesAhead * 8 /
      storageType(buffer.type.getElementType()).getIntOrFloatBitWidth();
  fetch(buffer.memref, emitter.indexOf(access->second));
}

/// The rows, in k, of the square of the panel at hand that begins at k =
/// `depth` and at `vector`; `inside` rows and `columns` columns of it are
/// inside the matrix.
FailureOr<SmallVector<Value>> ContractionEmitter::loadSquare(Value depth,
                                                             int64_t inside,
                                                             int64_t vector,
                                                             int64_t columns) {
  auto load = [&](int64_t c) -> FailureOr<Value> {
    place(nullptr, add(firstColumn, vector * tile.lanes + c),
          /*isVector=*/false, nullptr);
    emitter.place.indices[rank] = depth;
    emitter.place.vectorGroup = rank;
    emitter.place.mask = maskOf(inside, tile.lanes);
    emitter.pushScope();
    IndexMap map = operandMap(matmul.getRhs(), /*isLeft=*/false);
    fetchAhead(map);
    FailureOr<Value> element = emitter.emit(matmul.getRhs(), map);
    emitter.popScope();
    if (failed(element))
      return failure();
    return toAccumulator(emitter.splat(*element));
  };
  FailureOr<SmallVector<Value>> square = loadSquareByColumns(
      builder, loc, VectorType::get({tile.lanes}, accumulator), columns, load);
  if (succeeded(square))
    square->resize(inside);
  return square;
}

/// Copies the panel at hand, a vector of columns after the other.
LogicalResult ContractionEmitter::copyTransposed(Width width) {
  int64_t whole = k / tile.lanes * tile.lanes;
  for (int64_t v = 0; v < width.vectors; ++v) {
    int64_t columns = v + 1 == width.vectors ? width.lastLanes : tile.lanes;
    auto copy = [&](Value depth, int64_t inside) -> LogicalResult {
      FailureOr<SmallVector<Value>> square =
          loadSquare(depth, inside, v, columns);
      if (failed(square))
        return failure();
      for (auto [r, row] : llvm::enumerate(*square))
        vector::StoreOp::create(
            builder, loc, row, panels,
            indexInPanel(add(depth, int64_t(r)), v * tile.lanes));
      return success();
    };
    auto loop = scf::ForOp::create(builder, loc, constant(0), constant(whole),
                                   constant(tile.lanes));
    builder.setInsertionPoint(loop.getBody()->getTerminator());
    if (failed(copy(loop.getInductionVar(), tile.lanes)))
      return failure();
    builder.setInsertionPointAfter(loop);
    if (whole < k && failed(copy(constant(whole), k - whole)))
      return failure();
  }
  return success();
}

} // namespace tactus
