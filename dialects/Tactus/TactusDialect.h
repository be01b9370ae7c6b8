//===- TactusDialect.h - The tactus dialect ---------------------*- C++ -*-===//
#ifndef TACTUS_DIALECTS_TACTUS_TACTUSDIALECT_H
#define TACTUS_DIALECTS_TACTUS_TACTUSDIALECT_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialects/Tactus/TactusDialect.h.inc"

#include "dialects/Tactus/TactusEnums.h.inc"

#include "dialects/Tactus/TactusInterfaces.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Tactus/TactusAttributes.h.inc"

#define GET_OP_CLASSES
#include "dialects/Tactus/TactusOps.h.inc"

#endif // TACTUS_DIALECTS_TACTUS_TACTUSDIALECT_H
