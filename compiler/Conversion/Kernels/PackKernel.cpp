//===- PackKernel.cpp - Kernels that lay a matrix out in panels -----------===//
#include "compiler/Conversion/Kernels/ByteProducts.h"
#include "compiler/Conversion/Kernels/KernelFunction.h"
#include "compiler/Conversion/Kernels/LoopKernel.h"
#include "compiler/Conversion/Kernels/VectorSquares.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include <numeric>

using namespace mlir;

namespace tactus {
namespace {

/// Iterations are (batch, panel) pairs; steps of a panel, one row of the matrix
/// or several that are interleaved, are copied in order. Where the elements of
/// a column lie together and not those of a row, as many rows as a vector has
/// lanes are copied at once, as squares that are turned in registers.
class PackEmitter {
public:
  PackEmitter(ir::KernelOp kernel, ir::PackOp pack)
      : kernel(kernel), pack(pack), builder(kernel.getContext()),
        emitter(builder), loc(pack.getLoc()) {}

  LogicalResult run();

private:
  using StepBody =
      llvm::function_ref<LogicalResult(Value step, int64_t rowsInside)>;
  LogicalResult forEachStep(StepBody body);
  void enterPanel(Value number);
  LogicalResult emitPanelOf(Value step, int64_t rowsInside);
  LogicalResult emitStep(Value step, int64_t rowsInside, int64_t columns);
  LogicalResult emitSquares(Value number, int64_t rowsInside, int64_t columns);
  LogicalResult emitSquare(Value row, Value column, int64_t rowsInside,
                           int64_t columnsInside);
  FailureOr<Value> emitVector(Value row, Value column, int64_t offset,
                              int64_t inside);
  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  }

  ir::KernelOp kernel;
  ir::PackOp pack;
  OpBuilder builder;
  ValueEmitter emitter;
  Location loc;
  KernelFunction function;
  int64_t rank = 0, tile = 0, depth = 1, lanes = 0, rows = 0, columns = 0,
          numPanels = 0;
  /// The rows that are copied at once: `depth`, or a square's.
  int64_t rowsAtOnce = 1;
  bool isTurned = false;
  /// The panel at hand, among those of all matrices and of its own.
  Value iteration, panel, firstColumn;
};

} // namespace

/// Loads a vector from row `row` on and `offset` columns past column `column`
/// of the panel, of which `inside` lanes are inside the matrix.
FailureOr<Value> PackEmitter::emitVector(Value row, Value column,
                                         int64_t offset, int64_t inside) {
  emitter.place.mask =
      inside == lanes ? Value() : firstLanes(builder, loc, inside, lanes);
  emitter.place.indices[rank - 2] = row;
  emitter.place.indices[rank - 1] =
      buildLinear(builder, loc, offset, ArrayRef<int64_t>{1, 1},
                  ArrayRef<Value>{firstColumn, column});
  emitter.pushScope();
  FailureOr<Value> loaded = emitter.emit(pack.getInput(), identityMap(rank));
  emitter.popScope();
  if (failed(loaded))
    return failure();
  return emitter.toStorage(emitter.splat(*loaded),
                           function.outputs.front().type.getElementType());
}

/// Copies one step of a panel, of which `rowsInside` rows and `columns` columns
/// are inside the matrix.
LogicalResult PackEmitter::emitStep(Value step, int64_t rowsInside,
                                    int64_t columns) {
  const Buffer &output = function.outputs.front();
  auto stored =
      VectorType::get({lanes}, storageType(output.type.getElementType()));
  int64_t numSteps = llvm::divideCeil(rows, depth);
  Value place = buildLinear(
      builder, loc, 0, ArrayRef<int64_t>{numSteps * tile * depth, tile * depth},
      ArrayRef<Value>{iteration, step});
  for (int64_t first = 0; first < tile; first += lanes) {
    int64_t inside = std::clamp<int64_t>(columns - first, 0, lanes);
    SmallVector<Value> loaded(
        depth,
        arith::ConstantOp::create(builder, loc, builder.getZeroAttr(stored)));
    for (int64_t d = 0; d < rowsInside && inside > 0; ++d) {
      Value row = buildLinear(builder, loc, d, ArrayRef<int64_t>{depth},
                              ArrayRef(step));
      FailureOr<Value> value = emitVector(row, constant(first), 0, inside);
      if (failed(value))
        return failure();
      loaded[d] = *value;
    }
    Value index = buildLinear(builder, loc, first * depth, ArrayRef<int64_t>{1},
                              ArrayRef(place));
    vector::StoreOp::create(builder, loc, interleaveRows(builder, loc, loaded),
                            output.memref, index);
  }
  return success();
}

/// Copies the square at row `row` and column `column` of the panel at hand, of
/// which `rowsInside` rows and `columnsInside` columns are inside the matrix.
LogicalResult PackEmitter::emitSquare(Value row, Value column,
                                      int64_t rowsInside,
                                      int64_t columnsInside) {
  const Buffer &output = function.outputs.front();
  auto stored =
      VectorType::get({lanes}, storageType(output.type.getElementType()));
  auto load = [&](int64_t c) { return emitVector(row, column, c, rowsInside); };
  FailureOr<SmallVector<Value>> square =
      loadSquareByColumns(builder, loc, stored, columnsInside, load);
  if (failed(square))
    return failure();
  for (int64_t r = 0; r < rowsInside; ++r) {
    Value index = buildLinear(builder, loc, r * tile,
                              ArrayRef<int64_t>{rows * tile, tile, 1},
                              ArrayRef<Value>{iteration, row, column});
    vector::StoreOp::create(builder, loc, (*square)[r], output.memref, index);
  }
  return success();
}

