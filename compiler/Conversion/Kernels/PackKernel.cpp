//===- PackKernel.cpp - Kernels that lay a matrix out in panels -----------===//
#include "compiler/Conversion/Kernels/KernelFunction.h"
#include "compiler/Conversion/Kernels/LoopKernel.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include <numeric>

using namespace mlir;

namespace tactus {
namespace {

/// Iterations are (batch, panel) pairs; rows of a panel are copied in order.
class PackEmitter {
public:
  PackEmitter(ir::KernelOp kernel, ir::PackOp pack)
      : kernel(kernel), pack(pack), builder(kernel.getContext()),
        emitter(builder), loc(pack.getLoc()) {}

  LogicalResult run();

private:
  LogicalResult emitRow(int64_t columns);
  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  }

  ir::KernelOp kernel;
  ir::PackOp pack;
  OpBuilder builder;
  ValueEmitter emitter;
  Location loc;
  KernelFunction function;
  int64_t rank = 0, tile = 0, lanes = 0;
  Value firstColumn, outputRow;
};

} // namespace

/// Copies one row of a panel of which `columns` are inside the matrix.
LogicalResult PackEmitter::emitRow(int64_t columns) {
  const Buffer &output = function.outputs.front();
  Type element = output.type.getElementType();
  auto maskType = VectorType::get({lanes}, builder.getI1Type());
  auto stored = VectorType::get({lanes}, storageType(element));
  for (int64_t first = 0; first < tile; first += lanes) {
    int64_t inside = std::clamp<int64_t>(columns - first, 0, lanes);
    Value value;
    if (inside > 0) {
      SmallVector<bool> bits(lanes, false);
      std::fill_n(bits.begin(), inside, true);
      emitter.place.mask = inside == lanes
                               ? Value()
                               : arith::ConstantOp::create(
                                     builder, loc, maskType,
                                     DenseElementsAttr::get(maskType, bits))
                                     .getResult();
      emitter.place.indices[rank - 1] = buildLinear(
          builder, loc, first, ArrayRef<int64_t>{1}, ArrayRef(firstColumn));
      emitter.pushScope();
      FailureOr<Value> loaded =
          emitter.emit(pack.getInput(), identityMap(rank));
      emitter.popScope();
      if (failed(loaded))
        return failure();
      value = emitter.toStorage(emitter.splat(*loaded), element);
    } else {
      value =
          arith::ConstantOp::create(builder, loc, builder.getZeroAttr(stored));
    }
    Value index = buildLinear(builder, loc, first, ArrayRef<int64_t>{1},
                              ArrayRef(outputRow));
    vector::StoreOp::create(builder, loc, value, output.memref, index);
  }
  return success();
}

LogicalResult PackEmitter::run() {
  ArrayRef<int64_t> shape = pack.getInput().getType().getShape();
  rank = shape.size();
  tile = pack.getTile();
  lanes = std::gcd(tile, kernelLanes);
  int64_t rows = shape[rank - 2], columns = shape[rank - 1];
  int64_t numPanels = llvm::divideCeil(columns, tile), numBatches = 1;
  for (int64_t size : shape.drop_back(2))
    numBatches *= size;

  function = createKernelFunction(builder, kernel, numBatches * numPanels, 0);
  for (auto [argument, buffer] :
       llvm::zip(kernel.getBody().getArguments(), function.inputs))
    emitter.addBuffer(argument, buffer);
  for (int64_t d = 0; d < rank; ++d)
    emitter.place.groups.push_back({shape[d], unsigned(d), false});
  emitter.place.indices.assign(rank, nullptr);
  emitter.place.numLoops = rank;
  emitter.place.vectorGroup = rank - 1;
  emitter.place.lanes = lanes;

  auto enterLoop = [&](Value begin, Value end) {
    auto loop = scf::ForOp::create(builder, loc, begin, end, constant(1));
    builder.setInsertionPoint(loop.getBody()->getTerminator());
    return loop.getInductionVar();
  };
  Value iteration, row, panel;
  if (numBatches == 1) {
    // Rows are read once, from their begin to their end.
    row = enterLoop(constant(0), constant(rows));
    panel = iteration = enterLoop(function.begin, function.end);
  } else {
    iteration = enterLoop(function.begin, function.end);
    panel =
        arith::RemUIOp::create(builder, loc, iteration, constant(numPanels));
    Value batch =
        arith::DivUIOp::create(builder, loc, iteration, constant(numPanels));
    for (int64_t d = rank - 3; d >= 0; --d) {
      emitter.place.indices[d] =
          arith::RemUIOp::create(builder, loc, batch, constant(shape[d]));
      batch = arith::DivUIOp::create(builder, loc, batch, constant(shape[d]));
    }
    row = enterLoop(constant(0), constant(rows));
  }
  for (int64_t d = 0; d < int64_t(rank) - 2 && numBatches == 1; ++d)
    emitter.place.indices[d] = constant(0);
  firstColumn = arith::MulIOp::create(builder, loc, panel, constant(tile));
  emitter.place.indices[rank - 2] = row;
  outputRow = buildLinear(builder, loc, 0, ArrayRef<int64_t>{rows * tile, tile},
                          ArrayRef<Value>{iteration, row});
  int64_t lastColumns = columns - (numPanels - 1) * tile;
  if (lastColumns == tile || numPanels == 1)
    return emitRow(lastColumns);
  Value isLast = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                       panel, constant(numPanels - 1));
  auto which = scf::IfOp::create(builder, loc, isLast, /*withElseRegion=*/true);
  builder.setInsertionPoint(which.thenBlock()->getTerminator());
  if (failed(emitRow(lastColumns)))
    return failure();
  builder.setInsertionPoint(which.elseBlock()->getTerminator());
  return emitRow(tile);
}

LogicalResult lowerPackKernel(ir::KernelOp kernel) {
  Operation *yield = kernel.getBody().front().getTerminator();
  PackEmitter emitter(kernel, yield->getOperand(0).getDefiningOp<ir::PackOp>());
  if (failed(emitter.run()))
    return kernel.emitOpError(
        "expected an input that is linear in the matrix's loops");
  kernel.erase();
  return success();
}

} // namespace tactus
