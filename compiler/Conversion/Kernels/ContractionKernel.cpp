//===- ContractionKernel.cpp - Kernels around a matrix product ------------===//
//
// One panel of columns at a time, rows of the left operand inside, all of k
// innermost: the sums stay in registers from the first product to the epilogue.
// The iterations of the function are (batch, panel) pairs, or, where those are
// few, such pairs with one of several blocks of rows.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Kernels/ContractionKernel.h"
#include "compiler/Conversion/Kernels/KernelFunction.h"
#include "compiler/Conversion/Kernels/KernelPlan.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include <cmath>

using namespace mlir;

namespace tactus {

ir::MatmulOp findContraction(Block &body) {
  auto ops = body.getOps<ir::MatmulOp>();
  return ops.empty() ? ir::MatmulOp() : *ops.begin();
}

/// Whether the ops from `value` down to the kernel's arguments only read places
/// that are linear in the loops.
static bool isLinear(Value value, const IndexMap &map,
                     ir::MatmulOp contraction) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return true;
  if (op == contraction)
    return map == identityMap(map.size());
  if (auto constant = dyn_cast<ir::ConstantOp>(op))
    return isa<SplatElementsAttr>(constant.getValue());
  if (isa<ir::IotaOp>(op))
    return true;
  if (op->getNumOperands() == 0)
    return false;
  for (unsigned i = 0; i < op->getNumOperands(); ++i) {
    FailureOr<IndexMap> read = mapOfOperand(op, i, map);
    if (failed(read) || !isLinear(op->getOperand(i), *read, contraction))
      return false;
  }
  return true;
}

static ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

bool isContractionKernel(Block &body) {
  ir::MatmulOp contraction = findContraction(body);
  if (!contraction || llvm::range_size(body.getOps<ir::MatmulOp>()) != 1)
    return false;
  auto isOperandLinear = [&](Value operand) {
    if (auto unpack = operand.getDefiningOp<ir::UnpackOp>())
      return isa<BlockArgument>(unpack.getInput());
    return isLinear(operand, identityMap(shapeOf(operand).size()), nullptr);
  };
  if (!isOperandLinear(contraction.getLhs()) ||
      !isOperandLinear(contraction.getRhs()) ||
      contraction.getLhs().getDefiningOp<ir::UnpackOp>())
    return false;
  return llvm::all_of(body.getTerminator()->getOperands(), [&](Value result) {
    return shapeOf(result) == shapeOf(contraction.getResult()) &&
           isLinear(result, identityMap(shapeOf(result).size()), contraction);
  });
}

namespace {

class ContractionEmitter {
public:
  ContractionEmitter(ir::KernelOp kernel, const VectorMachine &machine)
      : kernel(kernel), matmul(findContraction(kernel.getBody().front())),
        machine(machine), builder(kernel.getContext()), emitter(builder),
        loc(matmul.getLoc()) {}

  LogicalResult run();

private:
  LogicalResult emitPanel(int64_t vectors, int64_t lastLanes);
  LogicalResult emitTiles(int64_t first, int64_t past, int64_t firstRow,
                          int64_t rows, int64_t vectors, int64_t lastLanes);
  void chooseRowBlocks();
  LogicalResult copyPanel(int64_t vectors, int64_t lastLanes);
  LogicalResult emitRows(int64_t rows, int64_t vectors, int64_t lastLanes);
  FailureOr<SmallVector<Value>> emitSums(int64_t rows, int64_t vectors,
                                         int64_t lastLanes);
  LogicalResult emitEpilogue(ArrayRef<Value> sums, int64_t rows,
                             int64_t vectors, int64_t lastLanes);
  LogicalResult emitResults(ArrayRef<std::pair<Value, Value>> places,
                            ArrayRef<Value> sums, ArrayRef<Value> masks);
  FailureOr<Value> loadLeft(Value row, Value k);
  FailureOr<Value> loadRight(Value k, int64_t vector, Value mask);
  void place(Value row, Value column, bool vector, Value mask);
  Value maskOf(int64_t lanes);
  IndexMap operandMap(Value operand, bool isLeft) const;
  Value multiplyAdd(Value lhs, Value rhs, Value sum);
  Value toAccumulator(Value value);
  bool isCheapEpilogue();
  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  }
  Value add(Value lhs, int64_t rhs) {
    return buildLinear(builder, loc, rhs, ArrayRef<int64_t>{1}, ArrayRef(lhs));
  }

