//===- FusionOps.cpp - Kernels and their operands' layouts ----------------===//
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/Interfaces/FunctionImplementation.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace tactus::ir;

/// Checks that the yield at the end of `body` has exactly the types `expected`.
static LogicalResult verifyYield(Operation *op, Region &body,
                                 TypeRange expected) {
  auto yield = dyn_cast<YieldOp>(body.front().getTerminator());
  if (!yield)
    return op->emitOpError("expected its region to end with tactus.yield");
  if (TypeRange(yield.getOperands()) == expected)
    return success();
  InFlightDiagnostic diagnostic = op->emitOpError("expected tactus.yield of (");
  llvm::interleaveComma(expected, diagnostic);
  diagnostic << "), but got (";
  llvm::interleaveComma(yield.getOperandTypes(), diagnostic);
  return diagnostic << ")";
}

//===----------------------------------------------------------------------===//
// FusedOp
//===----------------------------------------------------------------------===//

LogicalResult FusedOp::verifyRegions() {
  // (C1)
  if (getBody().getArgumentTypes() != getInputs().getTypes())
    return emitOpError(
        "expected region arguments with the types of the inputs");
  // (C2)
  return verifyYield(*this, getBody(), getResultTypes());
}

//===----------------------------------------------------------------------===//
// KernelOp
//===----------------------------------------------------------------------===//

ParseResult KernelOp::parse(OpAsmParser &parser, OperationState &result) {
  auto buildType = [](Builder &builder, ArrayRef<Type> arguments,
                      ArrayRef<Type> results,
                      function_interface_impl::VariadicFlag, std::string &) {
    return builder.getFunctionType(arguments, results);
  };
  return function_interface_impl::parseFunctionOp(
      parser, result, /*allowVariadic=*/false,
      getFunctionTypeAttrName(result.name), buildType,
      getArgAttrsAttrName(result.name), getResAttrsAttrName(result.name));
}

void KernelOp::print(OpAsmPrinter &printer) {
  function_interface_impl::printFunctionOp(
      printer, *this, /*isVariadic=*/false, getFunctionTypeAttrName(),
      getArgAttrsAttrName(), getResAttrsAttrName());
}

LogicalResult KernelOp::verifyRegions() {
  // (C1)
  return verifyYield(*this, getBody(), getResultTypes());
}

//===----------------------------------------------------------------------===//
// DispatchOp
//===----------------------------------------------------------------------===//

LogicalResult DispatchOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  // (C1)
  auto callee = symbolTable.lookupNearestSymbolFrom<FunctionOpInterface>(
      *this, getKernelAttr());
  if (!callee)
    return emitOpError("expected a kernel named ") << getKernelAttr();
  // (C2)
  auto kernel = dyn_cast<KernelOp>(callee.getOperation());
  if (kernel &&
      (TypeRange(kernel.getArgumentTypes()) != TypeRange(getInputs()) ||
       TypeRange(kernel.getResultTypes()) != TypeRange(getResultTypes())))
    return emitOpError("expected operands and results of type ")
           << kernel.getFunctionType();
  return success();
}

//===----------------------------------------------------------------------===//
// PackOp, UnpackOp
//===----------------------------------------------------------------------===//

LogicalResult PackOp::inferReturnTypes(MLIRContext *context,
                                       std::optional<Location> location,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  int64_t tile = adaptor.getTile(), depth = adaptor.getDepth();
  // (C1)
  if (input.getRank() < 2)
    return emitOptionalError(
        location, "expected an input of rank 2 or more, but got rank ",
        input.getRank());
  // (C2)
  if (tile < 1)
    return emitOptionalError(location, "expected a positive tile, but got ",
                             tile);
  if (depth < 1)
    return emitOptionalError(location, "expected a positive depth, but got ",
                             depth);
  std::optional<int64_t> width = llvm::checkedMul(tile, depth);
  if (!width)
    return emitOptionalError(location,
                             "expected a tile times depth that fits "
                             "64 bits, but got ",
                             tile, " times ", depth);
  SmallVector<int64_t> shape(input.getShape().drop_back(2));
  int64_t rows = input.getDimSize(input.getRank() - 2),
          columns = input.getShape().back();
  shape.push_back(ShapedType::isDynamic(columns)
                      ? columns
                      : llvm::divideCeil(columns, tile));
  shape.push_back(ShapedType::isDynamic(rows) ? rows
                                              : llvm::divideCeil(rows, depth));
  shape.push_back(*width);
  auto type = RankedTensorType::get(shape, input.getElementType());
  types.push_back(type);
  return verifyLimits(location, type);
}

LogicalResult UnpackOp::inferReturnTypes(MLIRContext *context,
                                         std::optional<Location> location,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  int64_t columns = adaptor.getColumns(), depth = adaptor.getDepth();
  // (C1)
  if (input.getRank() < 3)
    return emitOptionalError(
        location, "expected an input of rank 3 or more, but got rank ",
        input.getRank());
  // (C2)
  int64_t panels = input.getDimSize(input.getRank() - 3),
          steps = input.getDimSize(input.getRank() - 2),
          tile = input.getShape().back();
  if (depth < 1 || (ShapedType::isStatic(tile) && tile % depth != 0))
    return emitOptionalError(
        location,
        "expected a positive depth that divides the rows of a panel, "
        "of ",
        tile, " elements, but got ", depth);
  if (ShapedType::isStatic(tile))
    tile /= depth;
  // (C3)
  if (columns < 0 || !ShapedType::isStatic(tile) || tile < 1 ||
      int64_t(llvm::divideCeil(columns, tile)) != panels)
    return emitOptionalError(location, "expected columns that need exactly ",
                             panels, " panels of ", tile, ", but got ",
                             columns);
  // (C4)
  int64_t rows = ShapedType::isStatic(steps) ? steps * depth : steps;
  if (std::optional<int64_t> given = adaptor.getRows()) {
    rows = *given;
    if (rows < 0 || int64_t(llvm::divideCeil(rows, depth)) != steps)
      return emitOptionalError(location, "expected rows that need exactly ",
                               steps, " steps of ", depth, ", but got ", rows);
  }
  SmallVector<int64_t> shape(input.getShape().drop_back(3));
  shape.push_back(rows);
  shape.push_back(columns);
  types.push_back(RankedTensorType::get(shape, input.getElementType()));
  return success();
}
