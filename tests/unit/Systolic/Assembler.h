//===- Assembler.h - Programs for tests -------------------------*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_SYSTOLIC_ASSEMBLER_H
#define TACTUS_TESTS_UNIT_SYSTOLIC_ASSEMBLER_H

#include "runtime/Systolic/ClosedForms.h"
#include "runtime/Systolic/Simulator.h"

namespace tactus::systolic {

inline Wait after(uint8_t semaphore, uint32_t count) {
  return Wait{semaphore, count};
}

/// Appends instructions to a program of one layer, `main`.
class Assembler {
public:
  explicit Assembler(const Machine &machine) {
    program.machine = machine;
    program.layers = {"main"};
  }

  /// Gives it back to be changed.
  Instruction &add(Operands operands, std::vector<Wait> waits = {},
                   std::optional<uint8_t> signal = std::nullopt) {
    Instruction instruction(std::move(operands));
    for (size_t i = 0; i < waits.size(); ++i)
      instruction.waits[i] = waits[i];
    instruction.signal = signal;
    program.instructions.push_back(instruction);
    return program.instructions.back();
  }

  uint64_t input(std::string name, TensorType type) {
    return port(program.inputs, std::move(name), std::move(type));
  }
  uint64_t output(std::string name, TensorType type) {
    return port(program.outputs, std::move(name), std::move(type));
  }
  /// Puts bytes into the image; before inputs and outputs.
  template <typename T> uint64_t constant(const std::vector<T> &values) {
    uint64_t address = (program.image.size() + 63) / 64 * 64;
    program.image.resize(address);
    auto *bytes = reinterpret_cast<const uint8_t *>(values.data());
    program.image.insert(program.image.end(), bytes,
                         bytes + values.size() * sizeof(T));
    program.dramBytes = program.image.size();
    return address;
  }

  Program finish() {
    add(Halt());
    return std::move(program);
  }

