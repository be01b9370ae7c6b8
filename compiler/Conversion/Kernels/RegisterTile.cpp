//===- RegisterTile.cpp - The tile a contraction keeps in registers -------===//
#include "compiler/Conversion/Kernels/RegisterTile.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace tactus {

Type accumulatorType(Type result) {
  if (result.isF16() || result.isBF16())
    return Float32Type::get(result.getContext());
  if (result.isUnsignedInteger())
    return IntegerType::get(result.getContext(),
                            result.getIntOrFloatBitWidth());
  return result;
}

RegisterTile tileOfPanels(const VectorMachine &machine, Type accumulator,
                          int64_t columns) {
  RegisterTile tile;
  tile.lanes = machine.vectorBits / accumulator.getIntOrFloatBitWidth();
  tile.columns = columns;
  // Registers hold vectors * (rows + 1) + 1, one to spare; where sums were in
  // more than three quarters of them, two steps side by side spilled. Twelve
  // rows are chains enough to wait for no sum.
  int64_t vectors = columns / tile.lanes,
          most = machine.vectorRegisters * 3 / 4 / vectors;
  tile.rows = std::clamp<int64_t>(
      std::min((machine.vectorRegisters - 2) / vectors - 1, most), 1, 12);
  return tile;
}

static ArrayRef<int64_t> matrixShape(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape().take_back(2);
}

/// The most vectors that a row of a panel of `matmul` may have, of which
/// `columns` columns are in panels.
static int64_t widestPanel(const VectorMachine &machine, ir::MatmulOp matmul,
                           Type accumulator, int64_t columns) {
  Type element = getElementTypeOrSelf(matmul.getRhs());
  ArrayRef<int64_t> right = matrixShape(matmul.getRhs());
  // Sums of so few products are written more slowly than they are added up, and
  // where vectors are not whole lines of the cache, the wider a row of a tile
  // is, the fewer lines it shares with the next: 0.93 of the time for
  // 417x11x551.
  constexpr int64_t fewRows = 16, fewProducts = 12, lineBits = 64 * 8;
  int64_t rows = matrixShape(matmul.getResult()).front();
  bool areLines = machine.vectorBits == lineBits &&
                  right[1] * element.getIntOrFloatBitWidth() % lineBits == 0;
  if (rows > fewRows && right[0] <= fewProducts && element == accumulator &&
      !areLines)
    return machine.vectorRegisters / 4;
  // Four vectors wide and six rows high was fastest with 32 registers; with 16,
  // two by six.
  if (machine.vectorRegisters < 32)
    return 2;
  int64_t lanes = machine.vectorBits / accumulator.getIntOrFloatBitWidth(),
          vectors = 4;
  // Each tile of rows reads the panel again, and few do not hide that the first
  // waits for it: 8 rows by 768 columns took 0.75 of the time in one tile.
  auto tilesOf = [&](int64_t width) {
    return llvm::divideCeil(
        rows, tileOfPanels(machine, accumulator, width * lanes).rows);
  };
  if (rows <= fewRows) {
    for (int64_t narrower : {3, 2})
      if (tilesOf(narrower) < tilesOf(vectors))
        vectors = narrower;
    return vectors;
  }
  constexpr int64_t someProducts = 64;
  if (element != accumulator || columns <= vectors * lanes ||
      right[0] < someProducts)
    return vectors;
  // More rows in a tile ask less of the caches for each product: 0.91 of the
  // time for 128x3072x768, 0.95 for 1536x1536x1536. Where they ask little
  // anyway, what counts more is how much is missing in the last panel.
  constexpr int64_t narrower = 3;
  bool fillsCache = right[0] * right[1] * element.getIntOrFloatBitWidth() / 8 >
                    machine.l2Bytes / 4;
  auto padded = [&](int64_t width) {
    return llvm::alignTo(columns, width * lanes);
  };
  return fillsCache || padded(narrower) <= padded(vectors) ? narrower : vectors;
}

ColumnTail tailOf(ir::MatmulOp matmul) {
  // A column has four lanes or more, else it takes no fewer vectors than by
  // itself, and a lane has enough to add up.
  constexpr int64_t bitsOfVector = 512, leastDepth = 4, leastSteps = 16;
  Type accumulator = accumulatorType(getElementTypeOrSelf(matmul.getType()));
  if (!isa<FloatType>(accumulator))
    return {};
  int64_t lanes = bitsOfVector / accumulator.getIntOrFloatBitWidth(),
          n = matrixShape(matmul.getResult()).back(), columns = n % lanes,
          k = matrixShape(matmul.getLhs()).back();
  // Beside other columns, another pass over the rows costs as much as more of
  // the lanes: 8x544x43 took 1.29 times as long, 33x432x620 1.03 times.
  int64_t most = n < lanes ? lanes * 3 / 4 : lanes / 2;
  if (columns == 0 || columns > most || k < leastDepth * leastSteps ||
      k > longestSum)
    return {};
  // Two vectors share what is loaded of a row.
  int64_t depth =
      std::clamp(2 * lanes / int64_t(llvm::PowerOf2Ceil(uint64_t(columns))),
                 leastDepth, lanes);
  while (depth * leastSteps > k)
    depth /= 2;
  return {columns, depth, int64_t(llvm::divideCeil(columns * depth, lanes)),
          lanes};
}

RegisterTile chooseRegisterTile(const VectorMachine &machine,
                                ir::MatmulOp matmul) {
  Type accumulator = accumulatorType(getElementTypeOrSelf(matmul.getType()));
  int64_t lanes = machine.vectorBits / accumulator.getIntOrFloatBitWidth(),
          columns =
              std::max<int64_t>(matrixShape(matmul.getResult()).back(), 1);
  // The tail comes with the last panel, however wide that is.
  if (int64_t tail = tailOf(matmul).columns; tail < columns)
    columns -= tail;
  // Panels are of one width, so that the last is not much narrower.
  int64_t panels = llvm::divideCeil(
      columns, widestPanel(machine, matmul, accumulator, columns) * lanes);
  return tileOfPanels(
      machine, accumulator,
      int64_t(llvm::alignTo(llvm::divideCeil(columns, panels), lanes)));
}

int64_t depthOfProduct(const VectorMachine &machine, Type lhs, Type rhs,
                       Type accumulator) {
  auto isByte = [](Type type) {
    return type.isInteger() && type.getIntOrFloatBitWidth() == 8;
  };
  if (!isByte(lhs) || !isByte(rhs) || !accumulator.isInteger(32))
    return 1;
  return machine.byteProducts ? 4 : 2;
}

} // namespace tactus