  ir::KernelOp kernel;
  ir::MatmulOp matmul;
  VectorMachine machine;
  OpBuilder builder;
  ValueEmitter emitter;
  Location loc;
  KernelFunction function;
  RegisterTile tile;
  Type accumulator;
  int64_t rank = 0, m = 0, n = 0, k = 0, numBatches = 1, numPanels = 0;
  /// Of the rows of a panel, and the blocks of tiles that they come in.
  int64_t numTiles = 0, numBlocks = 1;
  /// Loops: the batch dimensions, then m, n and k.
  SmallVector<Value> batch;
  Value iteration, panel, firstColumn;
  /// Where there are several, the block at hand and its tiles.
  Value block, firstTile, pastTile;
  /// The packed right operand, or the scratch that a panel is copied to.
  Value panels;
  bool isPacked = false, isCopied = false;
  /// Where the sums of a tile wait for an epilogue that needs many registers.
  Value tileMemory;
};

} // namespace

/// Loop numbers: batch dimensions first, then rows, columns and k.
IndexMap ContractionEmitter::operandMap(Value operand, bool isLeft) const {
  ArrayRef<int64_t> shape = shapeOf(operand);
  int64_t operandRank = shape.size(), shift = rank - operandRank;
  SmallVector<int64_t> loops;
  for (int64_t d = 0; d + 2 < operandRank; ++d)
    loops.push_back(shape[d] == 1 ? -1 : d + shift);
  int64_t row = rank - 2, column = rank - 1, depth = rank;
  loops.push_back(isLeft ? row : depth);
  loops.push_back(isLeft ? depth : column);
  return mapOfLoops(loops, rank + 1);
}

/// Puts the emitter at a row and a column of the result, in the batch at hand.
void ContractionEmitter::place(Value row, Value column, bool isVector,
                               Value mask) {
  for (int64_t d = 0; d < rank - 2; ++d)
    emitter.place.indices[d] = batch[d];
  emitter.place.indices[rank - 2] = row;
  emitter.place.indices[rank - 1] = column;
  emitter.place.indices[rank] = nullptr;
  emitter.place.vectorGroup = isVector ? rank - 1 : -1;
  emitter.place.lanes = tile.lanes;
  emitter.place.mask = mask;
}

Value ContractionEmitter::maskOf(int64_t lanes) {
  if (lanes == tile.lanes)
    return nullptr;
  SmallVector<bool> bits(tile.lanes, false);
  std::fill_n(bits.begin(), lanes, true);
  auto type = VectorType::get({tile.lanes}, builder.getI1Type());
  return arith::ConstantOp::create(builder, loc, type,
                                   DenseElementsAttr::get(type, bits));
}

Value ContractionEmitter::toAccumulator(Value value) {
  if (getElementTypeOrSelf(value.getType()) == accumulator)
    return value;
  Type type = accumulator;
  if (auto vector = dyn_cast<VectorType>(value.getType()))
    type = vector.clone(accumulator);
  return ir::CastOp::create(builder, loc, type, value,
                            TypeAttr::get(accumulator));
}

FailureOr<Value> ContractionEmitter::loadLeft(Value row, Value depth) {
  place(row, nullptr, /*isVector=*/false, nullptr);
  emitter.place.indices[rank] = depth;
  emitter.pushScope();
  FailureOr<Value> element = emitter.emit(
      matmul.getLhs(), operandMap(matmul.getLhs(), /*isLeft=*/true));
  emitter.popScope();
  if (failed(element))
    return failure();
  return toAccumulator(*element);
}

