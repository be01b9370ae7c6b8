//===- Shape.cpp - Ops that move elements -------------------------------===//
#include "tactus/Shape.h"
#include "compiler/Graph/GraphState.h"
#include "compiler/Graph/OpCall.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

/// Lists that may be left out are absent where they are empty.
static std::optional<std::vector<int64_t>>
unlessEmpty(const std::vector<int64_t> &list) {
  if (list.empty())
    return std::nullopt;
  return list;
}

Value reshape(Operand input, const std::vector<int64_t> &shape) {
  return OpCall::on<ir::ReshapeOp>({&input}).set("shape", shape).value();
}

Value transpose(Operand input, const std::vector<int64_t> &perm) {
  return OpCall::on<ir::TransposeOp>({&input}).set("perm", perm).value();
}

Value broadcast(Operand input, const std::vector<int64_t> &shape) {
  return OpCall::on<ir::BroadcastOp>({&input}).set("shape", shape).value();
}

Value slice(Operand input, const std::vector<int64_t> &starts,
            const std::vector<int64_t> &ends, const std::vector<int64_t> &axes,
            const std::vector<int64_t> &steps) {
  return OpCall::on<ir::SliceOp>({&input})
      .set("starts", starts)
      .set("ends", ends)
      .set("axes", unlessEmpty(axes))
      .set("steps", unlessEmpty(steps))
      .value();
}

Value squeeze(Operand input, const std::vector<int64_t> &axes) {
  return OpCall::on<ir::SqueezeOp>({&input})
      .set("axes", unlessEmpty(axes))
      .value();
}

Value expandDims(Operand input, const std::vector<int64_t> &axes) {
  return OpCall::on<ir::ExpandDimsOp>({&input}).set("axes", axes).value();
}

Value tile(Operand input, const std::vector<int64_t> &repeats) {
  return OpCall::on<ir::TileOp>({&input}).set("repeats", repeats).value();
}

Value reverse(Operand input, const std::vector<int64_t> &axes) {
  return OpCall::on<ir::ReverseOp>({&input})
      .set("axes", unlessEmpty(axes))
      .value();
}

Value trilu(Operand input, Triangle triangle, int64_t k) {
  return OpCall::on<ir::TriluOp>({&input})
      .set("upper", triangle == Triangle::Upper)
      .set("k", k)
      .value();
}

Value concat(const std::vector<Operand> &inputs, int64_t axis,
             const std::source_location &where) {
  if (inputs.empty())
    throw Error(callerPlace(where, "concat"),
                "expected one input or more, but got none");
  llvm::SmallVector<const Operand *> operands;
  for (const Operand &input : inputs)
    operands.push_back(&input);
  return OpCall::on<ir::ConcatOp>(operands).set("axis", axis).value();
}

std::vector<Value> split(Operand input, const std::vector<int64_t> &sizes,
                         int64_t axis) {
  return OpCall::on<ir::SplitOp>({&input})
      .set("axis", axis)
      .set("sizes", sizes)
      .values();
}

std::vector<Value> splitInto(Operand input, int64_t count, int64_t axis) {
  return OpCall::on<ir::SplitOp>({&input})
      .set("axis", axis)
      .set("num_outputs", count)
      .values();
}

static ir::PadMode modeOf(PadMode mode) {
  switch (mode) {
  case PadMode::Constant:
    return ir::PadMode::constant;
  case PadMode::Edge:
    return ir::PadMode::edge;
  case PadMode::Reflect:
    return ir::PadMode::reflect;
  case PadMode::Wrap:
    return ir::PadMode::wrap;
  }
  return ir::PadMode::constant;
}

Value pad(Operand input, const std::vector<int64_t> &pads, PadMode mode,
          double value) {
  return OpCall::on<ir::PadOp>({&input})
      .set("pads", pads)
      .setCase<ir::PadModeAttr>("mode", modeOf(mode))
      .set("value", value)
      .value();
}

} // namespace tactus
