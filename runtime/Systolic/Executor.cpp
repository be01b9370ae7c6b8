//===- Executor.cpp - What instructions do --------------------------------===//
#include "runtime/Systolic/Executor.h"
#include "runtime/Support/Assert.h"
#include "runtime/Systolic/TruthValues.h"
#include "tactus/Error.h"
#include <cstring>

using namespace tactus;
using namespace tactus::systolic;

Executor::Executor(const Program &program, Dram &dram, Host host)
    : program(program), machine(program.machine), dram(dram),
      host(std::move(host)),
      buffer(machine.unifiedBufferRows(), machine.unifiedBufferRowBytes),
      accumulators(machine.accumulatorRows, machine.columns * 4) {}

void Executor::execute(uint32_t index) {
  current = index;
  std::visit([&](const auto &op) { run(op); },
             program.instructions[index].operands);
}

//===----------------------------------------------------------------------===//
// Memories
//===----------------------------------------------------------------------===//

const uint8_t *Executor::readLocal(Space space, int64_t row, int64_t bytes) {
  LocalMemory &memory = memoryOf(space);
  if (int64_t bad = memory.findUnwritten(row, bytes); bad >= 0)
    fail(program, current,
         "expected " + std::string(toString(space)) + " row " +
             std::to_string(bad) +
             " to be written before it is read, but got a row that is not");
  return memory.row(row);
}

uint8_t *Executor::writeLocal(Space space, int64_t row, int64_t bytes) {
  LocalMemory &memory = memoryOf(space);
  memory.markWritten(row, bytes);
  return memory.row(row);
}

const uint8_t *Executor::readDram(int64_t address, int64_t bytes) {
  if (int64_t bad = dram.findUnwritten(address, bytes); bad >= 0)
    fail(program, current,
         "expected DRAM byte " + std::to_string(bad) +
             " to be written before it is read, but got one that is not");
  return dram.data() + address;
}

void Executor::run(const HostCall &op) {
  if (!host)
    fail(program, current,
         "expected a host that serves function " + std::to_string(op.function) +
             ", but got none");
  const HostFunction &function = program.hostFunctions[op.function];
  std::vector<Tensor> inputs;
  for (const HostFunction::Input &input : function.inputs) {
    Tensor tensor = Tensor::zeros(input.type);
    if (int64_t bytes = tensor.byteSize()) {
      const uint8_t *data = readDram(int64_t(input.address), bytes);
      if (input.type.elementType == ElementType::I1)
        if (auto problem =
                findTruthProblem({data, size_t(bytes)}, input.address))
          fail(program, current, *problem);
      std::memcpy(tensor.mutableRawData(), data, size_t(bytes));
    }
    inputs.push_back(std::move(tensor));
  }
  Tensor output;
  try {
    output = host(function, inputs);
  } catch (const Error &error) {
    fail(program, current,
         "'" + function.name + "' on the host: " + error.message());
  }
  if (output.type() != function.output)
    fail(program, current,
         "expected " + function.output.str() + " from the host, but got " +
             output.type().str());
  if (op.bytes == 0)
    return;
  std::memcpy(dram.data() + op.dramAddress, output.rawData(), op.bytes);
  dram.markWritten(op.dramAddress, op.bytes);
}

void Executor::run(const DmaLoad &op) {
  for (int64_t i = 0; i < op.rows; ++i) {
    uint8_t *out =
        writeLocal(op.space, op.localRow + i * op.localStride, op.localBytes());
    if (op.zeroFill) {
      std::memset(out, fillValue, op.rowBytes);
      continue;
    }
    for (int64_t j = 0; j < op.pixelRepeat; ++j) {
      int64_t row = op.broadcastRow ? 0 : i + j;
      const uint8_t *in =
          readDram(op.dramAddress + row * op.dramStride, op.rowBytes);
      std::memcpy(out + j * op.rowBytes, in, op.rowBytes);
    }
  }
}

void Executor::run(const DmaStore &op) {
  for (int64_t i = 0; i < op.rows; ++i) {
    int64_t address = op.dramAddress + i * op.dramStride;
    const uint8_t *in =
        readLocal(op.space, op.localRow + i * op.localStride, op.rowBytes);
    std::memcpy(dram.data() + address, in, op.rowBytes);
    dram.markWritten(address, op.rowBytes);
  }
}

//===----------------------------------------------------------------------===//
// The array
//===----------------------------------------------------------------------===//

void Executor::run(const LoadWeights &op) {
  WeightTile tile;
  if (!spareTiles.empty()) {
    tile = std::move(spareTiles.back());
    spareTiles.pop_back();
  }
  tile.reset(op.type, op.k, op.n);
  for (int64_t i = 0; i < op.memoryRows(); ++i) {
    const uint8_t *row =
        op.source == WeightSource::Dram
            ? readDram(op.address + i * op.stride, op.memoryRowBytes())
            : readLocal(Space::UnifiedBuffer, op.address + i * op.stride,
                        op.memoryRowBytes());
    op.transpose ? tile.setColumn(i, row) : tile.setRow(i, row);
  }
  tiles.push_back(std::move(tile));
}

void Executor::run(const Matmul &op) {
  if (op.switchWeights && hasActiveTile) {
    spareTiles.push_back(std::move(tiles.front()));
    tiles.pop_front();
  }
  hasActiveTile = true;
  TACTUS_ASSERT(!tiles.empty(), "the FIFO orders it after its tile");
  const WeightTile &tile = tiles.front();

  productRows.clear();
  int64_t inputBytes = op.k * byteSize(op.type);
  int64_t sumRow = op.accumulatorRow;
  for (int64_t i = 0; i < op.counts[0]; ++i)
    for (int64_t j = 0; j < op.counts[1]; ++j)
      for (int64_t l = 0; l < op.counts[2]; ++l) {
        int64_t row = op.ubRow + i * op.strides[0] + j * op.strides[1] +
                      l * op.strides[2];
        // Columns past the tile's are sums of nothing, which an overwrite makes
        // 0 and nobody else looks at.
        if (op.accumulate)
          readLocal(Space::Accumulators, sumRow, tile.n() * 4);
        uint8_t *sums = op.accumulate ? accumulators.row(sumRow)
                                      : writeLocal(Space::Accumulators, sumRow,
                                                   machine.columns * 4);
        if (!op.accumulate)
          std::memset(sums + tile.n() * 4, 0, (machine.columns - tile.n()) * 4);
        productRows.push_back(
            {readLocal(Space::UnifiedBuffer, row, inputBytes), sums});
        sumRow += op.accumulatorStride;
      }
  multiplyRows(tile, op.k, op.accumulate, productRows.data(),
               productRows.size());
}
