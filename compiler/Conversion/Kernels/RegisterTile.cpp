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

RegisterTile chooseRegisterTile(const VectorMachine &machine,
                                Type accumulator) {
  RegisterTile tile;
  tile.lanes = machine.vectorBits / accumulator.getIntOrFloatBitWidth();
  // Four vectors wide and six rows high was fastest with 32 registers; with 16,
  // two by six. In general: columns * (rows + 1) + 1 registers, one to spare.
  int64_t vectors = machine.vectorRegisters >= 32 ? 4 : 2;
  tile.columns = vectors * tile.lanes;
  tile.rows = (machine.vectorRegisters - 2) / vectors - 1;
  return tile;
}

int64_t panelWidth(const VectorMachine &machine, Type accumulator,
                   int64_t columns) {
  RegisterTile tile = chooseRegisterTile(machine, accumulator);
  return std::min(
      tile.columns,
      int64_t(llvm::alignTo(std::max<int64_t>(columns, 1), tile.lanes)));
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
