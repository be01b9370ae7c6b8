//===- ArrayProgram.cpp - What of a program the array sees ----------------===//
#include "tests/rtl/ArrayProgram.h"
#include <algorithm>
#include <cstring>
#include <stdexcept>

using namespace tactus::systolic;

namespace tactus::rtl {

static uint8_t noise(size_t i) {
  return uint8_t(i * 167 + 91);
}

static void load(const DmaLoad &op, const Program &program,
                 ArrayProgram &array) {
  if (op.space != Space::UnifiedBuffer || op.zeroFill || op.broadcastRow ||
      op.pixelRepeat != 1)
    throw std::runtime_error("expected plain loads of the unified buffer");
  for (int64_t i = 0; i < op.rows; ++i)
    std::memcpy(array.buffer.data() +
                    (op.localRow + i * op.localStride) * array.bufferRowBytes,
                program.image.data() + op.dramAddress + i * op.dramStride,
                op.rowBytes);
  array.bufferRows = std::max<int64_t>(
      array.bufferRows, op.localRow + (op.rows - 1) * op.localStride + 1);
}

static PushedTile makeTile(const LoadWeights &op, const Program &program,
                           const ArrayProgram &array) {
  const Machine &machine = program.machine;
  PushedTile tile;
  tile.k = op.k;
  tile.n = op.n;
  tile.weights.resize(machine.rows * machine.columns);
  for (size_t i = 0; i < tile.weights.size(); ++i)
    tile.weights[i] = int8_t(noise(i));
  bool isDram = op.source == WeightSource::Dram;
  const uint8_t *memory = isDram ? program.image.data() : array.buffer.data();
  int64_t unit = isDram ? 1 : array.bufferRowBytes;
  for (int64_t i = 0; i < op.k; ++i)
    for (int64_t j = 0; j < op.n; ++j) {
      int64_t row = op.transpose ? j : i, byte = op.transpose ? i : j;
      tile.weights[i * machine.columns + j] =
          int8_t(memory[(op.address + row * op.stride) * unit + byte]);
    }
  return tile;
}

ArrayProgram::ArrayProgram(const Program &program)
    : bufferRowBytes(program.machine.unifiedBufferRowBytes) {
  buffer.resize(program.machine.unifiedBufferBytes);
  for (size_t i = 0; i < buffer.size(); ++i)
    buffer[i] = noise(i);
  for (uint32_t i = 0; i < program.instructions.size(); ++i) {
    Instruction instruction = decode(encode(program.instructions[i]));
    if (auto *op = std::get_if<DmaLoad>(&instruction.operands))
      load(*op, program, *this);
    else if (auto *op = std::get_if<LoadWeights>(&instruction.operands))
      tiles.push_back(makeTile(*op, program, *this));
    else if (auto *op = std::get_if<Matmul>(&instruction.operands)) {
      products.push_back(*op);
      productIndex.push_back(i);
    }
  }
}

int64_t ArrayProgram::rows() const {
  int64_t sum = 0;
  for (const Matmul &product : products)
    sum += product.rows();
  return sum;
}

} // namespace tactus::rtl
