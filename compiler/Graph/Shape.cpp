//===- Shape.cpp - Ops that move elements -------------------------------===//
#include "tactus/Shape.h"
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

} // namespace tactus
