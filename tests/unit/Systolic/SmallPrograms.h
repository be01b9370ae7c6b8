//===- SmallPrograms.h - Instructions of a machine of 4 x 4 -----*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_SYSTOLIC_SMALLPROGRAMS_H
#define TACTUS_TESTS_UNIT_SYSTOLIC_SMALLPROGRAMS_H

#include "tests/unit/Support/ExpectError.h"
#include "tests/unit/Systolic/Assembler.h"

namespace tactus::systolic {

inline DmaLoad load(uint32_t row, uint32_t rows = 1) {
  DmaLoad op;
  op.rows = rows;
  op.rowBytes = 4;
  op.dramStride = 4;
  op.localRow = row;
  return op;
}

inline DmaStore store(uint64_t address, uint32_t row) {
  DmaStore op;
  op.rowBytes = 4;
  op.dramAddress = address;
  op.localRow = row;
  return op;
}

inline LoadWeights weights(uint16_t k = 4) {
  LoadWeights op;
  op.k = k;
  op.n = 4;
  op.stride = 4;
  return op;
}

inline Matmul product(uint32_t row, uint16_t k = 4) {
  Matmul op;
  op.switchWeights = true;
  op.ubRow = row;
  op.k = k;
  return op;
}

inline Activate drain() {
  Activate op;
  op.columns = 4;
  op.destinationRow = 100;
  return op;
}

/// 4 x 4 cells, 64 bytes of image.
inline Assembler assembler() {
  Assembler result(testMachine({4, 4}, 8));
  result.constant(std::vector<int8_t>(64, 1));
  return result;
}

inline std::string errorOf(Assembler &assembler) {
  return test::errorOf([&] { Simulator(assembler.finish()).run({}); });
}

} // namespace tactus::systolic

#endif // TACTUS_TESTS_UNIT_SYSTOLIC_SMALLPROGRAMS_H
