//===- TableFunction.cpp - Which table an op applies ----------------------===//
#include "compiler/Transforms/Systolic/VectorProgram.h"
#include "mlir/IR/Matchers.h"
#include "runtime/Systolic/VectorMath.h"
#include <bit>

using namespace mlir;

namespace tactus::systolic {

/// Whether `attribute` holds `values` to the bit, and then `last` where there
/// is one.
static bool holds(DenseElementsAttr attribute, ArrayRef<float> values,
                  std::optional<float> last) {
  if (attribute.getNumElements() != int64_t(values.size()) + last.has_value())
    return false;
  auto same = [](float a, float b) {
    return std::bit_cast<uint32_t>(a) == std::bit_cast<uint32_t>(b);
  };
  auto range = attribute.getValues<float>();
  return std::equal(values.begin(), values.end(), range.begin(), same) &&
         (!last || same(*last, range[int64_t(values.size())]));
}

std::optional<FunctionKind> tableFunctionOf(Operation *op) {
  auto pieces = dyn_cast_or_null<ir::PiecewiseLinearOp>(op);
  if (!pieces)
    return std::nullopt;
  DenseElementsAttr values, slopes;
  if (!matchPattern(pieces.getValues(), m_Constant(&values)) ||
      !matchPattern(pieces.getSlopes(), m_Constant(&slopes)) ||
      pieces.getLow().convertToDouble() != -8 ||
      pieces.getStep().convertToDouble() != 1.0 / 64)
    return std::nullopt;
  for (Function function : {Function::Sigmoid, Function::Tanh, Function::Gelu,
                            Function::GeluTanh, Function::Silu}) {
    const SegmentTable &table = segmentTable(function);
    if (holds(values, table.values, table.above) &&
        holds(slopes, table.slopes, std::nullopt) &&
        pieces.getBelowSlope().convertToDouble() == table.belowSlope &&
        pieces.getAboveSlope().convertToDouble() == table.aboveSlope)
      return FunctionKind(function);
  }
  return std::nullopt;
}

} // namespace tactus::systolic
