//===- KernelFunction.cpp - A kernel as a function on flat memory ---------===//
#include "compiler/Conversion/Kernels/KernelFunction.h"
#include "compiler/Conversion/Kernels/KernelCost.h"
#include "compiler/Conversion/Kernels/KernelWork.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;

namespace tactus {

static MemRefType flatMemory(Type tensor) {
  auto type = cast<RankedTensorType>(tensor);
  return MemRefType::get({type.getNumElements()},
                         storageType(type.getElementType()));
}

KernelFunction createKernelFunction(OpBuilder &builder, ir::KernelOp kernel,
                                    int64_t extent, int64_t scratchBytes) {
  SmallVector<Type> types;
  for (Type type : kernel.getArgumentTypes())
    types.push_back(flatMemory(type));
  for (Type type : kernel.getResultTypes())
    types.push_back(flatMemory(type));
  scratchBytes = std::max<int64_t>(scratchBytes, 1);
  types.push_back(MemRefType::get({scratchBytes}, builder.getI8Type()));
  types.push_back(builder.getIndexType());
  types.push_back(builder.getIndexType());
  types.push_back(MemRefType::get({2}, builder.getI64Type()));

  KernelFunction result;
  builder.setInsertionPoint(kernel);
  result.func =
      func::FuncOp::create(builder, kernel.getLoc(), kernel.getSymName(),
                           builder.getFunctionType(types, {}));
  result.func->setAttr("tactus.extent", builder.getI64IntegerAttr(extent));
  result.func->setAttr("tactus.cost",
                       builder.getI64IntegerAttr(estimateCost(kernel)));
  result.func->setAttr("tactus.scratch",
                       builder.getI64IntegerAttr(scratchBytes));
  result.func->setAttr("tactus.work", workOf(kernel));

  Block *body = result.func.addEntryBlock();
  unsigned next = 0;
  for (Type type : kernel.getArgumentTypes())
    result.inputs.push_back(
        {body->getArgument(next++), cast<RankedTensorType>(type)});
  for (Type type : kernel.getResultTypes())
    result.outputs.push_back(
        {body->getArgument(next++), cast<RankedTensorType>(type)});
  result.scratch = body->getArgument(next++);
  result.begin = body->getArgument(next++);
  result.end = body->getArgument(next++);
  result.status = body->getArgument(next++);
  result.checks = IndexChecks(result.func, result.status);
  builder.setInsertionPointToEnd(body);
  Operation *end = func::ReturnOp::create(builder, kernel.getLoc());
  builder.setInsertionPoint(end);
  return result;
}

Value viewScratch(OpBuilder &builder, const KernelFunction &function,
                  int64_t offset, int64_t count, Type elementType) {
  Location loc = function.scratch.getLoc();
  Value start = arith::ConstantIndexOp::create(builder, loc, offset);
  return memref::ViewOp::create(builder, loc,
                                MemRefType::get({count}, elementType),
                                function.scratch, start, ValueRange());
}

} // namespace tactus
