//===- ReportPrograms.h - Programs that are reported on ---------*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_SYSTOLIC_REPORTPROGRAMS_H
#define TACTUS_TESTS_UNIT_SYSTOLIC_REPORTPROGRAMS_H

#include "tests/unit/Systolic/Assembler.h"
#include <random>

namespace tactus::systolic {

/// On gemmini, with 4096 bytes of ones in DRAM.
inline Assembler oneTileOfOnes() {
  Assembler assembler(*findMachinePreset("gemmini"));
  assembler.constant(std::vector<int8_t>(4096, 1));
  return assembler;
}

inline DmaLoad loadOfRows(uint32_t row, uint32_t rows) {
  DmaLoad op;
  op.rows = rows;
  op.rowBytes = op.dramStride = 16;
  op.localRow = row;
  return op;
}

inline LoadWeights loadOfWeights() {
  LoadWeights op;
  op.k = op.n = op.stride = 16;
  return op;
}

inline Matmul productOfRows(uint16_t passes, uint32_t accumulatorRow = 0) {
  Matmul op;
  op.switchWeights = true;
  op.counts = {1, passes, 16};
  op.strides = {0, 0, 1};
  op.k = 16;
  op.accumulatorRow = accumulatorRow;
  return op;
}

inline Activate drainOfRows(uint32_t accumulatorRow) {
  Activate op;
  op.outputType = DataType::I32;
  op.accumulatorRow = accumulatorRow;
  op.rows = op.columns = 16;
  op.destinationRow = 12288;
  op.destinationStride = 4;
  return op;
}

/// One tile, from its load to the store of its sums.
inline Program oneTile() {
  Assembler assembler = oneTileOfOnes();
  uint64_t c = assembler.output("c", i32({16, 16}));
  assembler.add(loadOfRows(0, 16), {}, 0);
  assembler.add(loadOfWeights());
  assembler.add(productOfRows(1), {after(0, 1)}, 1);
  assembler.add(drainOfRows(0), {after(1, 1)}, 2);
  DmaStore store;
  store.dramAddress = c;
  store.rows = 16;
  store.rowBytes = store.dramStride = 64;
  store.localRow = 12288;
  store.localStride = 4;
  assembler.add(store, {after(2, 1)});
  return assembler.finish();
}

/// A host whose results are zeros.
inline Tensor zerosOf(const HostFunction &function, std::span<const Tensor>) {
  return Tensor::zeros(function.output);
}

/// A random product whose instructions are shared out to layers, with fences
/// and host calls between them.
inline Program randomLayers(std::mt19937_64 &random) {
  auto draw = [&](int64_t most) { return int64_t(1 + random() % most); };
  Machine machine = testMachine({8, 8}, 96);
  ProductShape shape = {draw(40), draw(30), draw(30)};
  Program program = assembleProduct(machine, shape, DataType::I8, {shape.m},
                                    std::vector<uint8_t>(shape.k * shape.n));
  program.layers.clear();
  int64_t layers = draw(5);
  for (int64_t i = 0; i < layers; ++i)
    program.layers.push_back("layer " + std::to_string(i));
  for (int64_t i = draw(6); i > 1; --i) {
    int64_t bytes = draw(shape.m * shape.k);
    Operands barrier = Fence();
    if (random() % 2) {
      barrier = HostCall{uint32_t(program.hostFunctions.size()),
                         program.inputs[0].address, uint64_t(bytes)};
      program.hostFunctions.push_back({"k", "", {}, i8({bytes})});
    }
    size_t at = random() % program.instructions.size();
    program.instructions.insert(program.instructions.begin() + at,
                                Instruction(barrier));
  }
  size_t count = program.instructions.size();
  for (size_t i = 0; i < count; ++i)
    program.instructions[i].layer = uint16_t(i * layers / count);
  return program;
}

} // namespace tactus::systolic

#endif // TACTUS_TESTS_UNIT_SYSTOLIC_REPORTPROGRAMS_H