/// Copies the rows of squares `number` of a panel, of which `rowsInside` rows
/// and `columns` columns are inside the matrix.
LogicalResult PackEmitter::emitSquares(Value number, int64_t rowsInside,
                                       int64_t columns) {
  Value row = buildLinear(builder, loc, 0, ArrayRef(lanes), ArrayRef(number));
  int64_t whole = columns / lanes * lanes;
  // One of them takes more code than all else.
  auto loop = scf::ForOp::create(builder, loc, constant(0), constant(whole),
                                 constant(lanes));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  if (failed(emitSquare(row, loop.getInductionVar(), rowsInside, lanes)))
    return failure();
  builder.setInsertionPointAfter(loop);
  for (int64_t first = whole; first < tile; first += lanes)
    if (failed(emitSquare(row, constant(first), rowsInside,
                          std::max<int64_t>(columns - first, 0))))
      return failure();
  return success();
}

/// Copies one step, or square, of the panel at hand.
LogicalResult PackEmitter::emitPanelOf(Value step, int64_t rowsInside) {
  auto emit = [&](int64_t inside) {
    return isTurned ? emitSquares(step, rowsInside, inside)
                    : emitStep(step, rowsInside, inside);
  };
  int64_t lastColumns = columns - (numPanels - 1) * tile;
  if (lastColumns == tile || numPanels == 1)
    return emit(lastColumns);
  Value isLast = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                       panel, constant(numPanels - 1));
  auto which = scf::IfOp::create(builder, loc, isLast, /*withElseRegion=*/true);
  builder.setInsertionPoint(which.thenBlock()->getTerminator());
  if (failed(emit(lastColumns)))
    return failure();
  builder.setInsertionPoint(which.elseBlock()->getTerminator());
  if (failed(emit(tile)))
    return failure();
  builder.setInsertionPointAfter(which);
  return success();
}

/// The steps, or squares, that all rows fill, and the one that they do not.
LogicalResult PackEmitter::forEachStep(StepBody body) {
  int64_t whole = rows / rowsAtOnce;
  auto loop = scf::ForOp::create(builder, loc, constant(0), constant(whole),
                                 constant(1));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  if (failed(body(loop.getInductionVar(), rowsAtOnce)))
    return failure();
  builder.setInsertionPointAfter(loop);
  int64_t rest = rows - whole * rowsAtOnce;
  return rest > 0 ? body(constant(whole), rest) : success();
}

void PackEmitter::enterPanel(Value number) {
  ArrayRef<int64_t> shape = pack.getInput().getType().getShape();
  iteration = number;
  auto split = [&](int64_t size) -> Value {
    Value part = arith::RemUIOp::create(builder, loc, number, constant(size));
    number = arith::DivUIOp::create(builder, loc, number, constant(size));
    return part;
  };
  panel = split(numPanels);
  for (int64_t d = rank - 3; d >= 0; --d)
    emitter.place.indices[d] = split(shape[d]);
  firstColumn = arith::MulIOp::create(builder, loc, panel, constant(tile));
}

LogicalResult PackEmitter::run() {
  ArrayRef<int64_t> shape = pack.getInput().getType().getShape();
  rank = shape.size();
  tile = pack.getTile();
  depth = pack.getDepth();
  lanes = std::gcd(tile, kernelLanes);
  rows = shape[rank - 2];
  columns = shape[rank - 1];
  numPanels = llvm::divideCeil(columns, tile);
  isTurned = depth == 1 && lanes > 1 && rows >= lanes &&
             liesAlong(pack.getInput(), identityMap(unsigned(rank)),
                       unsigned(rank - 2), unsigned(rank - 1));
  rowsAtOnce = isTurned ? lanes : depth;
  int64_t numBatches = 1;
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
  emitter.place.vectorGroup = isTurned ? rank - 2 : rank - 1;
  emitter.place.lanes = lanes;

  auto forEachPanel = [&](llvm::function_ref<LogicalResult()> body) {
    auto loop = scf::ForOp::create(builder, loc, function.begin, function.end,
                                   constant(1));
    builder.setInsertionPoint(loop.getBody()->getTerminator());
    enterPanel(loop.getInductionVar());
    LogicalResult result = body();
    builder.setInsertionPointAfter(loop);
    return result;
  };
  // Rows of one matrix are read once, from their begin to their end.
  if (numBatches == 1 && !isTurned)
    return forEachStep([&](Value step, int64_t rowsInside) {
      return forEachPanel([&] { return emitPanelOf(step, rowsInside); });
    });
  return forEachPanel([&] {
    return forEachStep([&](Value step, int64_t rowsInside) {
      return emitPanelOf(step, rowsInside);
    });
  });
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
