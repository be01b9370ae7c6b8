//===- RandomProgram.cpp - Products of random shapes ----------------------===//
#include "tests/rtl/RandomProgram.h"
#include "tests/differential/Random.h"
#include "tests/unit/Systolic/Assembler.h"
#include <numeric>

using namespace tactus::systolic;

namespace tactus::rtl {

namespace {
enum : uint8_t { inputsLoaded, tilesLoaded };

class Drawer {
public:
  Drawer(const ArraySize &size, uint64_t seed)
      : random(seed * 1000003 + size.rows * 131 + size.columns), size(size),
        assembler(drawMachine()) {}

  Program draw() {
    drawShape();
    inputs = assembler.constant(drawBytes(shape.m * shape.k));
    weights = assembler.constant(drawBytes(shape.k * shape.n));
    int64_t sums = sumStride * foldsN * shape.m;
    uint64_t output =
        assembler.output("c", i32({foldsN * shape.m, size.columns}));
    addInputs();
    int64_t sumRow = 0;
    for (int64_t j = 0; j < foldsN; ++j) {
      int64_t first = 0;
      for (int64_t rows : chunks) {
        for (int64_t i = 0; i < foldsK; ++i)
          addFold(i, j, first, rows, sumRow);
        first += rows;
        sumRow += rows * sumStride;
      }
    }
    assembler.add(Fence());
    addStore(output, sums / sumStride);
    return assembler.finish();
  }

private:
  Machine drawMachine() {
    Machine machine =
        testMachine({size.rows, size.columns}, ArrayModel::sumRows);
    machine.weightRowsPerCycle = size.weightRowsPerCycle;
    // A few bytes more than a row of the array's operands.
    machine.unifiedBufferRowBytes =
        (std::max(size.rows, size.columns) + 3) / 4 * 4 + 4;
    machine.unifiedBufferBytes =
        machine.unifiedBufferRowBytes * ArrayModel::bufferRows;
    machine.fifoTiles = random.between(1, ArrayModel::fifoTiles);
    // From tiles that are always early to tiles that are always late.
    int64_t bytes = size.rows * size.columns, shift = machine.shiftCycles();
    int64_t cycles[] = {1, shift / 2 + 1, shift, shift + size.rows / 2,
                        2 * size.rows};
    machine.dram.bytesPerSecond =
        std::max<int64_t>(1000, bytes * machine.clockHz / random.pick(cycles));
    machine.dram.latency = random.below(70);
    machine.dram.burstBytes = random.percent(50) ? 1 : 16;
    machine.dram.inFlight = 1 << 20;
    return machine;
  }

  int64_t drawRows() {
    switch (random.below(4)) {
    case 0:
      return random.between(1, 4);
    case 1:
      return random.between(1, size.rows);
    case 2:
      return size.rows;
    default:
      return random.between(size.rows, size.rows * (isLarge() ? 2 : 3));
    }
  }

  int64_t drawExtent(int64_t side, int64_t mostFolds) {
    int64_t folds = random.between(1, mostFolds);
    return (folds - 1) * side +
           (random.percent(30) ? side : random.between(1, side));
  }

  void drawShape() {
    shape.k = drawExtent(size.rows, isLarge() ? 3 : 4);
    shape.n = drawExtent(size.columns, isLarge() ? 2 : 3);
    foldsK = ceilDiv(shape.k, size.rows);
    foldsN = ceilDiv(shape.n, size.columns);
    isTransposed = random.percent(30);
    isFromBuffer = random.percent(30);
    for (int64_t count = random.between(1, isLarge() ? 2 : 3); count; --count)
      chunks.push_back(drawRows());
    auto rows = [&] {
      return std::accumulate(chunks.begin(), chunks.end(), int64_t(0));
    };
    while (rows() * foldsN > ArrayModel::sumRows ||
           rows() * foldsK > ArrayModel::bufferRows / 2)
      chunks.pop_back();
    shape.m = rows();
    sumStride = random.between(1, ArrayModel::sumRows / (shape.m * foldsN));
    sumStride = std::min<int64_t>(sumStride, 3);
  }

  std::vector<uint8_t> drawBytes(int64_t count) {
    std::vector<uint8_t> bytes(count);
    for (uint8_t &byte : bytes)
      byte = uint8_t(random.below(256));
    return bytes;
  }

  /// Fold i of the inputs stands in rows from i * M on.
  void addInputs() {
    for (int64_t i = 0; i < foldsK; ++i) {
      DmaLoad load;
      load.dramAddress = inputs + i * size.rows;
      load.dramStride = shape.k;
      load.rows = shape.m;
      load.rowBytes = extentOf(i, shape.k, size.rows);
      load.localRow = i * shape.m;
      assembler.add(load, {}, inputsLoaded);
    }
    nextRow = foldsK * shape.m;
  }