FailureOr<Value> ContractionEmitter::loadRight(Value depth, int64_t vector,
                                               Value mask) {
  auto type = VectorType::get({tile.lanes}, accumulator);
  int64_t first = vector * tile.lanes;
  if (isCopied) {
    Value index = buildLinear(builder, loc, first,
                              ArrayRef<int64_t>{tile.columns}, ArrayRef(depth));
    return vector::LoadOp::create(builder, loc, type, panels, index)
        .getResult();
  }
  if (isPacked) {
    // The panels of one matrix follow one another; batches of them too.
    auto unpack = matmul.getRhs().getDefiningOp<ir::UnpackOp>();
    Buffer buffer = emitter.buffer(unpack.getInput());
    ArrayRef<int64_t> shape = shapeOf(unpack.getInput());
    SmallVector<int64_t> strides = {tile.columns, k * tile.columns};
    SmallVector<Value> loops = {depth, panel};
    int64_t stride = numPanels * k * tile.columns, batchRank = shape.size() - 3;
    for (int64_t d = batchRank - 1; d >= 0; --d) {
      strides.push_back(shape[d] == 1 ? 0 : stride);
      loops.push_back(batch[d + rank - 2 - batchRank]);
      stride *= shape[d];
    }
    auto stored = VectorType::get({tile.lanes},
                                  storageType(buffer.type.getElementType()));
    Value index = buildLinear(builder, loc, first, strides, loops);
    Value loaded =
        vector::LoadOp::create(builder, loc, stored, buffer.memref, index);
    return toAccumulator(
        emitter.fromStorage(loaded, buffer.type.getElementType()));
  }
  place(nullptr, add(firstColumn, first), /*isVector=*/true, mask);
  emitter.place.indices[rank] = depth;
  emitter.pushScope();
  FailureOr<Value> element = emitter.emit(
      matmul.getRhs(), operandMap(matmul.getRhs(), /*isLeft=*/false));
  Value result =
      succeeded(element) ? toAccumulator(emitter.splat(*element)) : Value();
  emitter.popScope();
  if (!result)
    return failure();
  return result;
}

Value ContractionEmitter::multiplyAdd(Value lhs, Value rhs, Value sum) {
  if (isa<FloatType>(accumulator)) {
    if (machine.fma)
      return math::FmaOp::create(builder, loc, lhs, rhs, sum);
    return arith::AddFOp::create(
        builder, loc, arith::MulFOp::create(builder, loc, lhs, rhs), sum);
  }
  return arith::AddIOp::create(
      builder, loc, arith::MulIOp::create(builder, loc, lhs, rhs), sum);
}

/// Copies the panel at hand to scratch, so that every row reads it in address
/// order and already in the accumulator's type.
LogicalResult ContractionEmitter::copyPanel(int64_t vectors,
                                            int64_t lastLanes) {
  auto loop =
      scf::ForOp::create(builder, loc, constant(0), constant(k), constant(1));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  isCopied = false;
  for (int64_t v = 0; v < vectors; ++v) {
    Value mask = maskOf(v + 1 == vectors ? lastLanes : tile.lanes);
    FailureOr<Value> loaded = loadRight(loop.getInductionVar(), v, mask);
    if (failed(loaded))
      return failure();
    Value index = buildLinear(builder, loc, v * tile.lanes,
                              ArrayRef<int64_t>{tile.columns},
                              ArrayRef<Value>{loop.getInductionVar()});
    vector::StoreOp::create(builder, loc, *loaded, panels, index);
  }
  isCopied = true;
  builder.setInsertionPointAfter(loop);
  return success();
}

FailureOr<SmallVector<Value>>
ContractionEmitter::emitSums(int64_t rows, int64_t vectors, int64_t lastLanes) {
  Value row = emitter.place.indices[rank - 2];
  auto type = VectorType::get({tile.lanes}, accumulator);
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
  SmallVector<Value> initial(rows * vectors, zero);
  Value mask = maskOf(lastLanes);
  auto loop = scf::ForOp::create(builder, loc, constant(0), constant(k),
                                 constant(1), initial);
  builder.setInsertionPointToEnd(loop.getBody());
  SmallVector<Value> right,
      sums = llvm::to_vector_of<Value>(loop.getRegionIterArgs());
  for (int64_t v = 0; v < vectors; ++v) {
    FailureOr<Value> loaded =
        loadRight(loop.getInductionVar(), v, v + 1 == vectors ? mask : Value());
    if (failed(loaded))
      return failure();
    right.push_back(*loaded);
  }
  for (int64_t r = 0; r < rows; ++r) {
    FailureOr<Value> left = loadLeft(add(row, r), loop.getInductionVar());
    if (failed(left))
      return failure();
    // An explicit broadcast: an embedded one would load once per multiply-add.
    Value all = vector::BroadcastOp::create(builder, loc, type, *left);
    for (int64_t v = 0; v < vectors; ++v)
      sums[r * vectors + v] = multiplyAdd(all, right[v], sums[r * vectors + v]);
  }
  scf::YieldOp::create(builder, loc, sums);
  builder.setInsertionPointAfter(loop);
  return llvm::to_vector_of<Value>(loop.getResults());
}

