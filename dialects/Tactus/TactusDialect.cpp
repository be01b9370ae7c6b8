//===- TactusDialect.cpp - Registration of the tactus dialect -------------===//
#include "dialects/Tactus/TactusDialect.h"
#include "dialects/Tactus/RegionSyntax.h"
#include "dialects/Tactus/ShapeInference.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace tactus::ir;

#include "dialects/Tactus/TactusDialect.cpp.inc"

#include "dialects/Tactus/TactusEnums.cpp.inc"

#include "dialects/Tactus/TactusInterfaces.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Tactus/TactusAttributes.cpp.inc"

void TactusDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/Tactus/TactusAttributes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/Tactus/TactusOps.cpp.inc"
      >();
}

Operation *TactusDialect::materializeConstant(OpBuilder &builder,
                                              Attribute value, Type type,
                                              Location loc) {
  auto elements = dyn_cast<ElementsAttr>(value);
  if (!elements || elements.getType() != type)
    return nullptr;
  return ConstantOp::create(builder, loc, type, elements);
}

#define GET_OP_CLASSES
#include "dialects/Tactus/TactusOps.cpp.inc"