  Program program;

private:
  uint64_t port(std::vector<ProgramPort> &ports, std::string name,
                TensorType type) {
    uint64_t bytes = byteSize(type.elementType);
    for (const Dimension &dimension : type.dimensions)
      bytes *= dimension.size();
    uint64_t address = (program.dramBytes + 63) / 64 * 64;
    program.dramBytes = address + bytes;
    ports.push_back({std::move(name), std::move(type), address});
    return address;
  }
};

/// An array of that shape with room for the tests' products.
inline Machine testMachine(ArrayShape array, int64_t accumulatorRows = 1024,
                           DataType type = DataType::I8) {
  Machine machine = *findMachinePreset("gemmini");
  machine.name = "test";
  machine.rows = array.rows;
  machine.columns = array.columns;
  machine.elementTypes = {type};
  int64_t side = std::max(array.rows, array.columns) * byteSize(type);
  machine.unifiedBufferRowBytes = (side + 3) / 4 * 4;
  machine.unifiedBufferBytes = machine.unifiedBufferRowBytes * 32768;
  machine.accumulatorRows = accumulatorRows;
  return machine;
}

/// The tiled weight-stationary product c = a b, with sums as they are. `chunks`
/// are rows of a that share a pass over the weights. Blocks alternate between
/// the halves of the accumulators and of a staging buffer; each token is
/// needed.
inline Program assembleProduct(const Machine &machine, ProductShape shape,
                               DataType type, std::vector<int64_t> chunks,
                               const std::vector<uint8_t> &weights) {
  Assembler assembler(machine);
  int64_t width = byteSize(type);
  uint64_t b = assembler.constant(weights);
  bool isInteger = type == DataType::I8;
  uint64_t a =
      assembler.input("a", {isInteger ? ElementType::I8 : ElementType::BF16,
                            {shape.m, shape.k}});
  uint64_t c =
      assembler.output("c", {isInteger ? ElementType::I32 : ElementType::F32,
                             {shape.m, shape.n}});
  enum : uint8_t { loaded, multiplied, drained, stored };

  int64_t foldsK = ceilDiv(shape.k, machine.rows);
  int64_t foldsN = ceilDiv(shape.n, machine.columns);
  for (int64_t i = 0; i < foldsK; ++i) {
    DmaLoad load;
    load.dramAddress = a + i * machine.rows * width;
    load.dramStride = shape.k * width;
    load.rows = shape.m;
    load.rowBytes = std::min(machine.rows, shape.k - i * machine.rows) * width;
    load.localRow = i * shape.m;
    assembler.add(load, {}, loaded);
  }

  int64_t staging = foldsK * shape.m;
  int64_t span = spanOf(machine, Space::UnifiedBuffer, machine.columns * 4);
  int64_t largest = *std::max_element(chunks.begin(), chunks.end());
  uint32_t block = 0;
  for (int64_t j = 0; j < foldsN; ++j) {
    int64_t firstRow = 0;
    for (int64_t rows : chunks) {
      int64_t n = std::min(machine.columns, shape.n - j * machine.columns);
      uint32_t half = block % 2 * (machine.accumulatorRows / 2);
      for (int64_t i = 0; i < foldsK; ++i) {
        LoadWeights tile;
        tile.type = type;
        tile.k = std::min(machine.rows, shape.k - i * machine.rows);
        tile.n = n;
        tile.stride = shape.n * width;
        tile.address =
            b + (i * machine.rows * shape.n + j * machine.columns) * width;
        assembler.add(tile);
        Matmul product;
        product.type = type;
        product.switchWeights = true;
        product.accumulate = i > 0;
        product.ubRow = i * shape.m + firstRow;
        product.counts = {1, 1, uint16_t(rows)};
        product.strides = {0, 0, 1};
        product.k = tile.k;
        product.accumulatorRow = half;
        std::vector<Wait> waits;
        if (block == 0)
          waits.push_back(after(loaded, i + 1));
        if (i == 0 && block >= 2)
          waits.push_back(after(drained, block - 1));
        Instruction &added = assembler.add(product, waits);
        if (i == foldsK - 1)
          added.signal = multiplied;
      }
      Activate drain;
      drain.inputType = accumulatorType(type);
      drain.outputType = drain.inputType;
      drain.accumulatorRow = half;
      drain.rows = rows;
      drain.columns = n;
      drain.destinationRow = staging + block % 2 * largest * span;
      drain.destinationStride = span;
      std::vector<Wait> waits = {after(multiplied, block + 1)};
      if (block >= 2)
        waits.push_back(after(stored, block - 1));
      assembler.add(drain, waits, drained);
      DmaStore store;
      store.dramAddress = c + (firstRow * shape.n + j * machine.columns) * 4;
      store.dramStride = shape.n * 4;
      store.rows = rows;
      store.rowBytes = n * 4;
      store.localRow = drain.destinationRow;
      store.localStride = span;
      assembler.add(store, {after(drained, block + 1)}, stored);
      firstRow += rows;
      ++block;
    }
  }
  return assembler.finish();
}

inline std::vector<uint8_t> bytesOf(const Tensor &tensor) {
  auto *bytes = static_cast<const uint8_t *>(tensor.rawData());
  return {bytes, bytes + tensor.byteSize()};
}

/// The product of i8 matrices by definition.
inline Tensor naiveProduct(const Tensor &a, const Tensor &b) {
  int64_t m = a.shape()[0], k = a.shape()[1], n = b.shape()[1];
  Tensor c = Tensor::zeros(i32({m, n}));
  const int8_t *x = a.data<int8_t>().data();
  const int8_t *y = b.data<int8_t>().data();
  int32_t *z = c.mutableData<int32_t>().data();
  for (int64_t i = 0; i < m; ++i)
    for (int64_t l = 0; l < k; ++l)
      for (int64_t j = 0; j < n; ++j)
        z[i * n + j] += int32_t(x[i * k + l]) * y[l * n + j];
  return c;
}

/// Full-range i8 elements; Tensor::random gives small ones only.
inline Tensor wideRandom(std::vector<int64_t> shape, uint64_t seed) {
  Tensor wide = Tensor::random(f32({shape.begin(), shape.end()}), Seed(seed));
  Tensor out = Tensor::zeros(i8({shape.begin(), shape.end()}));
  for (int64_t i = 0; i < wide.numElements(); ++i)
    out.mutableData<int8_t>()[i] = int8_t(wide.data<float>()[i] * 128);
  return out;
}

} // namespace tactus::systolic

#endif // TACTUS_TESTS_UNIT_SYSTOLIC_ASSEMBLER_H
