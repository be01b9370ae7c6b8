//===- RegionSyntax.cpp - Text form of ops with a region ------------------===//
#include "dialects/Tactus/RegionSyntax.h"

using namespace mlir;

namespace tactus::ir {

ParseResult
parseRegionArguments(OpAsmParser &parser,
                     SmallVectorImpl<OpAsmParser::UnresolvedOperand> &inputs,
                     SmallVectorImpl<Type> &inputTypes,
                     SmallVectorImpl<Type> &resultTypes, Region &body) {
  SmallVector<OpAsmParser::Argument> arguments;
  FunctionType type;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseAssignmentList(arguments, inputs) ||
      parser.parseColonType(type))
    return failure();
  if (type.getNumInputs() != inputs.size())
    return parser.emitError(loc, "expected ")
           << inputs.size() << " operand types, but got "
           << type.getNumInputs();
  llvm::append_range(inputTypes, type.getInputs());
  llvm::append_range(resultTypes, type.getResults());
  for (auto [argument, argumentType] : llvm::zip(arguments, type.getInputs()))
    argument.type = argumentType;
  return parser.parseRegion(body, arguments);
}

void printRegionArguments(OpAsmPrinter &printer, Operation *op,
                          OperandRange inputs, TypeRange inputTypes,
                          TypeRange resultTypes, Region &body) {
  printer << "(";
  llvm::interleaveComma(
      llvm::zip(body.getArguments(), inputs), printer, [&](auto pair) {
        printer << std::get<0>(pair) << " = " << std::get<1>(pair);
      });
  printer << ") : ";
  printer.printFunctionalType(inputTypes, resultTypes);
  printer << ' ';
  printer.printRegion(body, /*printEntryBlockArgs=*/false);
}

} // namespace tactus::ir
