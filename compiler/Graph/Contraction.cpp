//===- Contraction.cpp - Matrix products --------------------------------===//
#include "tactus/Contraction.h"
#include "compiler/Graph/OpCall.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus {

Value matmul(Operand lhs, Operand rhs, std::optional<ElementType> elementType) {
  return OpCall::on<ir::MatmulOp>({&lhs, &rhs})
      .set("element_type", elementType)
      .value();
}

Value matmul(Operand lhs, Operand rhs, const Accumulation &settings) {
  return OpCall::on<ir::MatmulOp>(
             {&lhs, &rhs, settings.init ? &*settings.init : nullptr})
      .set("element_type", settings.elementType)
      .set("block", settings.block)
      .value();
}

} // namespace tactus