/// Ops that leave the sums of a whole tile in registers.
bool ContractionEmitter::isCheapEpilogue() {
  return llvm::all_of(kernel.getBody().front(), [&](Operation &op) {
    return isa<ir::MatmulOp, ir::UnpackOp, ir::YieldOp, ir::AddOp, ir::SubOp,
               ir::MulOp, ir::ReluOp, ir::MaximumOp, ir::MinimumOp,
               ir::ConstantOp, ir::BroadcastOp, ir::TransposeOp>(op);
  });
}

/// Computes the kernel's results at `places` from the sums there. All are
/// computed before the first is stored, so that loads they share are one.
LogicalResult
ContractionEmitter::emitResults(ArrayRef<std::pair<Value, Value>> places,
                                ArrayRef<Value> sums, ArrayRef<Value> masks) {
  ValueRange results = kernel.getBody().front().getTerminator()->getOperands();
  IndexMap map =
      mapOfLoops(llvm::to_vector(llvm::seq<int64_t>(0, rank)), rank + 1);
  Type element = getElementTypeOrSelf(matmul.getType());
  SmallVector<SmallVector<Value>> computed(results.size());
  for (auto [position, sum, mask] : llvm::zip(places, sums, masks)) {
    place(position.first, position.second, /*isVector=*/true, mask);
    emitter.pushScope();
    Value rounded = sum;
    if (element != accumulator)
      rounded = ir::CastOp::create(builder, loc, emitter.vectorOf(element), sum,
                                   TypeAttr::get(element));
    emitter.bind(matmul.getResult(), map, rounded);
    for (auto [result, values] : llvm::zip(results, computed)) {
      FailureOr<Value> value = emitter.emit(result, map);
      if (failed(value))
        return failure();
      values.push_back(*value);
    }
    emitter.popScope();
  }
  for (auto [output, values] : llvm::zip(function.outputs, computed)) {
    FlatAccess access = flatten(map, output.type.getShape(), rank + 1);
    for (auto [position, value, mask] : llvm::zip(places, values, masks)) {
      place(position.first, position.second, /*isVector=*/true, mask);
      emitter.store(value, output, access);
    }
  }
  return success();
}

LogicalResult ContractionEmitter::emitEpilogue(ArrayRef<Value> sums,
                                               int64_t rows, int64_t vectors,
                                               int64_t lastLanes) {
  Value row = emitter.place.indices[rank - 2];
  Value lastMask = maskOf(lastLanes);
  SmallVector<std::pair<Value, Value>> places;
  SmallVector<Value> masks;
  auto addPlaces = [&](Value r) {
    for (int64_t v = 0; v < vectors; ++v) {
      places.push_back({r, add(firstColumn, v * tile.lanes)});
      masks.push_back(v + 1 == vectors ? lastMask : Value());
    }
  };
  if (isCheapEpilogue()) {
    for (int64_t r = 0; r < rows; ++r)
      addPlaces(add(row, r));
    return emitResults(places, sums, masks);
  }
  // A long epilogue beside a whole tile would spill the sums in the k loop's
  // shadow, so they go to memory once and come back a row at a time.
  for (auto [i, sum] : llvm::enumerate(sums))
    vector::StoreOp::create(
        builder, loc, sum, tileMemory,
        constant(i / vectors * tile.columns + i % vectors * tile.lanes));
  auto loop = scf::ForOp::create(builder, loc, constant(0), constant(rows),
                                 constant(1));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  addPlaces(arith::AddIOp::create(builder, loc, row, loop.getInductionVar()));
  SmallVector<Value> loaded;
  auto type = VectorType::get({tile.lanes}, accumulator);
  for (int64_t v = 0; v < vectors; ++v) {
    Value index = buildLinear(builder, loc, v * tile.lanes,
                              ArrayRef<int64_t>{tile.columns},
                              ArrayRef<Value>{loop.getInductionVar()});
    loaded.push_back(
        vector::LoadOp::create(builder, loc, type, tileMemory, index));
  }
  LogicalResult result = emitResults(places, loaded, masks);
  builder.setInsertionPointAfter(loop);
  return result;
}

