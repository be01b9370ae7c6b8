//===- RegionSyntax.h - Text form of ops with a region ----------*- C++ -*-===//
//
// The custom directive of `assemblyFormat` for `(%a = %x) : (type) -> type
// {...}`.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_DIALECTS_TACTUS_REGIONSYNTAX_H
#define TACTUS_DIALECTS_TACTUS_REGIONSYNTAX_H

#include "mlir/IR/OpImplementation.h"

namespace tactus::ir {

mlir::ParseResult parseRegionArguments(
    mlir::OpAsmParser &parser,
    llvm::SmallVectorImpl<mlir::OpAsmParser::UnresolvedOperand> &inputs,
    llvm::SmallVectorImpl<mlir::Type> &inputTypes,
    llvm::SmallVectorImpl<mlir::Type> &resultTypes, mlir::Region &body);

void printRegionArguments(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                          mlir::OperandRange inputs, mlir::TypeRange inputTypes,
                          mlir::TypeRange resultTypes, mlir::Region &body);

} // namespace tactus::ir

#endif // TACTUS_DIALECTS_TACTUS_REGIONSYNTAX_H