  static int64_t extentOf(int64_t fold, int64_t extent, int64_t side) {
    return std::min(side, extent - fold * side);
  }

  /// `rows` rows of the inputs from `first` on, times tile (i, j).
  void addFold(int64_t i, int64_t j, int64_t first, int64_t rows,
               int64_t sumRow) {
    int64_t k = extentOf(i, shape.k, size.rows);
    addTile(i, j, k, extentOf(j, shape.n, size.columns));
    Matmul product;
    product.switchWeights = true;
    // Now and then a fold's sums are dropped.
    product.accumulate = i > 0 && !random.percent(5);
    product.accumulatorStride = sumStride;
    while (rows > 0) {
      int64_t part = random.percent(60) ? rows : random.between(1, rows);
      product.k = random.percent(80) ? k : random.between(1, k);
      product.accumulatorRow = sumRow;
      setInputs(product, i, first, part);
      assembler.add(product, {after(inputsLoaded, i + 1)});
      product.switchWeights = false;
      first += part;
      rows -= part;
      sumRow += part * sumStride;
    }
  }

  void addTile(int64_t i, int64_t j, int64_t k, int64_t n) {
    // Transposed, the same bytes are the matrix of n x k.
    int64_t row = isTransposed ? j * size.columns : i * size.rows;
    int64_t column = isTransposed ? i * size.rows : j * size.columns;
    LoadWeights tile;
    tile.transpose = isTransposed;
    tile.stride = isTransposed ? shape.k : shape.n;
    tile.address = weights + row * tile.stride + column;
    tile.k = k;
    tile.n = n;
    if (!isFromBuffer || nextRow + tile.memoryRows() > ArrayModel::bufferRows) {
      isFromBuffer = false;
      assembler.add(tile);
      return;
    }
    DmaLoad load;
    load.dramAddress = tile.address;
    load.dramStride = tile.stride;
    load.rows = tile.memoryRows();
    load.rowBytes = tile.memoryRowBytes();
    load.localRow = nextRow;
    assembler.add(load, {}, tilesLoaded);
    tile.source = WeightSource::UnifiedBuffer;
    tile.address = nextRow;
    tile.stride = 1;
    nextRow += load.rows;
    assembler.add(tile, {after(tilesLoaded, ++loadedTiles)});
  }

  /// `rows` rows of fold i: those from `first` on, or any others.
  void setInputs(Matmul &product, int64_t i, int64_t first, int64_t rows) {
    int64_t region = i * shape.m;
    product.counts = {1, 1, uint16_t(rows)};
    product.strides = {0, 0, 1};
    product.ubRow = region + first;
    if (random.percent(50))
      return;
    int64_t left = rows, least = 0, most = 0;
    for (int level = 0; level < 3; ++level) {
      int64_t count = level == 2 ? left : drawDivisor(left);
      left /= count;
      int64_t bound =
          count > 1 ? std::max<int64_t>(shape.m - 1, 0) / 3 / (count - 1) : 0;
      int64_t stride = random.between(-bound, bound);
      product.counts[level] = uint16_t(count);
      product.strides[level] = int32_t(stride);
      (stride < 0 ? least : most) += (count - 1) * stride;
    }
    product.ubRow = region + random.between(-least, shape.m - 1 - most);
  }

  int64_t drawDivisor(int64_t number) {
    int64_t divisor = random.between(1, number);
    while (number % divisor)
      --divisor;
    return divisor;
  }

  void addStore(uint64_t output, int64_t rows) {
    DmaStore store;
    store.space = Space::Accumulators;
    store.dramAddress = output;
    store.rows = rows;
    store.rowBytes = store.dramStride = size.columns * 4;
    store.localStride = sumStride;
    assembler.add(store);
  }

  bool isLarge() const { return size.rows * size.columns > 4096; }

  differential::Random random;
  ArraySize size;
  Assembler assembler;
  ProductShape shape;
  int64_t foldsK = 1, foldsN = 1, sumStride = 1;
  std::vector<int64_t> chunks;
  bool isTransposed = false, isFromBuffer = false;
  uint64_t inputs = 0, weights = 0;
  int64_t nextRow = 0;
  uint32_t loadedTiles = 0;
};
} // namespace

Program drawProgram(const ArraySize &size, uint64_t seed) {
  return Drawer(size, seed).draw();
}

} // namespace tactus::rtl