LogicalResult ContractionEmitter::emitRows(int64_t rows, int64_t vectors,
                                           int64_t lastLanes) {
  Value row = emitter.place.indices[rank - 2];
  FailureOr<SmallVector<Value>> sums = emitSums(rows, vectors, lastLanes);
  if (failed(sums))
    return failure();
  emitter.place.indices[rank - 2] = row;
  return emitEpilogue(*sums, rows, vectors, lastLanes);
}

/// Those of the tiles [first, past) that are in the block at hand. Each has
/// `rows` rows, and the first begins at row `firstRow`.
LogicalResult ContractionEmitter::emitTiles(int64_t first, int64_t past,
                                            int64_t firstRow, int64_t rows,
                                            int64_t vectors,
                                            int64_t lastLanes) {
  if (first == past)
    return success();
  Value lower = constant(firstRow);
  Value upper = constant(firstRow + (past - first) * rows);
  if (block) {
    auto rowOf = [&](Value tile) {
      Value inside = arith::MinUIOp::create(
          builder, loc,
          arith::MaxUIOp::create(builder, loc, tile, constant(first)),
          constant(past));
      return buildLinear(builder, loc, firstRow - first * rows,
                         ArrayRef<int64_t>{rows}, ArrayRef(inside));
    };
    lower = rowOf(firstTile);
    upper = rowOf(pastTile);
  }
  auto loop = scf::ForOp::create(builder, loc, lower, upper, constant(rows));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  emitter.place.indices[rank - 2] = loop.getInductionVar();
  LogicalResult result = emitRows(rows, vectors, lastLanes);
  builder.setInsertionPointAfter(loop);
  return result;
}

LogicalResult ContractionEmitter::emitPanel(int64_t vectors,
                                            int64_t lastLanes) {
  if (!isPacked && panels) {
    // A panel stays in scratch for the blocks that follow in this call.
    scf::IfOp isNew;
    if (block) {
      Value isFirst = arith::CmpIOp::create(
          builder, loc, arith::CmpIPredicate::eq, block, constant(0));
      Value begins = arith::CmpIOp::create(
          builder, loc, arith::CmpIPredicate::eq, iteration, function.begin);
      isNew = scf::IfOp::create(
          builder, loc, arith::OrIOp::create(builder, loc, isFirst, begins),
          /*withElseRegion=*/false);
      builder.setInsertionPoint(isNew.thenBlock()->getTerminator());
    }
    if (failed(copyPanel(vectors, lastLanes)))
      return failure();
    if (isNew)
      builder.setInsertionPointAfter(isNew);
  }
  // Tiles of nearly equal height, each of a static size.
  int64_t small = m / numTiles, numTall = m % numTiles;
  if (failed(emitTiles(0, numTall, 0, small + 1, vectors, lastLanes)))
    return failure();
  return emitTiles(numTall, numTiles, numTall * (small + 1), small, vectors,
                   lastLanes);
}

/// Enough iterations for several threads, and more of a large product for many;
/// each costs some instructions more, and is worth being counted.
void ContractionEmitter::chooseRowBlocks() {
  constexpr double leastProducts = 1 << 15, productsOfMany = 1 << 19;
  double products = double(m) * double(n) * double(k) * double(numBatches);
  auto wanted = int64_t(std::clamp(products / productsOfMany, 8.0, 64.0));
  numTiles = llvm::divideCeil(m, tile.rows);
  double productsOfTile = double(tile.rows * std::min(tile.columns, n)) *
                          double(std::max<int64_t>(k, 1));
  auto leastTiles = int64_t(std::ceil(leastProducts / productsOfTile));
  numBlocks = std::max<int64_t>(
      std::min<int64_t>(llvm::divideCeil(wanted, numBatches * numPanels),
                        numTiles / leastTiles),
      1);
}

