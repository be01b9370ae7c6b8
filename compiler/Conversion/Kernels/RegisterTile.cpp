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
  // Registers hold vectors * (rows + 1) + 1, one to spare. Twelve rows are
  // chains enough to wait for no sum.
  int64_t vectors = columns / tile.lanes;
  tile.rows =
      std::clamp<int64_t>((machine.vectorRegisters - 2) / vectors - 1, 1, 12);
  return tile;
}

RegisterTile chooseRegisterTile(const VectorMachine &machine, Type accumulator,
                                int64_t columns) {
  int64_t lanes = machine.vectorBits / accumulator.getIntOrFloatBitWidth();
  // Four vectors wide and six rows high was fastest with 32 registers; with 16,
  // two by six. Panels are of one width, so that the last is not much narrower.
  int64_t widest = (machine.vectorRegisters >= 32 ? 4 : 2) * lanes;
  columns = std::max<int64_t>(columns, 1);
  int64_t panels = llvm::divideCeil(columns, widest);
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
