//===- SystolicDialect.h - The systolic dialect -----------------*- C++ -*-===//
#ifndef TACTUS_DIALECTS_SYSTOLIC_SYSTOLICDIALECT_H
#define TACTUS_DIALECTS_SYSTOLIC_SYSTOLICDIALECT_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialects/Systolic/SystolicDialect.h.inc"

#include "dialects/Systolic/SystolicEnums.h.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/Systolic/SystolicTypes.h.inc"

#include "dialects/Systolic/SystolicInterfaces.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Systolic/SystolicAttributes.h.inc"

#define GET_OP_CLASSES
#include "dialects/Systolic/SystolicOps.h.inc"

#endif // TACTUS_DIALECTS_SYSTOLIC_SYSTOLICDIALECT_H