LogicalResult ContractionEmitter::run() {
  auto type = cast<RankedTensorType>(matmul.getType());
  rank = type.getRank();
  m = type.getDimSize(rank - 2);
  n = type.getDimSize(rank - 1);
  k = shapeOf(matmul.getLhs()).back();
  accumulator = accumulatorType(type.getElementType());
  tile = chooseRegisterTile(machine, accumulator);
  auto unpack = matmul.getRhs().getDefiningOp<ir::UnpackOp>();
  isPacked = bool(unpack);
  if (isPacked)
    tile.columns = shapeOf(unpack.getInput()).back();
  numPanels = llvm::divideCeil(n, tile.columns);

  for (int64_t size : type.getShape().drop_back(2))
    numBatches *= size;
  int64_t elementBytes = accumulator.getIntOrFloatBitWidth() / 8;
  int64_t tileBytes = tile.rows * tile.columns * elementBytes;
  // Few rows read a panel too rarely to pay for copying it.
  bool copies = !isPacked && m >= 8;
  int64_t panelBytes = copies ? k * tile.columns * elementBytes : 0;
  bool isEmpty = m * n * numBatches == 0;
  if (!isEmpty)
    chooseRowBlocks();
  function = createKernelFunction(
      builder, kernel, isEmpty ? 0 : numBatches * numPanels * numBlocks,
      tileBytes + panelBytes);
  for (auto [argument, buffer] :
       llvm::zip(kernel.getBody().getArguments(), function.inputs))
    emitter.addBuffer(argument, buffer);
  if (isEmpty) {
    kernel.erase();
    return success();
  }
  tileMemory =
      viewScratch(builder, function, 0, tile.rows * tile.columns, accumulator);
  if (copies)
    panels = viewScratch(builder, function, tileBytes, k * tile.columns,
                         accumulator);

  // Every dimension of the result is a loop of its own, and k is the last.
  for (int64_t d = 0; d < rank; ++d)
    emitter.place.groups.push_back({type.getDimSize(d), unsigned(d), false});
  emitter.place.groups.push_back({k, unsigned(rank), true});
  emitter.place.indices.assign(rank + 1, nullptr);
  emitter.place.numLoops = rank + 1;

  auto loop = scf::ForOp::create(builder, loc, function.begin, function.end,
                                 constant(1));
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  iteration = loop.getInductionVar();
  Value rest = iteration;
  auto split = [&](int64_t size) -> Value {
    Value part =
        arith::RemUIOp::create(builder, loc, rest, constant(size)).getResult();
    rest = arith::DivUIOp::create(builder, loc, rest, constant(size));
    return part;
  };
  if (numBlocks > 1) {
    block = split(numBlocks);
    auto tileOf = [&](int64_t add) -> Value {
      Value tiles = buildLinear(builder, loc, add * numTiles,
                                ArrayRef<int64_t>{numTiles}, ArrayRef(block));
      return arith::DivUIOp::create(builder, loc, tiles, constant(numBlocks));
    };
    firstTile = tileOf(0);
    pastTile = tileOf(1);
  }
  panel = split(numPanels);
  batch.resize(rank - 2);
  for (int64_t d = rank - 3; d >= 0; --d)
    batch[d] = split(type.getDimSize(d));
  firstColumn =
      arith::MulIOp::create(builder, loc, panel, constant(tile.columns));

  int64_t lastColumns = n - (numPanels - 1) * tile.columns;
  int64_t lastVectors = llvm::divideCeil(lastColumns, tile.lanes);
  int64_t lastLanes = lastColumns - (lastVectors - 1) * tile.lanes;
  int64_t fullVectors = tile.columns / tile.lanes;
  bool hasRest = lastColumns != tile.columns;
  if (!hasRest || numPanels == 1) {
    if (failed(emitPanel(lastVectors, lastLanes)))
      return failure();
  } else {
    Value isLast = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                         panel, constant(numPanels - 1));
    auto which =
        scf::IfOp::create(builder, loc, isLast, /*withElseRegion=*/true);
    builder.setInsertionPoint(which.thenBlock()->getTerminator());
    if (failed(emitPanel(lastVectors, lastLanes)))
      return failure();
    builder.setInsertionPoint(which.elseBlock()->getTerminator());
    if (failed(emitPanel(fullVectors, tile.lanes)))
      return failure();
  }
  kernel.erase();
  return success();
}

LogicalResult lowerContractionKernel(ir::KernelOp kernel,
                                     const VectorMachine &machine) {
  if (!isContractionKernel(kernel.getBody().front()))
    return kernel.emitOpError(
        "expected one contraction and elementwise ops of its shape");
  ContractionEmitter emitter(kernel, machine);
  if (failed(emitter.run()))
    return kernel.emitOpError(
        "expected values that are linear in the contraction's loops");
  return success();
}

} // namespace tactus
