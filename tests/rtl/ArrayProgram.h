//===- ArrayProgram.h - What of a program the array sees --------*- C++ -*-===//
#ifndef TACTUS_TESTS_RTL_ARRAYPROGRAM_H
#define TACTUS_TESTS_RTL_ARRAYPROGRAM_H

#include "runtime/Systolic/Program.h"
#include "tests/rtl/ArrayModel.h"

namespace tactus::rtl {

/// A program's instructions, decoded from their words, as the array's control
/// gets them: tiles, matmuls, and the unified buffer that these read. Bytes
/// that nothing may look at are noise.
///
/// It takes what RandomProgram makes: loads before all that uses them, and no
/// row of the unified buffer written twice.
struct ArrayProgram {
  explicit ArrayProgram(const systolic::Program &program);

  std::vector<PushedTile> tiles;
  std::vector<systolic::Matmul> products;
  /// The instructions that these are.
  std::vector<uint32_t> productIndex;
  /// Rows of the machine's width, of which the first are used.
  std::vector<uint8_t> buffer;
  int64_t bufferRowBytes = 0;
  int64_t bufferRows = 0;

  /// Rows of all products.
  int64_t rows() const;
};

} // namespace tactus::rtl

#endif // TACTUS_TESTS_RTL_ARRAYPROGRAM_H
